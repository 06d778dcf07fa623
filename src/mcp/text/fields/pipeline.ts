// The sentences that the answer about the pipeline carries as fields.

import type { Attention, Delay, RoleAttention } from "../../../domain/pipeline/attention.ts";
import type { SearchClock } from "../../../domain/pipeline/role-attention.ts";
import { pluralize } from "../../../domain/pluralize.ts";

/** `4 to 7 weeks`. */
export const weeksText = ({ low_weeks, high_weeks }: SearchClock["clean"]): string =>
  `${low_weeks} to ${high_weeks} weeks`;

/** How long a role has been open, beside how long such searches take. */
export function paceText({ clean, mis_scoped, pace }: SearchClock): string {
  switch (pace) {
    case "within_clean":
      return `within a clean search (${weeksText(clean)})`;
    case "past_clean":
      return `past a clean search (${weeksText(clean)})`;
    case "within_mis_scoped":
      return `where mis-scoped searches are (${weeksText(mis_scoped)})`;
    case "past_mis_scoped":
      return `beyond even mis-scoped searches (${weeksText(mis_scoped)})`;
  }
}

type Clocks = readonly { readonly key: string; readonly clock: SearchClock | null }[];

/** What waits, in a sentence or two. */
export function attentionText(item: Attention, roles: Clocks): string {
  if (!("delays" in item)) return roleAttentionText(item, roles);
  const [worse, other] = item.delays.map(delayText);
  return `${item.ref} ${item.name} ${worse}.${other === undefined ? "" : ` It ${other}.`}`;
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

function roleAttentionText({ kind, ref, weeks_open = 0 }: RoleAttention, roles: Clocks): string {
  switch (kind) {
    case "no_outcomes":
      return `${ref} has no outcomes: nobody can tell what good looks like. update_role takes them as outcomes.`;
    case "no_loop":
      return `${ref} has no interview loop: nobody is compared on the same questions.`;
    case "no_panel":
      return `${ref} has nobody named for any round: no scorecard will be asked for. update_role takes them as panel.`;
    case "search_late":
    case "search_mis_scoped": {
      const clock = roles.find(({ key }) => key === ref)?.clock;
      return `${ref} has been open for ${pluralize(weeks_open, "week")}${clock ? `, ${paceText(clock)}` : ""}.`;
    }
  }
}
