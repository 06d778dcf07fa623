import { type ExerciseForm, nounOf } from "../../domain/submission/exercise-form.ts";
import type { ExerciseAnswer } from "../answers/exercise.ts";
import { callText } from "../next-call.ts";
import { linesOf } from "./lines.ts";

/** Where the exercise stands, what was done for it, and what comes next. */
export function exerciseText({ submission, steps, preview, next }: ExerciseAnswer): string {
  return linesOf(
    `${preview ? "Preview" : "Exercise"} ${exerciseLine(submission)}`,
    ...steps,
    next && `Next: ${callText(next)}.`,
  );
}

type Given = {
  readonly exercise: string;
  readonly form: ExerciseForm;
  readonly status: string;
  readonly due: string;
  readonly repository?: string | null | undefined;
  readonly github_username?: string | null | undefined;
};

/** `overprovisioned-serving: invited, due 2026-12-01T09:00:00.000Z, GitHub user zed. Handed in at ADDRESS.` */
export function exerciseLine({ exercise, form, status, due, repository, github_username }: Given): string {
  const user = github_username ? `, GitHub user ${github_username}` : "";
  const where = !repository ? "" : ` Handed in at ${repository}.`;
  return `${exercise}${form === "code" ? "" : ` (${nounOf(form)})`}: ${status}, due ${due}${user}.${where}`;
}
