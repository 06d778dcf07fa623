import { sightOf } from "../../domain/panel/visibility.ts";
import type { Body, Row } from "../../domain/reports/report.ts";
import { agreementOf } from "../../domain/statistics/agreement.ts";
import type { Unit } from "../../domain/statistics/alpha.ts";
import { type CardLevels, listLevels } from "../../store/panel-reports.ts";
import { panelsOf } from "../panels.ts";
import type { ReportContext } from "./report-context.ts";

/** Units drawn in all for one interval: with many units fewer resamples tell as much. */
const DRAWN = 1_000_000;
const RESAMPLES = { most: 1_000, least: 200 };

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
  const row = (role: string | null): Row & { n: number } => {
    const inRole = (one: (typeof scored)[number]) => role === null || one.role.key === role;
    const open = seen.filter(inRole);
    const units = open.flatMap(({ cards }) => unitsOf(cards));
    const resamples = Math.floor(DRAWN / Math.max(1, units.length));
    const figures = agreementOf(units, Math.max(RESAMPLES.least, Math.min(RESAMPLES.most, resamples)));
    const left_out = scored.filter(inRole).length - open.length;
    return { role, applications: open.length, left_out, ...figures };
  };
  const keys = [...new Set(scored.map(({ role }) => role.key))].sort();
  const rows = keys.map(row);
  const all = keys.length > 1 ? row(null) : rows[0];
  const left = scored.length - seen.length;
  return {
    of: "paired ratings on the newest scorecards",
    clock:
      "How far interviewers who rated the same criterion of the same candidate in the same round agree: n = ratings that stand beside another one, criteria = what they are about, interval = 95 per cent by bootstrap. Cards count from their submission.",
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
    for (const [criterion, level] of Object.entries(levels)) {
      const key = `${round} ${criterion}`;
      units.set(key, [...(units.get(key) ?? []), level]);
    }
  return [...units.values()];
}
