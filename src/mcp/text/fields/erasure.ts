// The sentences that an answer about an erasure carries as fields.

import { pluralize } from "../../../domain/pluralize.ts";
import type { Erasure, StillOpen } from "../../../services/candidates/erase-candidate.ts";

const KEEPS = [
  "references, stages and dates, without a name",
  "who moved, rated, voted and decided when, with levels, votes and kinds of reasons, without words",
  "offers' status, base and currency",
  "figures of reports, and which flags were found present",
  "keyed hashes of addresses, profiles and import keys, by which an import skips the person and nobody writes to them",
];

/** What stays of somebody who is erased. */
export const keepsText = (): string[] => [...KEEPS];

/** `3 rows of documents, 1 row of messages`. */
export const countsText = (counts: Readonly<Partial<Record<string, number>>>): string =>
  Object.entries(counts)
    .map(([table, count = 0]) => `${pluralize(count, "row")} of ${table}`)
    .join(", ");

/** What has to be known beside what goes and what stays. */
export function toldText({ application, references, ends, erased, possible_duplicates }: Erasure): string[] {
  const others = references.filter((ref) => ref !== application.ref);
  const perhaps = possible_duplicates.map(({ ref, name }) => `${ref} ${name}`);
  return [
    ...(erased?.before ? ["It was so before: nothing was changed."] : []),
    ...(others.length > 0 ? [`The same person: ${others.join(", ")}.`] : []),
    ...ends.map(openText),
    ...(perhaps.length > 0 ? [`Perhaps the same person, and left as they are: ${perhaps.join(", ")}.`] : []),
  ];
}

/** What is still open and ends with the erasure. */
function openText(open: StillOpen): string {
  switch (open.what) {
    case "application":
      return `${open.application} was active at ${open.stage}: it ends as withdrawn.`;
    case "interview":
      return `${open.application}: the interview ${open.round} on ${open.start} is cancelled, which tells nobody.`;
    case "offer":
      return `${open.application}: offer ${open.version}, which is extended, ends as withdrawn.`;
  }
}

const BACKUPS =
  "Backups made before still hold this person; what restores one erases them again by the list that is kept.";

/** What became of the bytes that deleted rows leave, in the database's files and elsewhere. */
export function filesText(files: NonNullable<Erasure["erased"]>["files"]): string[] {
  return [clearedText(files), BACKUPS];
}

function clearedText(files: NonNullable<Erasure["erased"]>["files"]): string {
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

/** What a person reads before somebody is erased. */
export function eraseSummaryText(erasure: Erasure): string {
  const { application, would_erase = {} } = erasure;
  return [
    `Erase ${application.name} (${application.ref}) for good.`,
    ...toldText(erasure),
    `Goes or loses its words: ${countsText(would_erase)}.`,
    `Stays: ${KEEPS.join("; ")}.`,
    `${BACKUPS} This cannot be undone.`,
  ].join(" ");
}
