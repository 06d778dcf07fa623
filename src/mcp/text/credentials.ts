import type { CredentialAnswer } from "../answers/credentials.ts";
import { oneLine } from "./lines.ts";

/** A line for each certificate and licence; nothing where none is named or asked for. */
export const credentialLines = (credentials: readonly CredentialAnswer[] = []): string[] =>
  credentials.length === 0
    ? []
    : [
        `Certificates and licences on ${credentials[0]?.as_of}, as facts and no points:`,
        ...credentials.map(credentialLine),
      ];

function credentialLine({ name, kind, number, place, note, says }: CredentialAnswer): string {
  const named = [name, number && `number ${number}`, place].filter(Boolean).join(", ");
  const quote =
    says === undefined
      ? ""
      : ` "${oneLine(says.quote)}"${says.page === undefined ? "" : ` (page ${says.page})`}`;
  return `- ${kind} ${named}: ${note}.${quote}`;
}
