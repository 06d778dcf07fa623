import type { Catalog } from "../../catalog/load.ts";
import { requireAct } from "../../domain/access.ts";
import type { Stale } from "../../domain/evaluation/stale.ts";
import { type PanelState, panelProgress } from "../../domain/panel/panel.ts";
import { type ApplicationStatus, statusLabel } from "../../domain/pipeline/application.ts";
import {
  isAssessed,
  type MovePlan,
  type MoveRequest,
  planMove,
  wasDecided,
} from "../../domain/pipeline/gates-and-moves.ts";
import { requireLawfulReason } from "../../domain/pipeline/lawful-reason.ts";
import { requireReasonCategory } from "../../domain/pipeline/reason-category.ts";
import { pendingTasks, progressOf, type Task } from "../../domain/pipeline/tasks.ts";
import type { Unmet } from "../../domain/pipeline/unmet.ts";
import type { Stage } from "../../domain/roles/role-template.ts";
import {
  type ApplicationRecord,
  type ApplicationRow,
  countHired,
} from "../../store/candidates/applications.ts";
import { lastMove, type MoveRow } from "../../store/pipeline/moves.ts";
import type { Db } from "../../store/store.ts";
import { findAssignment } from "../../store/submissions/assignments.ts";
import { askToConfirm, type Pending, spendConfirmation } from "../confirmations.ts";
import { staleNow } from "../evaluation/compiled-rubric.ts";
import { loadApplicationInRole } from "../load-application.ts";
import { fillRound, requireNothingOpenedByMove } from "../panel/assign-interviewers.ts";
import { type ForReader, loadForReader } from "../panel/load-for-reader.ts";
import { loadPanel } from "../panel/load-panel.ts";
import { loadOpinions, type Opinions } from "../panel/opinions.ts";
import { type StandingInterview, stillScheduled } from "../scheduling/interviews.ts";
import type { Session } from "../session.ts";
import { markLeftBehind } from "./mark-left-behind.ts";
import { type Names, namesFor } from "./names.ts";
import { type OfferView, viewOffers } from "./offer-views.ts";
import { recordDecision } from "./record-decision.ts";
import { saveMove } from "./save-move.ts";

export type MoveInput = MoveRequest & {
  readonly application: string;
  /** The kind of reason for a rejection or a withdrawal, from the list of the role's template. */
  readonly reason_category?: string | undefined;
  readonly confirm?: string | undefined;
};

export type Moved = {
  readonly application: {
    ref: string;
    name: string;
    stage: string;
    status: ApplicationStatus;
    version: number;
  };
  /** Title of the role. */
  readonly role: string;
  /** Absent where nothing was moved: the application stood there already, or a person has to agree first. */
  readonly moved?: { from: string; to: string; at: string; by: string };
  /** What the application waits for now. */
  readonly tasks: readonly Task[];
  /** After a hire: how many of the role's openings are filled. */
  readonly filled?: { readonly hired: number; readonly openings: number; readonly role: string };
  /** The round that was left without anybody having been asked to score it. */
  readonly unscored_round?: string;
  /** Interviews that still stand although the application has ended. */
  readonly still_scheduled: readonly StandingInterview[];
  readonly unmet: readonly Unmet[];
  /** What the panel says against it, as far as the mover may see; absent for the way back and a withdrawal. */
  readonly opinions?: Opinions;
  /** The offer on record, for a hire and where an end leaves an extended one standing; null for a hire without any. */
  readonly offer?: OfferView | null;
  /** That the assessment on which a gate or a decision rests is stale. It passes: a person decides what that means. */
  readonly stale_assessment?: Stale;
  readonly confirmation?: Pending & { readonly names: Names };
};

export type Undone = Pick<Moved, "application"> & {
  readonly undone: NonNullable<Moved["moved"]> | null;
  /** Why nothing was undone. */
  readonly reason?: "no_move" | "already_undone" | "stage_dropped";
};

type Move = Extract<MovePlan, { kind: "move" }>;

/**
 * Moves an application, or says why not. Rejecting, offering, hiring, overriding a gate and skipping a stage change
 * nothing until confirmed: the first call answers with a `confirmation`.
 * @throws DomainError as `planMove`, and `invalid` for a reason that speaks of a protected attribute or is of no known kind;
 * `forbidden` when the member may not decide or override.
 */
export async function moveCandidate(session: Session, input: MoveInput, catalog: Catalog): Promise<Moved> {
  if (input.reason !== undefined) requireLawfulReason(catalog.lexicon(), input.reason);
  return session.write(async (tx) => {
    const record = await loadApplicationInRole(tx, session, input.application);
    const { application, role } = record;
    const category = input.reason_category;
    if (category !== undefined) requireReasonCategory(catalog.forRole(role).reasons, input.to, category);
    const forReader = await loadForReader(tx, session, record);
    const { panel } = forReader;
    const progress = {
      assessed: isAssessed(application),
      hasSubmission: application.hasSubmission,
      panel: panelProgress(panel, application.stage),
    };
    const plan = planMove(role.stages, application, progress, input);
    if (plan.kind === "stay") return unchanged(record);
    if (plan.asks || plan.reversal) requireAct(session.member, "decide");
    await requireNothingOpenedByMove(tx, session, record, plan, panel);
    const beside = await loadBeside(tx, session, catalog, { record, forReader, plan });
    if (plan.asks) {
      if (input.confirm === undefined) return { ...(await ask(session, tx, record, plan, input)), ...beside };
      await spendConfirmation(session, tx, { ...input }, input.confirm);
    }
    return { ...(await carryOut(session, tx, catalog, { record, plan, input })), ...beside };
  });
}

