import { uuidv7 } from "uuidv7";
import { requireAccess } from "../../domain/access.ts";
import { type PanelState, panelProgress } from "../../domain/panel/panel.ts";
import { type ApplicationStatus, statusLabel } from "../../domain/pipeline/application.ts";
import {
  type MovePlan,
  type MoveRequest,
  planMove,
  type Unmet,
  wasDecided,
} from "../../domain/pipeline/gates-and-moves.ts";
import { pendingTasks, type Task } from "../../domain/pipeline/tasks.ts";
import {
  type ApplicationRecord,
  type ApplicationRow,
  saveApplication,
} from "../../store/candidates/applications.ts";
import { insertMove, lastMove } from "../../store/pipeline/moves.ts";
import type { Db } from "../../store/store.ts";
import { findAssignment } from "../../store/submissions/assignments.ts";
import { askToConfirm, type Confirmation, spendConfirmation } from "../confirmations.ts";
import { loadApplication } from "../load-application.ts";
import { fillRound } from "../panel/assign-interviewers.ts";
import { loadPanel } from "../panel/load-panel.ts";
import { leftScheduled } from "../scheduling/interview-views.ts";
import type { Begin, Caller, Session } from "../session.ts";
import { recordDecision } from "./decisions.ts";

export type MoveInput = MoveRequest & { readonly application: string; readonly confirm?: string | undefined };

export type Moved = {
  readonly application: {
    ref: string;
    name: string;
    stage: string;
    status: ApplicationStatus;
    version: number;
  };
  readonly moved?: { from: string; to: string; at: string; by: string };
  readonly side_effects: readonly string[];
  readonly unmet: readonly Unmet[];
  readonly confirmation?: Confirmation;
};

export type Undone = Pick<Moved, "application" | "side_effects"> & {
  readonly undone: NonNullable<Moved["moved"]> | null;
};

type Move = Extract<MovePlan, { kind: "move" }>;

export function createMoves({ begin }: { begin: Begin }) {
  return {
    /**
     * Moves an application, or says why not. Rejecting, offering and hiring change nothing until confirmed: the first
     * call answers with a `confirmation`.
     * @throws DomainError as `planMove`; `forbidden` when the member may not decide or override.
     */
    async move(caller: Caller, input: MoveInput): Promise<Moved> {
      const session = await begin(caller);
      return session.write(async (tx) => {
        const record = await loadApplication(tx, session, input.application, true);
        const { application, role } = record;
        const { panel } = await loadPanel(tx, session, record);
        const progress = {
          assessed: application.presentFlags !== null,
          hasSubmission: application.hasSubmission,
          panel: panelProgress(panel, application.stage),
        };
        const plan = planMove(role.stages, application, progress, input);
        if (plan.kind === "stay")
          return unchanged(record, `Already at ${statusLabel(application)}: nothing was changed.`);
        if (plan.decision || plan.unmet.length > 0) requireAccess(session.member, "decide");
        if (plan.decision) {
          if (input.confirm === undefined) return ask(session, tx, record, plan, input);
          await spendConfirmation(session, tx, { ...input }, input.confirm);
        }
        return carryOut(session, tx, record, plan, input.reason);
      });
    },

    /** Takes back the last move, clock included. Calling it again changes nothing: an undo is not undone. */
    async undo(caller: Caller, input: { application: string }): Promise<Undone> {
      const session = await begin(caller);
      return session.write(async (tx) => {
        const record = await loadApplication(tx, session, input.application, true);
        const { application } = record;
        const last = await lastMove(tx, session.workspaceId, application.id);
        if (last?.kind !== "move") {
          const why = last ? "The last change was already an undo" : "There has been no move yet";
          const { application, side_effects } = unchanged(record, `${why}: nothing was changed.`);
          return { application, side_effects, undone: null };
        }
        if (wasDecided(record.role.stages, last)) requireAccess(session.member, "decide");
        const to = { stage: last.fromStage, status: last.fromStatus };
        const next = {
          ...application,
          ...to,
          stageEnteredAt: last.enteredAt,
          version: application.version + 1,
        };
        await save(session, tx, application, next, { kind: "undo", reason: null, overridden: [] });
        await fillRound(tx, session, next, record.role);
        const undone = {
          from: statusLabel(application),
          to: statusLabel(next),
          at: session.now.toISOString(),
          by: session.member.email,
        };
        return { application: viewOf({ ...record, application: next }), side_effects: [], undone };
      });
    },
  };
}

