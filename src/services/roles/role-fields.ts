import type { Catalog } from "../../catalog/load.ts";
import { INTERVIEW, may } from "../../domain/access.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError, notAllowed } from "../../domain/errors.ts";
import { isRound } from "../../domain/panel/panel.ts";
import { checkRole } from "../../domain/role-check/check.ts";
import type { Finding } from "../../domain/role-check/finding.ts";
import { payFault, yearlyBounds } from "../../domain/roles/currencies.ts";
import type { Panel, Role } from "../../domain/roles/role.ts";
import type { RoleTemplate } from "../../domain/roles/role-template.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { listMembers } from "../../store/team/workspaces.ts";
import type { Session } from "../session.ts";

/** The fields of a role that can be set when it is opened or changed. */
export type RoleFields = {
  readonly lane?: string | undefined;
  readonly title?: string | undefined;
  readonly remote?: boolean | undefined;
  readonly comp_min?: number | undefined;
  readonly comp_max?: number | undefined;
  readonly currency?: string | undefined;
  readonly outcomes?: readonly string[] | undefined;
  readonly must_haves?: readonly string[] | undefined;
  readonly nice_to_haves?: readonly string[] | undefined;
  readonly on_call?: string | undefined;
  readonly panel?: Panel | undefined;
};

/** A role with its problems. `note` gives the reason when nothing was changed. */
export type RoleResult = {
  readonly role: Role;
  readonly findings: readonly Finding[];
  readonly unchanged?: "already_open" | "same_as_before";
};

export function roleResult(
  role: Role,
  catalog: Catalog,
  { now }: Session,
  unchanged?: RoleResult["unchanged"],
): RoleResult {
  const { places } = catalog;
  const template = catalog.get(role.template);
  const { findings } = checkRole(role, { template, places, lexicon: catalog.lexicon(), today: dayOf(now) });
  return { role, findings, ...(unchanged && { unchanged }) };
}

/** The role with the given fields replaced. */
export function withFields(row: RoleRow, fields: RoleFields): RoleRow {
  return {
    ...row,
    lane: fields.lane ?? row.lane,
    title: fields.title ?? row.title,
    remote: fields.remote ?? row.remote,
    onCall: fields.on_call ?? row.onCall,
    compMin: fields.comp_min ?? row.compMin,
    compMax: fields.comp_max ?? row.compMax,
    currency: fields.currency ?? row.currency,
    outcomes: fields.outcomes ?? row.outcomes,
    mustHaves: fields.must_haves ?? row.mustHaves,
    niceToHaves: fields.nice_to_haves ?? row.niceToHaves,
    panel: fields.panel ?? row.panel,
  };
}

/** @throws DomainError for a lane that the template does not have, or pay with its ends the wrong way round. */
export function requireConsistent(row: RoleRow, template: RoleTemplate): void {
  const lanes = template.lanes.map((lane) => lane.id);
  if (row.lane !== null && !lanes.includes(row.lane)) throw notAllowed("lane", row.lane, lanes);
  if (row.compMin !== null && row.compMax !== null && row.compMin > row.compMax) {
    throw new DomainError(
      "invalid",
      `comp_min (${row.compMin}) is above comp_max (${row.compMax}).`,
      "Give both, the lower one as comp_min.",
    );
  }
}

/**
 * Refuses pay that cannot be meant as a year's. Only what a call names is checked, so that an older role can still be changed
 * in its other fields.
 * @throws DomainError `invalid` naming the field and what to give instead.
 */
export function requireYearlyPay(
  given: Pick<RoleFields, "comp_min" | "comp_max" | "currency">,
  usual: string,
  before?: Pick<RoleRow, "compMin" | "compMax">,
): void {
  const code = given.currency ?? usual;
  const [min, max] = [
    given.comp_min ?? before?.compMin ?? undefined,
    given.comp_max ?? before?.compMax ?? undefined,
  ];
  const [low, high] = [min ?? max, max ?? min];
  const isGiven =
    given.comp_min !== undefined || given.comp_max !== undefined || given.currency !== undefined;
  if (!isGiven || low === undefined || high === undefined || low > high) return;
  const fault = payFault(low, high, code);
  if (fault === undefined) return;
  const { least, most } = yearlyBounds(code);
  const tooMuch = high > most;
  const field =
    tooMuch || fault === "too_little" ? (max === undefined ? "comp_min" : "comp_max") : "comp_min";
  const amount = field === "comp_min" ? low : high;
  const beside = field === "comp_min" && !tooMuch && max !== undefined ? ` beside a comp_max of ${high}` : "";
  throw new DomainError(
    "invalid",
    `${field}: ${amount}${beside} cannot be meant as a year's pay in ${code}.`,
    `Give whole ${code} for a full year, from ${least} to ${most}: 95000, not 95, and twelve times a month's pay.`,
  );
}

/**
 * Checks a panel in the call. The stored panel is not checked, because it may name people who have left the team since.
 * @throws DomainError for a round that the role does not have, or a member who may not interview.
 */
export async function requireInterviewers(
  tx: Db,
  session: Session,
  { stages }: RoleRow,
  panel: Panel | undefined,
): Promise<void> {
  if (panel === undefined) return;
  const rounds = stages.filter(isRound).map((s) => s.id);
  const team = await listMembers(tx, session.workspaceId);
  const interviewers = team.filter((m) => may(m, INTERVIEW)).map((member) => member.email);
  for (const { round, members } of panel) {
    if (!rounds.includes(round)) throw notAllowed("panel.round", round, rounds);
    const stranger = members.find((email) => !interviewers.includes(email.toLowerCase()));
    if (stranger !== undefined) throw notAllowed("panel.members", stranger, interviewers);
  }
}
