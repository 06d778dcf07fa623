import { pluralize } from "../counted.ts";
import { DomainError, notAllowed } from "../errors.ts";
import type { PanelProgress } from "../panel/panel.ts";
import type { Stage } from "../roles/role-template.ts";
import { type ApplicationStatus, type Position, statusLabel } from "./application.ts";

/** What must be in before a stage is left, and how it gets there. */
type Gate = Stage["gate"][number];

/** What an application has so far, as far as gates ask. */
export type Progress = {
  readonly assessed: boolean;
  readonly hasSubmission: boolean;
  /** Of the stage where the application is. */
  readonly panel: PanelProgress;
};

export type Unmet = { readonly rule: Gate | "skipped_stages"; readonly what: string; readonly next: string };

type Check = { met(p: Progress): boolean; what(p: Progress): string; next: string };

const GATES: Record<Gate, Check> = {
  assessment: { met: (p) => p.assessed, what: () => "no assessment yet", next: "score_candidate" },
  submission: {
    met: (p) => p.hasSubmission,
    what: () => "no submission snapshot yet",
    next: "summarize_submission",
  },
  scorecards: {
    met: ({ panel }) => panel.scorecards.missing.length === 0,
    what: ({ panel: { scorecards: s } }) =>
      `${s.submitted} of ${pluralize(s.of, "scorecard")} (missing: ${s.missing.join(", ")})`,
    next: "submit_scorecard",
  },
  votes: {
    met: ({ panel: { votes } }) => votes.cast * 2 >= votes.of,
    what: ({ panel: { votes } }) =>
      `${votes.cast} of ${pluralize(votes.of, "vote")}, and it takes at least half`,
    next: "cast_vote",
  },
};

export type MoveRequest = {
  readonly to: string;
  readonly from?: string | undefined;
  readonly reason?: string | undefined;
  readonly override?: boolean | undefined;
};

export type MovePlan =
  | { readonly kind: "stay" }
  | {
      readonly kind: "move";
      readonly to: Position;
      readonly unmet: readonly Unmet[];
      /** True where a person must agree: rejecting, offering, hiring. */
      readonly decision: boolean;
    };

const ENDS = ["hired", "rejected", "withdrawn"] as const satisfies readonly ApplicationStatus[];
type End = (typeof ENDS)[number];
const isEnd = (place: string): place is End => (ENDS as readonly string[]).includes(place);

/** Every place a move may name, in order: the role's stages, then the three ends. */
export function targetsOf(stages: readonly Stage[]): string[] {
  return [...stages.map((stage) => stage.id), ...ENDS];
}

/** What is owed before the stage can be left; empty once the application has ended. */
export function unmetGates(stages: readonly Stage[], position: Position, progress: Progress): Unmet[] {
  if (position.status !== "active") return [];
  const stage = stages.find((s) => s.id === position.stage);
  return (stage?.gate ?? []).flatMap((gate) => {
    const check = GATES[gate];
    return check.met(progress) ? [] : [{ rule: gate, what: check.what(progress), next: check.next }];
  });
}

/**
 * Decides what a move would do, without doing it. Moving back is free; moving on needs the gate of the stage
 * that is left; jumping over stages, or past a gate, needs `override` with a reason.
 * @throws DomainError `invalid` for an unknown place or a missing reason, `conflict` for a stale `from`,
 *   `precondition_failed` naming each gate and the call that meets it.
 */
