import { dayOf, weeksBetween } from "../../domain/days.ts";
import { MIN_COUNTED, type ReportBody, type ReportNote } from "../../domain/reports/report.ts";
import type { TimeToFillRow } from "../../domain/reports/report-rows.ts";
import { type Spell, survival, timeBy } from "../../domain/reports/survival.ts";
import { rolesOpenBefore } from "../../store/reports/stage-counts.ts";
import type { ReportContext } from "./report-context.ts";

const MAX_ROLES_NAMED = 20;

/** Weeks from opening a role to filling it. Open roles count with the time that they have been open. */
export async function timeToFill({
  db,
  roles,
  session,
  scope,
}: ReportContext): Promise<ReportBody<"time_to_fill">> {
  const { since } = scope;
  const inPeriod = roles.map(({ role }) => role).filter((role) => since === null || role.openedAt >= since);
  const before = await rolesOpenBefore(db, scope);
  const opened = inPeriod.filter(({ id }) => !before.has(id));
  const leftOut = inPeriod.filter(({ id }) => before.has(id)).map(({ key }) => key);
  const spells = opened.map((role): Spell => {
    const end = role.closedAt ?? session.now;
    return { time: weeksBetween(role.openedAt, end), done: role.status === "filled" };
  });
  const steps = survival(spells);
  const filled = spells.filter((s) => s.done).length;
  const n = spells.length;
  const enough = n >= MIN_COUNTED && filled > 0;
  const waiting = opened.filter((role) => role.closedAt === null);
  const day = since === null ? null : dayOf(since);
  const whyNone: ReportNote =
    n >= MIN_COUNTED
      ? { note: "none_filled", n, since: day }
      : { note: "too_few_roles", n, since: day, alone: scope.roleId !== null };
  const rows: TimeToFillRow[] = [
    {
      roles: n,
      filled,
      unfilled: n - filled,
      median_weeks: timeBy(steps, 0.5),
      p85_weeks: timeBy(steps, 0.85),
      curve: steps.map((step) => ({
        weeks: step.time,
        at_risk: step.at_risk,
        filled: step.done,
        share_open_percent: Math.round(step.share_left * 1_000) / 10,
      })),
    },
  ];
  const unfilled = waiting.slice(0, MAX_ROLES_NAMED).map((role): ReportNote => {
    const weeks = weeksBetween(role.openedAt, session.now);
    return { note: "role_unfilled", role: role.key, weeks, on_hold: role.status === "on_hold" };
  });
  const unknown: ReportNote[] =
    leftOut.length === 0
      ? []
      : [{ note: "opening_unknown", n: leftOut.length, roles: leftOut.slice(0, MAX_ROLES_NAMED) }];
  return {
    n,
    enough,
    rows: enough ? rows : [],
    notes: [...(enough ? [] : [whyNone]), ...unknown, ...unfilled],
  };
}
