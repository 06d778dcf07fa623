import type { EraseCandidateAnswer } from "../answers/erasure.ts";
import { onceAgreed } from "./confirmation.ts";
import { BACKUPS, countsText, openText, othersText } from "./fields/erasure.ts";
import { linesOf } from "./lines.ts";

/** What would be erased, or was, and what stays. */
export function erasureText(answer: EraseCandidateAnswer): string {
  const { application, references, confirmation, erased } = answer;
  if (confirmation)
    return `Nothing is erased yet. Ask the user: "${confirmation.summary}" ${onceAgreed(confirmation)} It is about ${application.ref}.`;
  if (erased) return erasedText(answer, erased);
  return linesOf(
    `Would erase ${application.name} (${references.join(", ")}). Nothing is erased yet.`,
    ...restText(answer),
  );
}

function erasedText(
  answer: EraseCandidateAnswer,
  erased: NonNullable<EraseCandidateAnswer["erased"]>,
): string {
  const { application, references } = answer;
  const all = references.join(", ");
  if (erased.before)
    return `${application.ref} (${all}) was erased on ${erased.on} already: nothing was changed.`;
  return linesOf(
    `${application.ref} is erased (${erased.on}): ${all}. No e-mail was sent.`,
    ...restText(answer),
    filesText(erased.files),
    BACKUPS,
  );
}

const restText = ({ would_erase, ends, keeps, possible_duplicates: others }: EraseCandidateAnswer) => [
  would_erase && `Goes or loses its words: ${countsText(would_erase)}.`,
  ...ends.map(openText),
  others && othersText(others),
  `Stays: ${keeps.join("; ")}.`,
];

/** What became of deleted rows in the files of the database. */
function filesText(files: NonNullable<EraseCandidateAnswer["erased"]>["files"]): string {
  switch (files) {
    case "rewritten":
      return "The database's files were rewritten without them.";
    case "vacuumed":
      return "The server was asked to give the deleted rows back; its archives of the log are its operator's.";
    case "left_to_server":
      return "The server gives the deleted rows back by itself (autovacuum); its archives of the log are its operator's.";
    case undefined:
      return "The database's files still hold deleted rows: that is done with the next erasure, or when it is opened again.";
  }
}
