// The sentences that an answer about an assessment carries as fields.

import type { Assessment } from "../../../domain/evaluation/assessment.ts";
import type { Profile } from "../../../domain/evaluation/profile.ts";
import { pluralize } from "../../../domain/pluralize.ts";
import type { Scored } from "../../../services/evaluation/score-candidate.ts";

/** What is to be known beside the assessment; undefined where there is nothing. */
export function scoreNote({
  unchanged,
  findings_left_out,
}: Pick<Scored, "unchanged" | "findings_left_out">): string | undefined {
  if (unchanged) return "Nothing has changed since the last assessment.";
  if (findings_left_out === 0) return undefined;
  return `${pluralize(findings_left_out, "earlier finding")} left out: the quotes are not the candidate's own words.`;
}

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
