import { daysBetween } from "../../domain/days.ts";
import type { Step } from "../../domain/pipeline/next-step.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { Body, Row } from "../../domain/reports/report.ts";
import { isRunning } from "../../domain/roles/role.ts";
import { countOwedCards, countOwedVotes, type DebtCount } from "../../store/reports/panel-reports.ts";
import { countOwed, type OwedCount } from "../../store/reports/stage-counts.ts";
import type { ReportContext } from "./report-context.ts";

type Debt = {
  by: string;
  what: string;
  count: number;
  of: number;
  longest_days: number;
  role: string;
  stage: string;
  /** What lists for whom. */
  step: Step;
};

/** Who owes what now: counted over the active applications of running roles, longest waiting first. */
export async function owed(context: ReportContext): Promise<Body> {
  const { db, scope, session } = context;
  const roles = context.roles.filter(({ role }) => isRunning(role));
  const running = new Set(roles.map(({ role }) => role.id));
  const everywhere = await countOwed(db, scope);
  const counts = everywhere.filter((c) => running.has(c.roleId));
  const debts: Debt[] = [];
  for (const { role, owner } of roles) {
    for (const c of counts.filter((count) => count.roleId === role.id)) {
      const missing = { assessment: c.unassessed, submission: c.withoutSubmission };
      const gates = role.stages.find((stage) => stage.id === c.stage)?.gate ?? [];
      for (const rule of gates) {
        if (rule !== "assessment" && rule !== "submission") continue;
        const count = missing[rule];
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
          step: { act: "list_tasks", role: role.key, stage: c.stage, owed_by: owner },
        });
      }
    }
  }
  debts.push(...(await panelDebts({ ...context, roles })));
  debts.sort((a, b) => b.longest_days - a.longest_days || b.count - a.count);
  const [n, all] = [peopleIn(counts), peopleIn(everywhere)];
  return {
    of: "active applications of roles that are open or on hold, as they stand now",
    timeless: true,
    clock:
      "count = applications that lack it, of = all for which the person is asked for it. Assessments and submissions without which a stage cannot be left: longest_days = the longest that anybody has been in the stage. Scorecards of rounds that are reached: from the assignment. Votes: from entering the stage.",
    n,
    enough: true,
    rows: debts as readonly Row[] as Row[],
    notes: [
      ...(debts.length === 0 ? ["Nothing is owed."] : []),
      ...(all > n
        ? [
            `Left out: ${pluralize(all - n, "active application")} of roles that are filled or cancelled. move_candidate ends them.`,
          ]
        : []),
      ...(scope.since === null
        ? []
        : ["since does not apply to this report: it is about what is owed now, however old."]),
    ],
  };
}

const peopleIn = (counts: readonly OwedCount[]): number => counts.reduce((sum, { n }) => sum + n, 0);

/** Scorecards of rounds that are reached, all stages together, and votes. */
async function panelDebts({ db, scope, session, roles }: ReportContext): Promise<Debt[]> {
  const cards = await countOwedCards(db, scope);
  const votes = await countOwedVotes(
    db,
    scope,
    roles.flatMap(({ role }) =>
      role.stages
        .filter(({ gate }) => gate.includes("votes"))
        .map(({ id: stage }) => ({ role: role.id, stage, panel: role.panel })),
    ),
  );
  const debts = new Map<string, Debt>();
  const add = (key: string, what: string, stage: string, { member, n, of, oldest }: DebtCount) => {
    const id = [key, what, stage, member].join(" ");
    const known = debts.get(id);
    const longest_days = Math.max(known?.longest_days ?? 0, daysBetween(new Date(oldest), session.now));
    const [count, all] = [n + (known?.count ?? 0), of + (known?.of ?? 0)];
    const step = { act: "list_tasks", role: key, owed_by: member } as const;
    debts.set(id, { by: member, what, count, of: all, longest_days, role: key, stage, step });
  };
  for (const { role } of roles) {
    const order = role.stages.map(({ id }) => id);
    for (const card of cards.filter(({ roleId }) => roleId === role.id))
      if (card.round !== null && order.indexOf(card.round) <= order.indexOf(card.stage))
        add(role.key, "scorecards", card.round, card);
    for (const vote of votes.filter(({ roleId }) => roleId === role.id))
      add(role.key, "votes", vote.stage, vote);
  }
  return [...debts.values()];
}
