// The sentences that an answer about an assessment carries as fields.

import type { Assessment } from "../../../domain/evaluation/assessment.ts";
import type { Profile } from "../../../domain/evaluation/profile.ts";
import type { Stale, StaleWhy } from "../../../domain/evaluation/stale.ts";
import { pluralize } from "../../../domain/pluralize.ts";
import type { Scored } from "../../../services/evaluation/score-candidate.ts";

/** What is to be known beside the assessment; undefined where there is nothing. */
export function scoreNote({
  unchanged,
  findings_left_out: left,
  was_stale,
}: Pick<Scored, "unchanged" | "findings_left_out" | "was_stale">): string | undefined {
  if (unchanged) return "Nothing has changed since the last assessment.";
  const notes = [
    was_stale && `Assessed anew: ${whyStale(was_stale)}.`,
    left > 0 &&
      `${pluralize(left, "earlier finding")} left out: the quotes are not the candidate's own words on record.`,
  ].filter((note) => typeof note === "string");
  return notes.length === 0 ? undefined : notes.join(" ");
}

const WHY: Readonly<Record<StaleWhy, string>> = {
  read_anew: "documents are read otherwise now",
  document_moved: "a document was moved to another application, or came from one",
  document_removed: "a document was removed",
  document_replaced: "a document was replaced",
  author_stated: "it was put on record whose words a document holds",
  rubric_changed: "the rubric has changed",
  merged: "two records became one",
};

/** Why an assessment is stale; earlier releases did not keep it. */
export const whyStale = ({ stale_why }: Stale): string =>
  stale_why === undefined ? "the documents are no longer what was assessed" : WHY[stale_why];

/** `Stale since 2026-12-01T09:00:00.000Z: a document was removed; score_candidate assesses anew.`; empty while it stands. */
export function staleText(stale: Stale): string {
  if (stale.stale_at === undefined && stale.stale_why === undefined) return "";
  return `Stale${staleSince(stale)}; score_candidate assesses anew.`;
}

/** What follows the word stale: ` since 2026-12-01T09:00:00.000Z: a document was removed`. */
export const staleSince = (stale: Stale): string =>
  `${stale.stale_at === undefined ? "" : ` since ${stale.stale_at}`}: ${whyStale(stale)}`;

const READING = {
  operator: "mostly operating",
  modeler: "mostly modelling",
  mixed: "both in earnest",
  neither: "too little of either to say",
  unread: "not read yet",
} as const;

type Counts = Pick<Profile, "reading"> & { readonly mentions?: Profile["mentions"] | undefined };

/** `mostly operating: 4 operating mentions, 1 modelling mention`. */
export function profileText({ reading, mentions }: Counts): string {
  if (mentions === undefined) return READING[reading];
  const operating = pluralize(mentions.operating, "operating mention");
  return `${READING[reading]}: ${operating}, ${pluralize(mentions.modelling, "modelling mention")}`;
}

type Points = Omit<Assessment["points"], "arithmetic"> & { readonly arithmetic?: readonly string[] };

/** `10 of 15 green points, 0 red: 10, between 2 and 15 until the rest is known. (+3 cost_win ...)`. */
export function pointsText({ green, red, total, low, high, of, arithmetic = [] }: Points): string {
  const range = low === high ? "" : `, between ${low} and ${high} until the rest is known`;
  const sum = arithmetic.length > 0 ? ` (${arithmetic.join(" ")})` : "";
  return `${green} of ${of} green points, ${red} red: ${total}${range}.${sum}`;
}
