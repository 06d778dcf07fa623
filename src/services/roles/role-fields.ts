import type { Catalog } from "../../catalog/load.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError, notAllowed } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import { isRound } from "../../domain/panel/panel.ts";
import type { NextStep } from "../../domain/pipeline/step.ts";
import { checkRole } from "../../domain/role-check/check.ts";
import type { Finding } from "../../domain/role-check/finding.ts";
import { levelNamed } from "../../domain/role-check/post-metadata.ts";
import { droppedRounds, ownStages, type WantedStage } from "../../domain/roles/own-stages.ts";
import { questionFaults } from "../../domain/roles/question-faults.ts";
import { Level, type OwnQuestion, type Panel, type Role } from "../../domain/roles/role.ts";
import type { RoleTemplate } from "../../domain/roles/role-template.ts";
import { requireYearlyPay } from "../../domain/roles/yearly-pay.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { listMembers } from "../../store/team/workspaces.ts";
import type { NotTold } from "../pipeline/not-told.ts";
import type { Session } from "../session.ts";
import { emailNamed, memberNamed } from "../team/named-member.ts";
import type { MovedOut } from "./drop-stages.ts";

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
  /** All stages, in order. */
  readonly stages?: readonly WantedStage[] | undefined;
  readonly questions?: readonly OwnQuestion[] | undefined;
  /** E-mail of whoever runs the search. */
  readonly owner?: string | undefined;
  readonly openings?: number | undefined;
  readonly recruiters_send?: boolean | undefined;
  readonly earlier_rounds_open?: boolean | undefined;
};

/** A role with its problems. `note` gives the reason when nothing was changed. */
export type RoleResult = {
  readonly role: Role;
  readonly owner: string;
  readonly findings: readonly Finding[];
  readonly unchanged?: "already_open" | "same_as_before";
  /** Who was moved because their stage was dropped. */
  readonly moved?: readonly MovedOut[];
  /** When the role was closed: how many are still active in it, and the first to apply of them. */
  readonly still_active?: { readonly total: number; readonly applications: readonly StillActive[] };
  /** When the role was closed: how many interviews of theirs are ahead, and the earliest of them. */
  readonly interviews_booked?: { readonly total: number; readonly interviews: readonly StillBooked[] };
};

/** Somebody who is still active in a role that was closed, and the step by which they are told. */
type StillActive = Pick<NotTold, "next" | "cannot_be_written_to"> & {
  readonly ref: string;
  readonly name: string;
  readonly stage: string;
};

/** An interview ahead in a role that was closed, and the step that calls it off. */
type StillBooked = {
  readonly ref: string;
  readonly name: string;
  readonly round: string;
  readonly start: string;
  readonly next: NextStep;
};

/** A role as it stands, with what is to be fixed in it. */
export function roleResult(
  { role, owner }: { readonly role: Role; readonly owner: string },
  catalog: Catalog,
  { now }: Session,
): RoleResult {
  const { places } = catalog;
  const template = catalog.get(role.template);
  const { findings } = checkRole(role, { template, places, lexicon: catalog.lexicon(), today: dayOf(now) });
  return { role, owner, findings };
}

/** The role with the given fields replaced. */
export function withFields(row: RoleRow, fields: RoleFields, template: RoleTemplate): RoleRow {
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
    openings: fields.openings ?? row.openings,
    recruitersSend: fields.recruiters_send ?? row.recruitersSend,
    earlierRoundsOpen: fields.earlier_rounds_open ?? row.earlierRoundsOpen,
    ...(fields.stages && withStages(row, fields.stages, template)),
    ...(fields.panel && { panel: fields.panel }),
    ...(fields.questions && { questions: fields.questions }),
  };
}

/** Other stages, without those who interview in rounds that are dropped, and without what was to be asked there. */
function withStages(
  row: RoleRow,
  wanted: readonly WantedStage[],
  template: RoleTemplate,
): Pick<RoleRow, "stages" | "panel" | "questions"> {
  const stages = ownStages(row.stages, wanted, template);
  const dropped = droppedRounds(row.stages, stages);
  const stays = ({ round }: { readonly round: string }) => !dropped.includes(round);
  return { stages, panel: row.panel.filter(stays), questions: row.questions.filter(stays) };
}

/**
 * Checks questions in the call. Those on record are not checked again.
 * @throws DomainError for a round that the role does not have, or a question that asks for a protected attribute.
 */
export function requireQuestions(
  catalog: Catalog,
  { stages }: RoleRow,
  questions: readonly OwnQuestion[],
): void {
  const rounds = stages.filter(isRound).map((stage) => stage.id);
  for (const { round } of questions)
    if (!rounds.includes(round)) throw notAllowed("questions.round", round, rounds);
  const [fault] = questionFaults({ questions }, catalog.lexicon());
  if (fault !== undefined)
    throw new DomainError("invalid", `${fault.path}: ${fault.why}.`, "Ask about the work instead.");
}

/**
 * The member who is to own a role or an application.
 * @param candidate whose application it is: nobody looks after their own
 * @throws DomainError for somebody who is not on the team, or may not run a pipeline.
 */
export async function requireOwner(
  tx: Db,
  session: Session,
  named: string,
  candidate?: { readonly memberId: string | null; readonly ref: string },
): Promise<Member> {
  const team = await listMembers(tx, session.workspaceId);
  return memberNamed(session, team, { field: "owner", named, as: "owner", candidate });
}

/** @throws DomainError for a lane that the template does not have. */
export function requireConsistent(row: RoleRow, template: RoleTemplate): void {
  const lanes = template.lanes.map((lane) => lane.id);
  if (row.lane !== null && !lanes.includes(row.lane)) throw notAllowed("lane", row.lane, lanes);
}

/** Checks pay where the call gives any. What was stored before stays as it is. */
export function requirePayOf(row: RoleRow, { comp_min, comp_max, currency }: RoleFields): void {
  if (comp_min !== undefined || comp_max !== undefined || currency !== undefined) requireYearlyPay(row);
}

/**
 * The level that is meant by one of the four or by a company's own word, such as "Sr." or "L5".
 * @throws DomainError for a word that names none.
 */
export function requireLevel(catalog: Catalog, said: string): Level {
  const level = Level.safeParse(said.trim().toLowerCase()).data ?? levelNamed(catalog.lexicon(), said)?.level;
  if (level === undefined) throw notAllowed("level", said, Level.options);
  return level;
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
  for (const { round, members } of panel) {
    if (!rounds.includes(round)) throw notAllowed("panel.round", round, rounds);
    for (const named of members)
      memberNamed(session, team, { field: "panel.members", named, as: "interviewer" });
  }
}

/** A panel in a call with the caller's e-mail where it says `me`. */
export const panelNamed = (session: Session, panel: Panel | undefined): Panel | undefined =>
  panel?.map(({ round, members }) => ({
    round,
    members: members.map((named) => emailNamed(session, named)),
  }));