async function ask(
  session: Session,
  tx: Db,
  record: ApplicationRecord,
  plan: Move,
  input: MoveInput,
): Promise<Moved> {
  const summary = summaryOf(record, plan, input.reason);
  return {
    ...unchanged(record),
    unmet: plan.unmet,
    confirmation: await askToConfirm(session, tx, { ...input }, summary),
  };
}

async function carryOut(
  session: Session,
  tx: Db,
  record: ApplicationRecord,
  plan: Move,
  reason: string | undefined,
): Promise<Moved> {
  const { application, role } = record;
  const next: ApplicationRow = {
    ...application,
    ...plan.to,
    stageEnteredAt:
      plan.to.stage === application.stage && application.status === "active"
        ? application.stageEnteredAt
        : session.now,
    version: application.version + 1,
  };
  const overridden = plan.unmet.map((u) => u.rule);
  await save(session, tx, application, next, { kind: "move", reason: reason?.trim() || null, overridden });
  await fillRound(tx, session, next, role);
  if (plan.decision) await recordDecision(tx, session, record, next);
  const { panel } = await loadPanel(tx, session, { ...record, application: next });
  const given = await findAssignment(tx, session.workspaceId, next.id);
  const { ref, presentFlags, hasSubmission } = next;
  const has = { assessed: presentFlags !== null, hasSubmission, assigned: given !== undefined };
  const owed = pendingTasks({ ref, role, position: next, ...has, owner: record.owner, panel }, session.now);
  return {
    application: viewOf({ ...record, application: next }),
    moved: {
      from: statusLabel(application),
      to: statusLabel(next),
      at: session.now.toISOString(),
      by: session.member.email,
    },
    side_effects: [
      "No e-mail was sent.",
      ...owed.map(owedLine),
      ...unscored(record, panel),
      ...(await leftScheduled(tx, session, next)),
    ],
    unmet: plan.unmet,
  };
}

const owedLine = ({ what, round, by, next }: Task): string =>
  `Now owed: ${what}${round === undefined ? "" : ` for ${round}`} by ${by.join(", ")} (${next}).`;

/** A gate that nobody was asked to meet stands open; that is said, since it is seldom meant. */
function unscored({ application, role }: ApplicationRecord, { seats }: PanelState): string[] {
  const left = role.stages.find((s) => s.id === application.stage);
  if (!left?.gate.includes("scorecards") || seats.some((s) => s.round === left.id)) return [];
  return [
    `Nobody interviews in ${left.id}, so no scorecard was asked for: update_role (panel) names who does.`,
  ];
}

async function save(
  session: Session,
  tx: Db,
  before: ApplicationRow,
  after: ApplicationRow,
  how: { kind: "move" | "undo"; reason: string | null; overridden: readonly string[] },
): Promise<void> {
  const { workspaceId, id, stage, status, stageEnteredAt, version } = after;
  await saveApplication(tx, { workspaceId, id, stage, status, stageEnteredAt, version });
  await insertMove(tx, {
    workspaceId,
    id: uuidv7(),
    applicationId: id,
    version,
    ...how,
    fromStage: before.stage,
    fromStatus: before.status,
    toStage: stage,
    toStatus: status,
    enteredAt: before.stageEnteredAt,
    movedBy: session.member.id,
    client: session.client,
    movedAt: session.now,
  });
  const { kind, overridden } = how;
  await session.record(tx, id, `application.${kind}`, {
    from: statusLabel(before),
    to: statusLabel(after),
    version,
    overridden,
  });
}

const viewOf = ({ application: a, candidate }: ApplicationRecord): Moved["application"] => ({
  ref: a.ref,
  name: candidate.name,
  stage: a.stage,
  status: a.status,
  version: a.version,
});

const unchanged = (record: ApplicationRecord, ...notes: string[]): Moved => ({
  application: viewOf(record),
  side_effects: notes,
  unmet: [],
});

function summaryOf(
  { application, candidate, role }: ApplicationRecord,
  plan: Move,
  reason: string | undefined,
): string {
  const to = statusLabel(plan.to);
  const act = to === "rejected" ? "Reject" : to === "hired" ? "Mark as hired" : "Move to offer";
  const overriding = plan.unmet.length > 0 ? ` Overrides: ${plan.unmet.map((u) => u.what).join("; ")}.` : "";
  const because = reason ? ` Reason: ${reason.replace(/[.\s]+$/, "")}.` : "";
  return `${act}: ${candidate.name} (${application.ref}, ${role.title}), now at ${statusLabel(application)}.${overriding}${because} No e-mail will be sent.`;
}
