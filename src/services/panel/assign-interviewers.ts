import { DomainError } from "../../domain/errors.ts";
import { isOnPanel, isRound, type PanelState, plannedSeats, stillToScore } from "../../domain/panel/panel.ts";
import { visibilityFor } from "../../domain/panel/visibility.ts";
import type { Position } from "../../domain/pipeline/application.ts";
import type { Unmet } from "../../domain/pipeline/unmet.ts";
import { droppedRounds } from "../../domain/roles/own-stages.ts";
import type { ApplicationRecord, ApplicationRow } from "../../store/candidates/applications.ts";
import {
  addInterviewers,
  applicationsOfRole,
  interviewerIds,
  lockRunning,
  removeInterviewers,
} from "../../store/panel/interviewers.ts";
import { listScorecards } from "../../store/panel/scorecards.ts";
import { keepRole, type RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { listMembers } from "../../store/team/workspaces.ts";
import type { Session } from "../session.ts";
import { loadPanels } from "./load-panel.ts";

/**
 * Sets the interviewers of a round. The caller has locked the application. Interviewers who have scored the round stay.
 * Others who are not named are removed. Naming the same people again changes nothing.
 * @param assignedAt since when they sit there: earlier than now for whoever has met the candidate already
 */
export async function assignInterviewers(
  tx: Db,
  session: Session,
  application: { readonly id: string },
  round: string,
  memberIds: readonly string[],
  assignedAt: Date = session.now,
): Promise<void> {
  const { workspaceId, member } = session;
  const removed = await removeInterviewers(tx, workspaceId, application.id, round, memberIds);
  const row = { workspaceId, applicationId: application.id, round, assignedAt, assignedBy: member.id };
  const added = await addInterviewers(tx, row, memberIds);
  if (removed.includes(member.id)) await requireNothingOpened(tx, session, [application.id], offPanel());
  if (added.length === 0 && removed.length === 0) return;
  await session.record(tx, application.id, "interviewers.assign", { round, added, removed });
}

/** Assigns the interviewers of the role's panel to a round that was just entered, unless some are assigned already. */
export async function fillRound(
  tx: Db,
  session: Session,
  application: Pick<ApplicationRow, "id" | "stage" | "status">,
  role: RoleRow,
): Promise<void> {
  const stage = role.stages.find((s) => s.id === application.stage);
  if (application.status !== "active" || !stage || !isRound(stage)) return;
  const { workspaceId } = session;
  if ((await interviewerIds(tx, workspaceId, application.id, stage.id)).length > 0) return;
  // Keeps the role until commit. So if its panel is being changed at the same time, either this call reads the new
  // panel, or that change finds this round and updates it.
  const current = await keepRole(tx, workspaceId, role.id);
  const memberIds = await idsOf(tx, session, current ?? role, stage.id);
  await assignInterviewers(tx, session, application, stage.id, memberIds);
}

/** Updates the interviewers of running applications in rounds whose panel was changed. */
export async function refillRounds(tx: Db, session: Session, before: RoleRow, after: RoleRow): Promise<void> {
  const seatsOf = (role: RoleRow, round: string) =>
    JSON.stringify(role.panel.filter((p) => p.round === round));
  const rounds = after.stages.filter(isRound).map((s) => s.id);
  const changed = rounds.filter((round) => seatsOf(before, round) !== seatsOf(after, round));
  for (const application of await lockRunning(tx, session.workspaceId, after.id, changed)) {
    const memberIds = await idsOf(tx, session, after, application.stage);
    await assignInterviewers(tx, session, application, application.stage, memberIds);
  }
}

/**
 * Changes the panel or the rounds of a role.
 * @throws DomainError `forbidden` where the change would show the member what others said before their own card is in.
 */
export async function withoutOpening<T>(
  tx: Db,
  session: Session,
  { before, after }: { readonly before: RoleRow; readonly after: RoleRow },
  change: () => Promise<T>,
): Promise<T> {
  const rounds = ({ panel, stages }: RoleRow) => JSON.stringify([panel, stages.map(({ id }) => id)]);
  const isDropped = droppedRounds(before.stages, after.stages).length > 0;
  if (rounds(before) === rounds(after) || !(isDropped || isOnPanel(before.panel, session.member.email)))
    return change();
  const hidden = await hiddenFrom(tx, session, before);
  const changed = await change();
  const still = new Set(await hiddenFrom(tx, session, after));
  await requireNothingOpened(
    tx,
    session,
    hidden.filter((id) => !still.has(id)),
    offPanel(),
  );
  return changed;
}

/** Ids of the role's applications whose scorecards are hidden from this member. */
async function hiddenFrom(tx: Db, session: Session, role: RoleRow): Promise<string[]> {
  const { workspaceId, member } = session;
  const all = await applicationsOfRole(tx, workspaceId, role.id);
  const panels = await loadPanels(
    tx,
    session,
    all.map(({ id }) => ({ id, role })),
  );
  return all
    .filter((application) => {
      const panel = panels.get(application.id);
      return panel && visibilityFor(role, application, panel, member.email).hidden !== null;
    })
    .map(({ id }) => id);
}

const offPanel = (): DomainError =>
  new DomainError(
    "forbidden",
    "panel: you still owe a scorecard there, and taking yourself off would open what others said.",
    { do: "score_or_be_taken_off" },
  );

/** The rounds in which a member sits without a card and would not any more after an overriding move of theirs. */
function openedBy(
  { stages }: RoleRow,
  from: Position,
  { to, unmet }: { readonly to: Position; readonly unmet: readonly Unmet[] },
  panel: PanelState,
  member: string,
): string[] {
  const isClosed = unmet.some(({ rule }) => rule === "scorecards");
  const after = { ...panel, closed: isClosed ? [...panel.closed, from.stage] : panel.closed };
  const still = [...stillToScore(stages, to, after, member), to.stage];
  return stillToScore(stages, from, panel, member).filter((round) => !still.includes(round));
}

/** Stops a member from moving past their own missing scorecard to read others'. A colleague may make the move. */
export async function requireNothingOpenedByMove(
  tx: Db,
  session: Session,
  { application, role }: ApplicationRecord,
  plan: { readonly to: Position; readonly unmet: readonly Unmet[] },
  panel: PanelState,
): Promise<void> {
  if (plan.unmet.length === 0) return;
  const [round] = openedBy(role, application, plan, panel, session.member.email);
  if (round === undefined) return;
  const message = `override: you still owe a scorecard for ${round}, and moving on without it would open what others said.`;
  const refusal = new DomainError("forbidden", message, { do: "score_or_let_others_move" });
  await requireNothingOpened(tx, session, [application.id], refusal);
}

/** Stops a member from opening others' scorecards to themselves. */
async function requireNothingOpened(
  tx: Db,
  session: Session,
  ids: readonly string[],
  refusal: DomainError,
): Promise<void> {
  const cards = await listScorecards(tx, session.workspaceId, ids);
  if (cards.some((card) => card.member !== session.member.email)) throw refusal;
}

async function idsOf(tx: Db, session: Session, role: RoleRow, round: string): Promise<string[]> {
  const team = await listMembers(tx, session.workspaceId);
  const seats = plannedSeats(
    role.panel,
    team.map((m) => m.email),
  ).filter((p) => p.round === round);
  return team.filter((m) => seats.some((p) => p.member === m.email)).map((m) => m.id);
}
