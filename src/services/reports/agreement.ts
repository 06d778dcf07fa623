import { dayOf } from "../../domain/days.ts";
import { plannedSeats } from "../../domain/panel/panel.ts";
import { mayOwe, visibilityFor } from "../../domain/panel/visibility.ts";
import type { ReportBody } from "../../domain/reports/report.ts";
import type { AgreementRow } from "../../domain/reports/report-rows.ts";
import { agreementOf } from "../../domain/statistics/agreement.ts";
import type { Unit } from "../../domain/statistics/alpha.ts";
import { listLevels } from "../../store/reports/panel-reports.ts";
import { loadPanels } from "../panel/load-panel.ts";
import type { ReportContext } from "./report-context.ts";

/**
 * How intervals are drawn. One or two roles are drawn as in the debrief, more roles in coarser groups, so that the
 * answer stays quick.
 */
const FINE_DRAWING = { resamples: 1_000, groups: 200 };
const COARSE_DRAWING = { resamples: 200, groups: 50 };
const MAX_ROLES_DRAWN_FINE = 2;

/**
 * How far interviewers agree, for each role and for all. Only applications whose cards the caller may see are counted.
 */
export async function agreement(context: ReportContext): Promise<ReportBody<"agreement">> {
  const everything = await ratedApplications(context);
  const roles = byRole(everything);
  const { resamples, groups } = roles.size > MAX_ROLES_DRAWN_FINE ? COARSE_DRAWING : FINE_DRAWING;
  const row = (role: string | null, scored: readonly Scored[]): AgreementRow => {
    const open = scored.filter(({ isOpen }) => isOpen);
    const figures = agreementOf(
      open.flatMap(({ units }) => units),
      { resamples, groups },
    );
    return { role, applications: open.length, left_out: scored.length - open.length, ...figures };
  };
  const rows = [...roles].map(([role, scored]) => row(role, scored));
  const all = roles.size > 1 ? row(null, everything) : rows[0];
  const leftOut = all?.left_out ?? 0;
  const nothingRated = {
    note: "nothing_rated",
    since: context.scope.since === null ? null : dayOf(context.scope.since),
    own: context.scope.access.only !== undefined,
  } as const;
  return {
    n: all?.n ?? 0,
    enough: rows.some(({ value }) => value !== null),
    rows: roles.size > 1 && all ? [all, ...rows] : rows,
    notes: [
      ...(roles.size === 0 ? [nothingRated] : []),
      ...(leftOut > 0 ? [{ note: "cards_left_out", n: leftOut } as const] : []),
    ],
  };
}

/** The levels that the interviewers of one application gave, and whether the caller may see its cards. */
type Scored = { readonly role: string; readonly units: readonly Unit[]; readonly isOpen: boolean };

async function ratedApplications({ db, scope, session, roles }: ReportContext): Promise<Scored[]> {
  const { member } = session;
  const roleOf = new Map(roles.map(({ role }) => [role.id, role]));
  const rated = (await listLevels(db, scope, member.id)).flatMap((one) => {
    const role = roleOf.get(one.roleId);
    if (!role) return [];
    const planned = plannedSeats(role.panel, [member.email]);
    const asks = mayOwe(role.stages, one, { openSeat: one.openSeat, planned }, member.email);
    return [{ ...one, role, asks }];
  });
  const panels = await loadPanels(
    db,
    session,
    rated.filter(({ asks }) => asks),
  );
  const unitOf = unitReader();
  return rated.map((one) => {
    const { role, asks, levels } = one;
    const panel = panels.get(one.id);
    const isOpen = asks
      ? panel !== undefined && visibilityFor(role, one, panel, member.email).hidden === null
      : true;
    return { role: role.key, units: levels.split(" ").sort().map(unitOf), isOpen };
  });
}

/** Groups by role key, in alphabetical order. */
function byRole(scored: readonly Scored[]): Map<string, Scored[]> {
  const keys = [...new Set(scored.map(({ role }) => role))].sort();
  const of = new Map(keys.map((key): [string, Scored[]] => [key, []]));
  for (const one of scored) of.get(one.role)?.push(one);
  return of;
}

/** Reads units. Equal ratings give the same object, because there are many units but few different ratings. */
function unitReader(): (levels: string) => Unit {
  const read = new Map<string, Unit>();
  return (levels) => {
    const unit = read.get(levels) ?? levels.split(",").map(Number);
    read.set(levels, unit);
    return unit;
  };
}
