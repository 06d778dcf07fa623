import type { UploadAnswer } from "../answers/upload.ts";
import { callText } from "../next-call.ts";
import { linesOf } from "./lines.ts";

/** The link for a person to open, or what came through one. */
export function uploadText({ url, expires_at, arrived = [], next }: UploadAnswer): string {
  const came = arrived.map(({ kind, name, chars }) => `${kind}, ${name} (${chars} characters)`).join("; ");
  return linesOf(
    url && `To hand files over, open this page on any device: ${url}`,
    url && `The link opens once, and takes files until ${expires_at}.`,
    came !== "" && `Arrived${url ? " before" : ""}: ${came}.`,
    `${url ? "Once they are sent, this names what arrived" : "Next"}: ${callText(next)}.`,
  );
}
