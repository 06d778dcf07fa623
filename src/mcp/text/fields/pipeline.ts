// The sentences that the answer about the pipeline carries as fields.

import type { Attention, Delay, RoleAttention } from "../../../domain/pipeline/attention.ts";
import type { SearchClock } from "../../../domain/pipeline/search-clock.ts";
import { pluralize } from "../../../domain/pluralize.ts";

/** `4 to 7 weeks`. */
export const weeksText = ({ low_weeks, high_weeks }: SearchClock["clean"]): string =>
  `${low_weeks} to ${high_weeks} weeks`;

/** How long a role has been open, beside how long such searches take. */
const PACE_TEXT: Record<SearchClock["pace"], string> = {
  within_clean: "within the time of a clean search",
  past_clean: "longer than a clean search takes",
  within_mis_scoped: "within the time of mis-scoped searches",
  past_mis_scoped: "longer than even mis-scoped searches take",
};
export const paceText = ({ pace }: Pick<SearchClock, "pace">): string => PACE_TEXT[pace];
const rangeText = ({ pace, clean, mis_scoped }: SearchClock): string =>
  weeksText(pace === "within_clean" || pace === "past_clean" ? clean : mis_scoped);

/** What waits, in a sentence or two. */
export function attentionText(item: Attention): string {
  if (!("delays" in item)) return roleAttentionText(item);
  return `${item.ref} ${item.name} ${item.delays.map(delayText).join(". Also ")}.`;
}

function delayText({ kind, stage, days, goal_days, waits_for }: Delay): string {
  const long = pluralize(days, "day");
  switch (kind) {
    case "offer_ageing":
      return `has had an offer for ${long}; offers age after ${goal_days}`;
    case "over_goal": {
      const who = waits_for === "us" ? "us" : "the candidate";
      return `has been in ${stage} for ${long} and waits for ${who}; the goal is ${goal_days}`;
    }
    case "unanswered":
      return `has had no answer from us on record for ${long}; ${stage} promises one within ${goal_days}`;
  }
}

function roleAttentionText({ kind, ref, clock }: RoleAttention): string {
  switch (kind) {
    case "no_outcomes":
      return `${ref} has no outcomes: nobody can tell what good looks like. update_role takes them as outcomes.`;
    case "no_loop":
      return `${ref} has no interview loop: nobody is compared on the same questions.`;
    case "no_panel":
      return `${ref} has nobody named for any round: no scorecard will be asked for. update_role takes them as panel.`;
    case "search_late":
    case "search_mis_scoped":
      return clock === undefined
        ? `${ref} has been open for long.`
        : `${ref} has been open for ${pluralize(clock.weeks_open, "week")}, ${paceText(clock)} (${rangeText(clock)}).`;
  }
}
