import { counted } from "../../domain/counted.ts";
import { weeksBetween } from "../../domain/days.ts";
import { type Body, LEAST, tooFew } from "../../domain/reports/report.ts";
import { type Spell, survival, timeBy } from "../../domain/reports/survival.ts";
import type { ReportContext } from "./report-context.ts";

/** Weeks from opening a role to filling it, with those still open counted for what they have waited. */
export async function timeToFill({ roles, session, scope }: ReportContext): Promise<Body> {
  const { since } = scope;
  const opened = roles.map(({ role }) => role).filter((role) => since === null || role.openedAt >= since);
  const spells = opened.map((role): Spell => {
    const end = role.closedAt ?? session.now;
    return { time: weeksBetween(role.openedAt, end), done: role.status === "filled" };
  });
  const steps = survival(spells);
  const filled = spells.filter((s) => s.done).length;
  const n = spells.length;
  const enough = n >= LEAST && filled > 0;
  const waiting = opened.filter((role) => role.closedAt === null);
  return {
    of: "roles opened",
    clock:
      "Weeks from opening a role to filling it, by the product-limit estimate of Kaplan and Meier: a role that is open, on hold or cancelled counts as waiting until now or its end. median_weeks is when half of the roles are filled, null while fewer are.",
    n,
    enough,
    rows: enough
      ? [
          {
            roles: n,
            filled,
            unfilled: n - filled,
            median_weeks: timeBy(steps, 0.5),
            p85_weeks: timeBy(steps, 0.85),
            curve: steps.map((s) => ({
              weeks: s.time,
              at_risk: s.at_risk,
              filled: s.done,
              share_open_percent: Math.round(s.share_left * 1_000) / 10,
            })),
          },
        ]
      : [],
    notes: [
      ...(n < LEAST ? [tooFew(n, "role")] : filled === 0 ? ["No role has been filled yet."] : []),
      ...waiting
        .map(
          (role) =>
            `${role.key} has been open for ${counted(weeksBetween(role.openedAt, session.now), "week")}.`,
        )
        .slice(0, 20),
    ],
  };
}
