// The sentences that an answer about an erasure carries as fields.

import { pluralize } from "../../../domain/pluralize.ts";
import type { Erasure } from "../../../services/candidates/erase-candidate.ts";

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

type Open = {
  readonly what: Erasure["ends"][number]["what"];
  readonly application: string;
  readonly stage?: string | undefined;
  readonly round?: string | undefined;
  readonly start?: string | undefined;
  readonly version?: number | undefined;
};

/** What is still open and ends with the erasure, in a sentence. */
export function openText({ what, application, stage, round, start, version }: Open): string {
  switch (what) {
    case "application":
      return `${application} is active at ${stage}: it ends as withdrawn.`;
    case "interview":
      return `${application} has the interview ${round} on ${start}: it is cancelled, and nobody is told by this.`;
    case "offer":
      return `${application} has offer ${version} extended: it ends as withdrawn.`;
  }
}

/** Records that may be of the same person, which stay. */
export const othersText = (others: readonly { readonly ref: string; readonly name: string }[]): string =>
  `Perhaps the same person, and left as they are: ${others.map(({ ref, name }) => `${ref} ${name}`).join(", ")}.`;

export const BACKUPS =
  "Backups made before still hold this person: greenflag restore erases them again from the list that is kept.";

/** What a person reads before somebody is erased. */
export function eraseSummaryText(erasure: Erasure): string {
  const { application, references, would_erase = {}, ends, possible_duplicates: others } = erasure;
  return [
    `Erase ${application.name} for good, in ${references.join(", ")}.`,
    `Goes or loses its words: ${countsText(would_erase)}.`,
    ...ends.map(openText),
    ...(others.length > 0 ? [othersText(others)] : []),
    `Stays: ${KEEPS.join("; ")}.`,
    `${BACKUPS} This cannot be undone.`,
  ].join(" ");
}
