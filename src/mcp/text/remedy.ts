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
    case "add_document":
      return "add_document with the résumé or a cover letter first.";
    case "reopen_role":
      return "update_role with status: open opens it again.";
    case "assess":
      return `Call score_candidate with application ${remedy.application} first.`;
    case "meet_gates":
      return meetGates(remedy.rules);
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
