import { sightOf } from "../../domain/panel/visibility.ts";
import type { Body, Row } from "../../domain/reports/report.ts";
import { agreementOf } from "../../domain/statistics/agreement.ts";
import type { Unit } from "../../domain/statistics/alpha.ts";
import { type CardLevels, listLevels } from "../../store/panel-reports.ts";
import { panelsOf } from "../panels.ts";
import type { ReportContext } from "./report-context.ts";

/** How intervals are drawn: for one role as the debrief does, for many in coarser groups, so that the answer stays quick. */
const DRAWING = { few: { roles: 5, resamples: 1_000, groups: 200 }, many: { resamples: 200, groups: 50 } };

/** How far interviewers agree, role by role and over all of them, over the applications whose cards the caller may see. */
export async function agreement(context: ReportContext): Promise<Body> {
  const { db, scope, session, roles } = context;
  const of = byApplication(await listLevels(db, scope));
  const roleOf = new Map(roles.map(({ role }) => [role.id, role]));
  const scored = [...of.values()].flatMap((cards) => {
    const [first] = cards;
    const role = first && roleOf.get(first.roleId);
    return role ? [{ id: first.applicationId, position: first, role, cards }] : [];
  });
  const panels = await panelsOf(db, session, scored);
  const isOpen = ({ id, position, role }: (typeof scored)[number]) => {
    const panel = panels.get(id);
    return panel !== undefined && sightOf(role.stages, position, panel, session.member).hidden === null;
  };
  const seen = scored.filter(isOpen);
  const keys = [...new Set(scored.map(({ role }) => role.key))].sort();
  const { resamples, groups } = keys.length > DRAWING.few.roles ? DRAWING.many : DRAWING.few;
  const row = (role: string | null): Row & { n: number } => {
    const inRole = (one: (typeof scored)[number]) => role === null || one.role.key === role;
    const open = seen.filter(inRole);
    const units = open.flatMap(({ cards }) => unitsOf(cards));
    const figures = agreementOf(units, resamples, groups);
    const left_out = scored.filter(inRole).length - open.length;
    return { role, applications: open.length, left_out, ...figures };
  };
  const rows = keys.map(row);
  const all = keys.length > 1 ? row(null) : rows[0];
  const left = scored.length - seen.length;
  return {
    of: "paired ratings on the newest scorecards",
    clock:
      "How far interviewers who rated the same criterion of the same candidate in the same round agree: n = ratings that stand beside another one, criteria = what they are about, interval = 95 per cent by bootstrap over criteria, in up to 200 groups (50 where there are over 5 roles). Cards count from their submission.",
    n: all?.n ?? 0,
    enough: rows.some(({ value }) => value !== null),
    rows: keys.length > 1 && all ? [all, ...rows] : rows,
    notes: [
      ...(keys.length === 0 ? ["Nothing is rated yet."] : []),
      ...(keys.length > 1 ? ["role null is all roles together."] : []),
      ...(left > 0
        ? [`${left} applications are left out, since you have still to submit your scorecard for them.`]
        : []),
    ],
  };
}

function byApplication(cards: readonly CardLevels[]): Map<string, CardLevels[]> {
  const of = new Map<string, CardLevels[]>();
  for (const card of cards) {
    const known = of.get(card.applicationId);
    if (known) known.push(card);
    else of.set(card.applicationId, [card]);
  }
  return of;
}

/** The levels of each criterion of each round of one application. */
function unitsOf(cards: readonly CardLevels[]): Unit[] {
  const units = new Map<string, number[]>();
  for (const { round, levels } of cards)
    for (const criterion in levels) {
      const [key, level] = [`${round} ${criterion}`, levels[criterion] ?? 0];
      const known = units.get(key);
      if (known) known.push(level);
      else units.set(key, [level]);
    }
  return [...units.values()];
}
