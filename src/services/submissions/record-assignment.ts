import { uuidv7 } from "uuidv7";
import { DomainError } from "../../domain/errors.ts";
import type { NextStep } from "../../domain/pipeline/step.ts";
import type { Exercise } from "../../domain/roles/role-template.ts";
import { type AssignmentStatus, dueAt } from "../../domain/submission/assignment.ts";
import type { ExerciseForm } from "../../domain/submission/exercise-form.ts";
import { type ApplicationRecord, saveApplication } from "../../store/candidates/applications.ts";
import { documentHashes } from "../../store/candidates/documents.ts";
import { type AssignmentRow, findAssignment, saveAssignment } from "../../store/submissions/assignments.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import type { Session } from "../session.ts";
import type { ExerciseStep } from "./exercise-steps.ts";

export type AssignInput = {
  readonly application: string;
  readonly exercise: string;
  readonly github_username?: string | undefined;
  readonly due?: string | undefined;
  /** An existing repository, pull request or clone. Without it, a repository is made from the exercise's template. */
  readonly repository?: string | undefined;
  readonly preview?: boolean | undefined;
};

export type AssignedExercise = {
  readonly submission: {
    exercise: string;
    form: ExerciseForm;
    /** Null where the form needs none. */
    repository: string | null;
    status: AssignmentStatus;
    github_username: string | null;
    due: string;
    start_sha: string | null;
  };
  /** The steps that were done, or with `preview` would be done. */
  readonly steps: readonly ExerciseStep[];
  /** The next step, once the candidate is invited. */
  readonly next?: NextStep;
  readonly preview: boolean;
};

/** The data for giving one exercise to one application. */
export type Assigning = {
  readonly session: Session;
  readonly record: ApplicationRecord;
  readonly exercise: Exercise;
  readonly before: AssignmentRow | undefined;
  readonly input: AssignInput;
};

type Row = Parameters<typeof saveAssignment>[1] &
  Pick<AssignmentRow, "form" | "url" | "startSha" | "githubUsername">;

/**
 * The intended row. If the same repository is on record, its progress is kept.
 * @param interview when the work is shown, where that is booked: it is due then unless the caller names another time
 */
export function rowOf(
  { session, record, exercise, before, input }: Assigning,
  made: Pick<AssignmentRow, "url" | "status" | "githubUsername">,
  interview?: Date,
): Row {
  const onRecord = input.due === undefined ? (interview ?? before?.dueAt) : undefined;
  const due = onRecord ?? dueAt(input.due, exercise.due_days, session.now);
  const row: Row = {
    workspaceId: session.workspaceId,
    id: uuidv7(),
    applicationId: record.application.id,
    exercise: exercise.id,
    form: before?.form ?? exercise.form,
    startSha: null,
    assignedBy: session.member.id,
    createdAt: session.now,
    dueAt: due,
    ...made,
  };
  if (before?.url !== made.url) return row;
  const { id, status, startSha, createdAt } = before;
  return { ...row, id, status, startSha, createdAt };
}

/** Stores an assignment and records what changed; the same one again changes nothing. */
export async function save({ session, record }: Assigning, row: Row): Promise<void> {
  const { workspaceId } = session;
  const { ref, id } = record.application;
  await session.write(async (tx) => {
    const { application } = await loadApplicationForUpdate(tx, session, ref);
    const before = await findAssignment(tx, workspaceId, id);
    if (before) requireSameExercise(ref, before, row.exercise);
    const isSame = (["status", "url", "githubUsername", "startSha"] as const).every(
      (key) => before?.[key] === row[key],
    );
    if (isSame && before?.dueAt.getTime() === row.dueAt.getTime()) return;
    await saveAssignment(tx, row);
    const { exercise, status, dueAt: due } = row;
    await session.record(tx, id, `exercise.${status}`, {
      exercise,
      due: due.toISOString(),
    });
    // What came in before the exercise was on record is its answer.
    if (row.form === "code" || application.hasSubmission) return;
    const sample = (await documentHashes(tx, workspaceId, id)).find(({ kind }) => kind === "work_sample");
    if (sample === undefined) return;
    await saveApplication(tx, { workspaceId, id, hasSubmission: true });
    await session.record(tx, id, "submission.handed_in", { exercise, document: sample.id });
  });
}

/** An assignment with the steps that led to it. */
export const answer = (row: Row, steps: readonly ExerciseStep[], preview = false): AssignedExercise => ({
  submission: {
    exercise: row.exercise,
    form: row.form,
    repository: row.url,
    status: row.status,
    github_username: row.githubUsername,
    due: row.dueAt.toISOString(),
    start_sha: row.startSha,
  },
  steps,
  preview,
});

/** @throws DomainError `conflict` when another exercise was given already. */
export function requireSameExercise(ref: string, { exercise }: AssignmentRow, wanted: string): void {
  if (exercise === wanted) return;
  throw new DomainError(
    "conflict",
    `exercise: ${ref} was given ${exercise} already.`,
    `One exercise is enough for a person's free time. Repeat the call with exercise: ${JSON.stringify(exercise)}.`,
  );
}
