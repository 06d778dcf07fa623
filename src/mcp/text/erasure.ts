import type { EraseCandidateAnswer } from "../answers/erasure.ts";
import { onceAgreed } from "./confirmation.ts";
import { countsText } from "./fields/erasure.ts";
import { linesOf } from "./lines.ts";

/** What would be erased, or was, and what stays. */
export function erasureText(answer: EraseCandidateAnswer): string {
  const { application, would_erase, keeps, told, confirmation, erased } = answer;
  if (confirmation)
    return `Nothing is erased yet. Ask the user: "${confirmation.summary}" ${onceAgreed(confirmation)}`;
  return linesOf(
    erased === undefined
      ? `Would erase the person of ${application}. Nothing is erased yet.`
      : `The person of ${application} is erased, since ${erased}. No e-mail was sent.`,
    ...told,
    would_erase && `Goes or loses its words: ${countsText(would_erase)}.`,
    `Stays: ${keeps.join("; ")}.`,
  );
}
