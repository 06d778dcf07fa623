import { DomainError } from "../../domain/errors.ts";
import { type ExerciseForm, isLive, nounOf } from "../../domain/submission/exercise-form.ts";
import { listInterviews } from "../../store/scheduling/interviews.ts";
import type { ExerciseStep } from "./exercise-steps.ts";
import { type AssignedExercise, type Assigning, answer, rowOf, save } from "./record-assignment.ts";

/**
 * Gives an exercise that needs no repository: a text or a collection to hand in, a role play or a talk. Only the record
 * changes. What happens in an interview is due at its booked time, as long as nobody names another.
 * @throws DomainError `invalid` for what only code has.
 */
export async function giveWorkSample(work: Assigning, form: ExerciseForm): Promise<AssignedExercise> {
  const { before, input, record } = work;
  for (const field of ["github_username", "repository"] as const)
    if (input[field] !== undefined)
      throw new DomainError("invalid", `${field}: ${nounOf(form)} has no repository.`, "Leave it out.");
  const row = rowOf(
    work,
    { url: null, status: "given", githubUsername: null },
    await interviewOf(work, form),
  );
  const isSame = before?.dueAt.getTime() === row.dueAt.getTime();
  const due = row.dueAt.toISOString();
  const step: ExerciseStep =
    before === undefined
      ? { did: input.preview ? "would_give" : "gave", exercise: row.exercise, form, due }
      : isSame
        ? { did: "changed_nothing" }
        : { did: input.preview ? "would_change_due" : "changed_due", due };
  if (input.preview) return answer({ ...row, status: before?.status ?? "planned" }, [step], true);
  await save(work, row);
  if (before !== undefined) return answer(row, [step]);
  const { ref } = record.application;
  return {
    ...answer(row, [step]),
    next: { act: "draft_message", application: ref, purpose: "exercise_invite" },
  };
}

/** When the interview of a live exercise is booked; undefined for other forms, and while none is. */
async function interviewOf(
  { session, record, exercise }: Assigning,
  form: ExerciseForm,
): Promise<Date | undefined> {
  if (!isLive(form)) return undefined;
  const { workspaceId, now } = session;
  const all = await session.read((db) => listInterviews(db, workspaceId, record.application.id));
  return all.find(
    ({ interview: { status, round, startsAt } }) =>
      status === "booked" && round === exercise.round && startsAt > now,
  )?.interview.startsAt;
}
