import type { Remedy, UnmetRule } from "../../domain/remedy.ts";

/** The sentence that tells which call mends a failure. */
export function remedyText(remedy: Remedy): string {
  switch (remedy.do) {
    case "list_applications":
      return "find_candidates lists references such as MLE-7.";
    case "list_or_open_roles":
      return "get_pipeline lists every role with its key; open_role opens one.";
    case "repeat_move":
      return `Look again with get_candidate, then repeat the move with from: ${JSON.stringify(remedy.from)}.`;
    case "reopen_first":
      return `Move it back to a stage first (${remedy.stages.join(", ")}), or call undo_move.`;
    case "meet_gates":
      return meetGates(remedy.rules);
    case "name_role_or_post":
      return "role is a key such as MLE (get_pipeline lists them); description is the text of a post.";
    case "change_role_instead":
      return "Leave it out, or change the role with update_role first.";
    case "fix_role":
      return `Change ${remedy.role} with update_role, then call draft_job_post again; check_role tells why each costs.`;
    case "state_yearly_pay":
      return wholeYearlyPay(remedy);
    case "state_lower_pay_first":
      return "Call benchmark_salary again with the lower one as offer_min.";
  }
}

/** Which call meets each gate; stages that were skipped are gone through. */
const MEETS: Record<Exclude<UnmetRule, "skipped_stages">, string> = {
  assessment: "score_candidate",
  submission: "summarize_submission",
  scorecards: "submit_scorecard",
  votes: "cast_vote",
};

function meetGates(rules: readonly UnmetRule[]): string {
  const calls = rules.flatMap((rule) => (rule === "skipped_stages" ? [] : [MEETS[rule]]));
  const first = calls.length > 0 ? `Call ${calls.join(", ")} first` : "Move one stage at a time";
  return `${first}, or repeat with override: true and a reason (hiring managers only).`;
}

const wholeYearlyPay = ({ field, least, most }: Extract<Remedy, { do: "state_yearly_pay" }>): string =>
  `Call benchmark_salary again with ${field} in whole currency units a year, from ${least} to ${most}: 165000, not 165.`;
