// The readings that an answer carries beside its statistics.

import type { Rater } from "../../../domain/panel/debrief.ts";
import { pluralize } from "../../../domain/pluralize.ts";
import { type Agreement, MIN_STEADY_CRITERIA } from "../../../domain/statistics/agreement.ts";

/** How far raters agree, or why that is not told. */
export function agreementText({ finding, n, needed, criteria }: Omit<Agreement, "statistic">): string {
  switch (finding) {
    case "too_few":
      return `Not enough data: ${pluralize(n, "paired rating")}, and it takes ${needed} to tell agreement from chance.`;
    case "no_variation":
      return `All ${n} paired ratings are the same level, so agreement cannot be told from habit.`;
    default:
      return `${FINDINGS[finding]}${criteria < MIN_STEADY_CRITERIA ? unsteady(criteria) : ""}`;
  }
}

const FINDINGS = {
  good: "Good agreement (.800 and more).",
  tentative: "Agreement that allows tentative conclusions (.667 to .800).",
  weak: "Weak agreement (under .667): hear the evidence on each side before relying on the means.",
  chance:
    "No more agreement than chance: the interviewers saw different things, or read the anchors differently.",
};

const unsteady = (criteria: number): string =>
  ` Over ${pluralize(criteria, "criterion", "criteria")}, so read the interval rather than the figure.`;

/** Whether a rater rates above or below the others; each reading comes with what else would explain it. */
export function leniencyText({ value, n, needed }: Rater["leniency"]): string {
  const shared = pluralize(n, "criterion shared with others", "criteria shared with others");
  if (value === null) return `Leniency is withheld: ${shared}, and it takes ${needed}.`;
  const lead =
    value === 0
      ? "Rates like the others"
      : `Rates ${Math.abs(value)} ${value > 0 ? "above" : "below"} the others`;
  return `${lead} on ${shared}; it may be the rater, and it may be what only they saw.`;
}

/** Whether a rater tells the criteria of a card apart; a reading comes with what else would explain it. */
export function haloText({ sd, n, needed, cards, flat_cards }: Rater["halo"]): string {
  const basis = `${pluralize(n, "rating")} on ${pluralize(cards, "whole card")}`;
  if (sd === null || flat_cards === null) return `Halo is withheld: ${basis}, and it takes ${needed}.`;
  const spread = `(sd ${sd} within a card, ${basis})`;
  if (flat_cards === 0) return `Tells the criteria apart ${spread}.`;
  const flat = `The same level throughout on ${flat_cards} of ${pluralize(cards, "card")} ${spread}`;
  return `${flat}: one impression may have coloured all, or the candidate is that even.`;
}
