import { daysBetween } from "../../domain/application.ts";
import type { Body, Row } from "../../domain/reports/report.ts";
import { countOwed } from "../../store/reports.ts";
import type { ReportContext } from "./report-context.ts";

type Debt = {
  by: string;
  what: string;
  count: number;
  of: number;
  longest_days: number;
  role: string;
  stage: string;
  next: string;
};

/** Who owes what: counted over every active application, longest waiting first. */
export async function owed({ db, scope, session, roles }: ReportContext): Promise<Body> {
  const counts = await countOwed(db, scope);
  const debts: Debt[] = [];
  for (const { role, owner } of roles) {
    for (const c of counts.filter((count) => count.roleId === role.id)) {
      const missing = { assessment: c.unassessed, submission: c.withoutSubmission };
      const gates = role.stages.find((stage) => stage.id === c.stage)?.gate ?? [];
      for (const rule of gates) {
        if (rule !== "assessment" && rule !== "submission") continue;
        const count = missing[rule];
        const next = rule === "assessment" ? "score_candidate" : "summarize_submission";
        if (count === 0) continue;
        const longest_days = daysBetween(new Date(c.oldest), session.now);
        debts.push({
          by: owner,
          what: rule,
          count,
          of: c.n,
          longest_days,
          role: role.key,
          stage: c.stage,
          next,
        });
      }
    }
  }
  debts.sort((a, b) => b.longest_days - a.longest_days || b.count - a.count);
  const n = counts.reduce((sum, c) => sum + c.n, 0);
  return {
    of: "active applications, as they stand now",
    clock:
      "Assessments and submissions without which a stage cannot be left. count = applications in the stage that lack it, of = all in the stage; longest_days = the longest that anybody there has been in the stage.",
    n,
    enough: true,
    rows: debts as readonly Row[] as Row[],
    notes: [
      ...(debts.length === 0 ? ["Nothing is owed by a role's owner."] : []),
      "Scorecards and votes are told by get_pipeline, application by application.",
    ],
  };
}
