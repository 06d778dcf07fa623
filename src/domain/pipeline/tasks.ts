import { DAY, daysBetween, latest } from "../days.ts";
import { type PanelState, panelProgress } from "../panel/panel.ts";
import { isRunning, type RoleStatus } from "../roles/role.ts";
import type { Stage } from "../roles/role-template.ts";
import type { ExerciseForm } from "../submission/exercise-form.ts";
import type { Position } from "./application.ts";
import { type Assessable, isAssessed, unmetGates } from "./gates-and-moves.ts";
import { overSince, unbookedSince } from "./round-progress.ts";
import type { Step } from "./step.ts";

/** Days after an interview within which its scorecards are due. */
export const DAYS_FOR_A_CARD = 1;

/** Something that an application waits for: whose turn it is, since when, and what deals with it. */
export type Task = {
  readonly what: Stage["gate"][number] | "booking";
  /** The round, for a scorecard or an interview to be booked. */
  readonly round?: string;
  /** E-mails. */
  readonly by: readonly string[];
  /** Days since it could be done, one decimal. */
  readonly days: number;
  /** When it is due, ISO 8601. */
  readonly due: string;
  /** What deals with it. */
  readonly step: Step;
};

export type TaskContext = {
  readonly ref: string;
  readonly role: { readonly stages: readonly Stage[]; readonly status: RoleStatus };
  /** `importedAt`: what is owed for somebody who came in with an import counts from then. */
  readonly position: Position & { readonly stageEnteredAt: Date; readonly importedAt: Date | null };
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
  hasSubmission,
  assigned,
  ...application
}: Pick<TaskContext, "hasSubmission" | "assigned"> & Assessable): Pick<
  TaskContext,
  "assessed" | "hasSubmission" | "assigned"
> => ({
  assessed: isAssessed(application),
  hasSubmission,
  assigned,
});

/**
 * Everything that is owed for an application: assessment, submission and the booking of an interview by its owner, a
 * scorecard by each interviewer of a round that took place, a vote by each of the panel at debrief. Nothing once it has
 * ended or its role has. `owed-cards-and-votes.ts` and `panel-reports.ts` of the store repeat these rules in SQL.
 */
export function pendingTasks(
  { ref, role, position, panel, owner, assigned, ...has }: TaskContext,
  now: Date,
): Task[] {
  const { stages } = role;
  if (position.status !== "active" || !isRunning(role)) return [];
  const progress = { ...has, panel: panelProgress(panel, position.stage) };
  const since = latest(position.stageEnteredAt, position.importedAt) ?? position.stageEnteredAt;
  const application = { application: ref };
  const first = { assessment: "assess", submission: submissionAct(assigned) } as const;
  const gates = unmetGates(stages, position, progress).flatMap(({ rule }): Task[] =>
    rule === "assessment" || rule === "submission"
      ? [
          {
            what: rule,
            by: [owner],
            ...waiting(since, now),
            step: { act: first[rule], ...application },
          },
        ]
      : [],
  );
  const reached = stages.findIndex(({ id }) => id === position.stage);
  const here = stages[reached];
  const unbooked = here && unbookedSince(here, since, panel, assigned);
  const bookings: Task[] = unbooked
    ? [
        {
          ...{ what: "booking", round: here.id, by: [owner], ...waiting(unbooked, now) },
          step: { act: "book", ...application, round: here.id },
        },
      ]
    : [];
  const cards = stages.slice(0, reached + 1).flatMap((stage): Task[] => {
    const over = overSince(stage, panel, now);
    if (over === null) return [];
    const { id: round } = stage;
    return panel.seats
      .filter((seat) => seat.round === round && seat.onTeam && !seat.submitted)
      .map(({ member, assignedAt }) => ({
        ...{ what: "scorecards", round, by: [member] },
        ...waiting(latest(assignedAt, over) ?? over, now, DAYS_FOR_A_CARD),
        step: { act: "submit_card", ...application, round },
      }));
  });
  const voting = here?.gate.includes("votes") === true;
  const votes = (voting ? progress.panel.votes.missing : []).map(
    (member): Task => ({
      ...{ what: "votes", by: [member], ...waiting(since, now) },
      step: { act: "vote", ...application },
    }),
  );
  return [...gates, ...bookings, ...cards, ...votes];
}

/** How long something could have been done, and when it is due: at once, or so many days later. */
const waiting = (since: Date, now: Date, daysAllowed = 0): Pick<Task, "days" | "due"> => ({
  days: Math.max(0, daysBetween(since, now)),
  due: new Date(since.getTime() + daysAllowed * DAY).toISOString(),
});

/** Code is read where it lies; every other work comes to us and is stored. */
export function submissionAct(assigned: ExerciseForm | null) {
  if (assigned === null) return "give_exercise";
  return assigned === "code" ? "read_submission" : "hand_in";
}
