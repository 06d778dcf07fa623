import { dayOf, weeksBetween } from "../../domain/days.ts";
import { pluralize } from "../../domain/pluralize.ts";
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
  const opening = since === null ? "" : ` opened since ${dayOf(since)}`;
  const whyNone = () => {
    if (n >= LEAST) return `No estimate: none of the ${n} roles${opening} has been filled yet.`;
    const alone = scope.roleId === null ? "" : " One role alone has no median: call it without role.";
    return tooFew(n, `role${opening}`, `roles${opening}`) + alone;
  };
  return {
    of: "roles opened",
    clock:
      "Weeks from opening a role to filling it, by the product-limit estimate of Kaplan and Meier: a role that is open, on hold or cancelled counts as waiting until now or its end. median_weeks and p85_weeks are by when the estimate has half and 85 per cent of the roles filled, null while it does not get there.",
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
      ...(enough ? [] : [whyNone()]),
      ...waiting
        .map((role) => {
          const weeks = pluralize(weeksBetween(role.openedAt, session.now), "week");
          return role.status === "on_hold"
            ? `${role.key} was opened ${weeks} ago and is on hold.`
            : `${role.key} has been open for ${weeks}.`;
        })
        .slice(0, 20),
    ],
  };
}
