// The sentences that an answer about an assessment carries as fields.

import type { Assessment } from "../../../domain/evaluation/assessment.ts";
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
} as const;

/** `mostly operating: 0.8 of it in 4 operating mentions, 0.2 in 1 modelling mention`. */
export function profileText({
  reading,
  mentions,
  operator,
  modeler,
}: Pick<Assessment["profile"], "reading" | "mentions" | "operator" | "modeler">): string {
  const operating = pluralize(mentions.operating, "operating mention");
  const modelling = pluralize(mentions.modelling, "modelling mention");
  return `${READING[reading]}: ${operating} (share ${operator}), ${modelling} (share ${modeler})`;
}
