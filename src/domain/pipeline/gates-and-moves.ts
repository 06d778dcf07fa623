import { DomainError, notAllowed } from "../errors.ts";
import type { PanelProgress } from "../panel/panel.ts";
import type { Stage } from "../roles/role-template.ts";
import { type ApplicationStatus, type Position, statusLabel } from "./application.ts";
import type { Unmet } from "./unmet.ts";

/** The name of a gate. */
type Gate = Stage["gate"][number];

/** What an application has so far, as far as gates ask. */
export type Progress = {
  readonly assessed: boolean;
  readonly hasSubmission: boolean;
  /** Of the stage where the application is. */
  readonly panel: PanelProgress;
};

/** What of an application tells whether its assessment is in. */
export type Assessable = {
  /** Null before the first assessment. */
  readonly presentFlags: readonly string[] | null;
  /** Whether it came in with an import and has no document of the candidate's own. */
  readonly withoutResume: boolean;
};

/** Whether no assessment is waited for: there is one, or nothing from which one could be made. */
export const isAssessed = ({ presentFlags, withoutResume }: Assessable): boolean =>
  presentFlags !== null || withoutResume;

/** The rule of each gate: what is missing before the stage may be left; undefined when it is met. */
const GATES: Record<Gate, (progress: Progress) => Unmet | undefined> = {
  assessment: ({ assessed }) => (assessed ? undefined : { rule: "assessment" }),
  submission: ({ hasSubmission }) => (hasSubmission ? undefined : { rule: "submission" }),
  scorecards: ({ panel: { scorecards } }) =>
    scorecards.missing.length === 0 ? undefined : { rule: "scorecards", ...scorecards },
  votes({ panel: { votes } }) {
    const { cast, of } = votes;
    return cast * 2 >= of ? undefined : { rule: "votes", cast, of };
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
      /** True for rejecting, offering, hiring. */
      readonly decision: boolean;
      /** True where a person must agree: for a decision, and past a gate or over stages. */
      readonly asks: boolean;
      /** True for a later stage and a hire, false for the way back and an end. */
      readonly forward: boolean;
      /** True where such a decision is taken back: somebody rejected or hired becomes active again. */
      readonly reversal: boolean;
    };

const ENDS = ["hired", "rejected", "withdrawn"] as const satisfies readonly ApplicationStatus[];
type End = (typeof ENDS)[number];
const isEnd = (place: string): place is End => (ENDS as readonly string[]).includes(place);

/** Every place a move may name, in order: the role's stages, then the three ends. */
export function targetsOf(stages: readonly Stage[]): string[] {
  return [...stages.map((stage) => stage.id), ...ENDS];
}

/** The gates of the stage that are not met; empty once the application has ended. */
export function unmetGates(stages: readonly Stage[], position: Position, progress: Progress): Unmet[] {
  if (position.status !== "active") return [];
  const stage = stages.find((s) => s.id === position.stage);
  return (stage?.gate ?? []).flatMap((gate) => GATES[gate](progress) ?? []);
}

/**
 * Decides what a move would do, without doing it. Moving back is free; moving on needs the gate of the stage
 * that is left; jumping over stages, or past a gate, needs `override` with a reason.
 * @throws DomainError `invalid` for an unknown place or a missing reason, `conflict` for a stale `from`,
 *   `precondition_failed` naming each gate that is not met.
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
      { do: "repeat_move", from: here },
    );
  }
  const plan = isEnd(to) ? end(stages, current, progress, to) : reach(stages, current, progress, to);
  if (to === "rejected") requireReason(request, "A rejection");
  if (plan.unmet.length > 0 && !request.override) throw unmetError(here, to, plan.unmet);
  if (plan.unmet.length > 0) requireReason(request, "An override");
  const reversal = current.status === "rejected" || current.status === "hired";
  const decision = isDecision(stages, plan.to);
  return { kind: "move", ...plan, decision, asks: decision || plan.unmet.length > 0, reversal };
}

type Target = { to: Position; unmet: Unmet[]; forward: boolean };

function end(stages: readonly Stage[], current: Position, progress: Progress, to: End): Target {
  if (current.status !== "active") {
    throw new DomainError(
      "precondition_failed",
      `The application has ended (${current.status}) and cannot become ${to}.`,
      { do: "reopen_first", stages: stages.map((s) => s.id) },
    );
  }
  const forward = to === "hired";
  const step: Target = { to: { stage: current.stage, status: to }, unmet: [], forward };
  if (!forward) return step;
  const last = stages.length - 1;
  const at = indexOf(stages, current.stage);
  return { ...step, unmet: [...skipped(stages, at, last + 1), ...unmetGates(stages, current, progress)] };
}

function reach(stages: readonly Stage[], current: Position, progress: Progress, to: string): Target {
  const target = indexOf(stages, to);
  const step: Target = { to: { stage: to, status: "active" }, unmet: [], forward: false };
  if (current.status !== "active" && !stages.some((s) => s.id === current.stage)) {
    // The stage in which they ended was dropped from the role, and nothing says how far they were of what is left.
    const reachable = stages.filter((s) => s.kind !== "offer").map((s) => s.id);
    if (reachable.includes(to)) return step;
    throw notAllowed("to", to, reachable);
  }
  const at = indexOf(stages, current.stage);
  if (current.status !== "active") {
    if (target <= at) return step;
    throw new DomainError(
      "precondition_failed",
      `The application has ended (${current.status}) at ${current.stage}; it can only be reopened there or earlier.`,
      { do: "reopen_first", stages: stages.slice(0, at + 1).map((s) => s.id) },
    );
  }
  if (target < at) return step;
  const unmet = [...skipped(stages, at, target), ...unmetGates(stages, current, progress)];
  return { ...step, forward: true, unmet };
}

function skipped(stages: readonly Stage[], at: number, target: number): Unmet[] {
  const names = stages.slice(at + 1, target).map((s) => s.id);
  if (names.length === 0) return [];
  return [{ rule: "skipped_stages", stages: names }];
}

function indexOf(stages: readonly Stage[], id: string): number {
  const index = stages.findIndex((s) => s.id === id);
  if (index < 0) throw notAllowed("stage", id, targetsOf(stages));
  return index;
}

/** Rejecting, hiring and offering are decisions. A withdrawal is the candidate's own. */
const isDecision = (stages: readonly Stage[], { stage, status }: Position): boolean =>
  status === "rejected" || status === "hired" || (status === "active" && stage === offerOf(stages));

/**
 * Whether taking a move back takes a decision back or makes one: a rejection, a hire, an offer that was left or reached, or
 * a gate that was overridden.
 */
export const wasDecided = (
  stages: readonly Stage[],
  move: {
    readonly fromStage: string;
    readonly fromStatus: ApplicationStatus;
    readonly toStage: string;
    readonly toStatus: ApplicationStatus;
    readonly overridden: readonly string[];
  },
): boolean =>
  move.overridden.length > 0 ||
  isDecision(stages, { stage: move.toStage, status: move.toStatus }) ||
  isDecision(stages, { stage: move.fromStage, status: move.fromStatus });

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
  return new DomainError("precondition_failed", `Cannot move from ${from} to ${to}.`, {
    do: "meet_gates",
    unmet,
  });
}
