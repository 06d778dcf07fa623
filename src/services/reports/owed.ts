import { daysBetween } from "../../domain/days.ts";
import type { ReportBody } from "../../domain/reports/report.ts";
import type { TasksRow } from "../../domain/reports/report-rows.ts";
import { isRunning } from "../../domain/roles/role.ts";
import {
  countPendingCards,
  countPendingVotes,
  countUnbooked,
  type TaskCount,
} from "../../store/reports/panel-reports.ts";
import { countMissing, type MissingCount } from "../../store/reports/stage-counts.ts";
import { debriefsOf, roundsOf } from "../pipeline/pending-work.ts";
import type { ReportContext } from "./report-context.ts";

/** The tasks of each person now, in active applications of running roles, longest waiting first. */
export async function owed(context: ReportContext): Promise<ReportBody<"owed">> {
  const { db, scope } = context;
  const roles = context.roles.filter(({ role }) => isRunning(role));
  const running = new Set(roles.map(({ role }) => role.id));
  const everywhere = await countMissing(db, scope);
  const counts = everywhere.filter((c) => running.has(c.roleId));
  const rows = [...gateTasks({ ...context, roles }, counts), ...(await panelTasks({ ...context, roles }))];
  rows.sort((a, b) => b.longest_days - a.longest_days || b.count - a.count);
  const n = applicationsIn(counts);
  const leftOut = applicationsIn(everywhere) - n;
  return {
    timeless: true,
    n,
    enough: true,
    rows,
    notes: [
      ...(leftOut > 0 ? [{ note: "tasks_left_out", n: leftOut } as const] : []),
      ...(scope.since === null ? [] : [{ note: "since_does_not_apply" } as const]),
    ],
  };
}

type Counted = Pick<TaskCount, "member" | "n" | "of" | "oldest">;

const applicationsIn = (counts: readonly MissingCount[]): number => counts.reduce((sum, { n }) => sum + n, 0);

/** Missing assessments and submissions that a stage's gate requires, by whoever looks after the applications. */
function gateTasks({ roles, session }: ReportContext, counts: readonly MissingCount[]): TasksRow[] {
  return roles.flatMap(({ role }) =>
    counts
      .filter(({ roleId }) => roleId === role.id)
      .flatMap(({ stage, n: of, owner, ...missing }) => {
        const gate = role.stages.find(({ id }) => id === stage)?.gate ?? [];
        return (["assessment", "submission"] as const).flatMap((what): TasksRow[] => {
          const since = missing[`${what}Since`];
          if (!gate.includes(what) || since === null) return [];
          const longest_days = daysBetween(new Date(since), session.now);
          const step = { act: "list_tasks", role: role.key, stage, owed_by: owner } as const;
          return [{ by: owner, what, count: missing[what], of, longest_days, role: role.key, stage, step }];
        });
      }),
  );
}

/** Interviews to be booked, scorecards of reached rounds, whatever the application's stage, and votes. */
async function panelTasks({ db, scope, session, roles }: ReportContext): Promise<TasksRow[]> {
  const rounds = roles.flatMap(({ role }) => roundsOf(role));
  const unbooked = await countUnbooked(db, scope, rounds);
  const cards = await countPendingCards(db, scope, rounds, session.now);
  const votes = await countPendingVotes(
    db,
    scope,
    roles.flatMap(({ role }) => debriefsOf(role)),
  );
  const rows = new Map<string, TasksRow>();
  const add = (key: string, what: TasksRow["what"], stage: string, counted: Counted) => {
    const { member: by, n, of, oldest } = counted;
    const id = JSON.stringify([key, what, stage, by]);
    const before = rows.get(id) ?? { count: 0, of: 0, longest_days: 0 };
    rows.set(id, {
      ...{ by, what, count: before.count + n, of: before.of + of },
      longest_days: Math.max(
        before.longest_days,
        oldest === null ? 0 : daysBetween(new Date(oldest), session.now),
      ),
      ...{ role: key, stage, step: { act: "list_tasks", role: key, owed_by: by } },
    });
  };
  for (const { role } of roles) {
    for (const booking of unbooked.filter(({ roleId }) => roleId === role.id))
      add(role.key, "booking", booking.stage, booking);
    for (const card of cards.filter(({ roleId }) => roleId === role.id))
      if (card.round !== null) add(role.key, "scorecards", card.round, card);
    for (const vote of votes.filter(({ roleId }) => roleId === role.id))
      add(role.key, "votes", vote.stage, vote);
  }
  return [...rows.values()].filter(({ count }) => count > 0);
}