type Moving = { readonly record: ApplicationRecord; readonly forReader: ForReader; readonly plan: Move };

/**
 * What whoever moves an application is told beside the move: who is against it, the offer that it concerns, and that the
 * assessment which it rests on is stale.
 */
async function loadBeside(
  tx: Db,
  session: Session,
  catalog: Catalog,
  { record, forReader, plan }: Moving,
): Promise<Pick<Moved, "opinions" | "offer" | "stale_assessment">> {
  const { status } = plan.to;
  const direction = status === "rejected" ? "end" : "forward";
  const isDecision = plan.decision && plan.forward;
  const isOpposed = plan.forward || status === "rejected";
  const offers = status === "active" ? null : await viewOffers(tx, session, forReader);
  const offer = offers?.current ?? null;
  const isOfferMeant = status === "hired" || offer?.status === "extended" || offer?.status === "accepted";
  const left = record.role.stages.find(({ id }) => id === record.application.stage);
  const isGated = plan.forward && left?.gate.includes("assessment");
  const assessed = isGated || plan.decision ? await forReader.assessment() : undefined;
  const stale_assessment = assessed && staleNow(catalog, record.role, assessed);
  return {
    ...(stale_assessment && { stale_assessment }),
    ...(isOpposed && { opinions: await loadOpinions(forReader, record, { direction, isDecision }) }),
    ...(isOfferMeant && { offer }),
  };
}

/** Takes back the last move, clock included. Calling it again changes nothing: an undo is not undone. */
export async function undoMove(
  session: Session,
  input: { application: string },
  catalog: Catalog,
): Promise<Undone> {
  return session.write(async (tx) => {
    const record = await loadApplicationInRole(tx, session, input.application);
    const { application, role } = record;
    const last = await lastMove(tx, session.workspaceId, application.id);
    const reason = whyNotUndone(role.stages, last);
    if (reason !== undefined || last === undefined)
      return { application: viewOf(record), undone: null, reason: reason ?? "no_move" };
    if (wasDecided(role.stages, last)) requireAct(session.member, "decide");
    const to = { stage: last.fromStage, status: last.fromStatus };
    const next = {
      ...application,
      ...to,
      stageEnteredAt: last.enteredAt,
      version: application.version + 1,
    };
    await saveMove(session, tx, application, next, { kind: "undo", reason: null, overridden: [] });
    await fillRound(tx, session, next, role);
    await markLeftBehind(tx, catalog, { ...record, application: next });
    const undone = {
      from: statusLabel(application),
      to: statusLabel(next),
      at: session.now.toISOString(),
      by: session.member.email,
    };
    return { application: viewOf({ ...record, application: next }), undone };
  });
}

function whyNotUndone(stages: readonly Stage[], last: MoveRow | undefined): Undone["reason"] {
  if (last === undefined) return "no_move";
  if (last.kind === "undo") return "already_undone";
  return stages.some(({ id }) => id === last.fromStage) ? undefined : "stage_dropped";
}

async function ask(
  session: Session,
  tx: Db,
  record: ApplicationRecord,
  plan: Move,
  input: MoveInput,
): Promise<Moved> {
  return {
    ...unchanged(record),
    unmet: plan.unmet,
    confirmation: {
      ...(await askToConfirm(session, tx, { ...input })),
      names: await namesFor(tx, session, record.role),
    },
  };
}

async function carryOut(
  session: Session,
  tx: Db,
  catalog: Catalog,
  { record, plan, input }: { record: ApplicationRecord; plan: Move; input: MoveInput },
): Promise<Moved> {
  const { reason, reason_category } = input;
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
  await saveMove(session, tx, application, next, {
    kind: "move",
    reason: reason?.trim() || null,
    reasonCategory: reason_category ?? null,
    overridden,
  });
  await fillRound(tx, session, next, role);
  await markLeftBehind(tx, catalog, { ...record, application: next });
  if (plan.decision) await recordDecision(tx, session, record, next);
  const panel = await loadPanel(tx, session, { ...record, application: next });
  const assignment = await findAssignment(tx, session.workspaceId, next.id);
  const { ref } = next;
  const progress = progressOf({ ...next, assigned: assignment?.form ?? null });
  const tasks = pendingTasks(
    { ref, role, position: next, ...progress, owner: record.owner, panel },
    session.now,
  );
  return {
    application: viewOf({ ...record, application: next }),
    moved: {
      from: statusLabel(application),
      to: statusLabel(next),
      at: session.now.toISOString(),
      by: session.member.email,
    },
    role: role.title,
    tasks,
    ...(next.status === "hired" && {
      filled: {
        hired: await countHired(tx, session.workspaceId, role.id),
        ...{ openings: role.openings, role: role.key },
      },
    }),
    ...unscoredRound(record, panel),
    still_scheduled: await stillScheduled(tx, session, next),
    unmet: plan.unmet,
  };
}

/** The round that was left, where it has a scorecard gate and no interviewers. Such a gate passes by itself, usually by mistake. */
function unscoredRound({ application, role }: ApplicationRecord, { seats }: PanelState) {
  const left = role.stages.find((s) => s.id === application.stage);
  const isAsked = !left?.gate.includes("scorecards") || seats.some((s) => s.round === left.id);
  return isAsked || !left ? {} : { unscored_round: left.id };
}

const viewOf = ({ application: a, candidate }: ApplicationRecord): Moved["application"] => ({
  ref: a.ref,
  name: candidate.name,
  stage: a.stage,
  status: a.status,
  version: a.version,
});

const unchanged = (record: ApplicationRecord): Moved => ({
  application: viewOf(record),
  role: record.role.title,
  tasks: [],
  still_scheduled: [],
  unmet: [],
});