export function planMove(
  stages: readonly Stage[],
  current: Position,
  progress: Progress,
  request: MoveRequest,
): MovePlan {
  const { to } = request;
  if (!targetsOf(stages).includes(to)) throw notAllowed("to", to, targetsOf(stages));
  const here = statusLabel(current);
  if (to === here) return { kind: "stay" };
  if (request.from !== undefined && request.from !== here) {
    throw new DomainError(
      "conflict",
      `from: the application is not at ${JSON.stringify(request.from)}; it is at ${here}.`,
      `Look again with get_candidate, then repeat the move with from: ${JSON.stringify(here)}.`,
    );
  }
  const plan = isEnd(to) ? end(stages, current, progress, to) : reach(stages, current, progress, to);
  if (to === "rejected") requireReason(request, "A rejection");
  if (plan.unmet.length > 0 && !request.override) throw unmetError(here, to, plan.unmet);
  if (plan.unmet.length > 0) requireReason(request, "An override");
  return { kind: "move", ...plan, decision: to === "rejected" || to === "hired" || to === offerOf(stages) };
}

type Step = { to: Position; unmet: Unmet[] };

function end(stages: readonly Stage[], current: Position, progress: Progress, to: End): Step {
  if (current.status !== "active") {
    throw new DomainError(
      "precondition_failed",
      `The application has ended (${current.status}) and cannot become ${to}.`,
      `Move it back to a stage first (${stages.map((s) => s.id).join(", ")}), or call undo_move.`,
    );
  }
  const step: Step = { to: { stage: current.stage, status: to }, unmet: [] };
  if (to !== "hired") return step;
  const last = stages.length - 1;
  const at = indexOf(stages, current.stage);
  return { ...step, unmet: [...skipped(stages, at, last + 1), ...unmetGates(stages, current, progress)] };
}

function reach(stages: readonly Stage[], current: Position, progress: Progress, to: string): Step {
  const at = indexOf(stages, current.stage);
  const target = indexOf(stages, to);
  const step: Step = { to: { stage: to, status: "active" }, unmet: [] };
  if (current.status !== "active") {
    if (target <= at) return step;
    throw new DomainError(
      "precondition_failed",
      `The application has ended (${current.status}) at ${current.stage}; it can only be reopened there or earlier.`,
      `Move it to one of: ${stages
        .slice(0, at + 1)
        .map((s) => s.id)
        .join(", ")}.`,
    );
  }
  if (target < at) return step;
  return { ...step, unmet: [...skipped(stages, at, target), ...unmetGates(stages, current, progress)] };
}

function skipped(stages: readonly Stage[], at: number, target: number): Unmet[] {
  const names = stages.slice(at + 1, target).map((s) => s.id);
  if (names.length === 0) return [];
  return [{ rule: "skipped_stages", what: `skips ${names.join(", ")}`, next: "move_candidate" }];
}

function indexOf(stages: readonly Stage[], id: string): number {
  const index = stages.findIndex((s) => s.id === id);
  if (index < 0) throw notAllowed("stage", id, targetsOf(stages));
  return index;
}

/** Whether taking a move back is as much a decision as the move was: an end, an offer, or a gate that was passed over. */
export const wasDecided = (
  stages: readonly Stage[],
  move: {
    readonly toStage: string;
    readonly toStatus: ApplicationStatus;
    readonly overridden: readonly string[];
  },
): boolean => move.toStatus !== "active" || move.overridden.length > 0 || move.toStage === offerOf(stages);

function offerOf(stages: readonly Stage[]): string | undefined {
  return stages.find((s) => s.kind === "offer")?.id;
}

function requireReason(request: MoveRequest, what: string): void {
  if (request.reason?.trim()) return;
  throw new DomainError(
    "invalid",
    `reason: missing. ${what} needs one.`,
    "Repeat the call with a reason in a sentence.",
  );
}

function unmetError(from: string, to: string, unmet: readonly Unmet[]): DomainError {
  const next = [...new Set(unmet.map((u) => u.next))].filter((tool) => tool !== "move_candidate");
  const calls = next.length > 0 ? `Call ${next.join(", ")} first, or ` : "Move one stage at a time, or ";
  return new DomainError(
    "precondition_failed",
    `Cannot move from ${from} to ${to}: ${unmet.map((u) => u.what).join("; ")}.`,
    `${calls}repeat with override: true and a reason (hiring managers only).`,
  );
}
