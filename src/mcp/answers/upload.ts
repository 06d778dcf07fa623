import * as z from "zod";
import { DocumentKind } from "../../domain/candidates/document.ts";
import type { Offered } from "../../services/uploads/offer-upload.ts";
import { NextCall, nextCall } from "../next-call.ts";
import type { Answer } from "./answer.ts";

/** A page on which a person hands over files, or what came through such pages. */
export const UploadAnswer = z.object({
  url: z.string().optional(),
  expires_at: z.string().optional(),
  arrived: z
    .array(z.object({ id: z.string(), kind: DocumentKind, name: z.string(), chars: z.number() }))
    .optional(),
  next: NextCall,
});
export type UploadAnswer = Answer<typeof UploadAnswer>;

/** With a link, the next call asks again once the person is done; else it is about what came. */
export function uploadAnswer({ application, kind, arrived, link }: Offered): UploadAnswer {
  const isResume = arrived.some((document) => document.kind === "resume");
  return {
    ...link,
    ...(arrived.length > 0 && { arrived: [...arrived] }),
    next: link
      ? nextCall({ act: "name_arrived", application, kind })
      : nextCall({ act: isResume ? "assess" : "look", application }),
  };
}
