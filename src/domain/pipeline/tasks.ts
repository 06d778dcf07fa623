import { daysBetween } from "../days.ts";
import { type PanelState, panelProgress } from "../panel/panel.ts";
import { isRunning, type RoleStatus } from "../roles/role.ts";
import type { Stage } from "../roles/role-template.ts";
import type { ExerciseForm } from "../submission/exercise-form.ts";
import type { Position } from "./application.ts";
import { unmetGates } from "./gates-and-moves.ts";
import type { Step } from "./step.ts";

/** Something that an application waits for: whose turn it is, since when, and what deals with it. */
export type Task = {
  readonly what: Stage["gate"][number];
  /** The round, for a scorecard. */
  readonly round?: string;
  /** E-mails. */
  readonly by: readonly string[];
  /** Days since it became due, one decimal. */
  readonly days: number;
  /** What deals with it. */
  readonly step: Step;
};

export type TaskContext = {
  readonly ref: string;
  readonly role: { readonly stages: readonly Stage[]; readonly status: RoleStatus };
  readonly position: Position & { readonly stageEnteredAt: Date };
  readonly assessed: boolean;
  readonly hasSubmission: boolean;
  /** The form of the exercise that was given. Null before that, when there is nothing to hand in. */
  readonly assigned: ExerciseForm | null;
  /** E-mail of whoever looks after the application, by default the role's owner: what is nobody else's is theirs. */
  readonly owner: string;
  readonly panel: PanelState;
};

/**
 * How far an application is without its panel: what gates and tasks ask of it.
 * @param application its row, and the form of the exercise that was given for it
 */
export const progressOf = ({
  presentFlags,
  hasSubmission,
  assigned,
}: Pick<TaskContext, "hasSubmission" | "assigned"> & {
  /** Null before the first assessment. */
  readonly presentFlags: readonly string[] | null;
}): Pick<TaskContext, "assessed" | "hasSubmission" | "assigned"> => ({
  assessed: presentFlags !== null,
  hasSubmission,
  assigned,
});

/**
 * Everything that is owed for an application: assessment and submission by its owner, a scorecard by each
 * interviewer of a round that has been reached, a vote by each of the panel at debrief. Nothing once it has ended or
 * its role has.
 */
export function pendingTasks(
  { ref, role, position, panel, owner, assigned, ...has }: TaskContext,
  now: Date,
): Task[] {
  const { stages } = role;
  if (position.status !== "active" || !isRunning(role)) return [];
  const progress = { ...has, panel: panelProgress(panel, position.stage) };
  const waited = daysBetween(position.stageEnteredAt, now);
  const application = { application: ref };
  const first = { assessment: "assess", submission: submissionAct(assigned) } as const;
  const gates = unmetGates(stages, position, progress).flatMap(({ rule }): Task[] =>
    rule === "assessment" || rule === "submission"
      ? [{ what: rule, by: [owner], days: waited, step: { act: first[rule], ...application } }]
      : [],
  );
  const order = stages.map((s) => s.id);
  const reached = order.indexOf(position.stage);
  const cards = panel.seats
    .filter((seat) => seat.onTeam && !seat.submitted && order.indexOf(seat.round) <= reached)
    .map(({ member, round, assignedAt }): Task => {
      const days = daysBetween(assignedAt, now);
      return {
        what: "scorecards",
        round,
        by: [member],
        days,
        step: { act: "submit_card", ...application, round },
      };
    });
  const voting = stages[reached]?.gate.includes("votes") === true;
  const votes = (voting ? progress.panel.votes.missing : []).map(
    (member): Task => ({ what: "votes", by: [member], days: waited, step: { act: "vote", ...application } }),
  );
  return [...gates, ...cards, ...votes];
}

/** Code is read where it lies; every other work comes to us and is stored. */
function submissionAct(assigned: ExerciseForm | null) {
  if (assigned === null) return "give_exercise";
  return assigned === "code" ? "read_submission" : "hand_in";
}
