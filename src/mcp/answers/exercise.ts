import * as z from "zod";
import { ASSIGNMENT_STATUSES } from "../../domain/submission/assignment.ts";
import { ExerciseForm } from "../../domain/submission/exercise-form.ts";
import type { AssignedExercise } from "../../services/submissions/record-assignment.ts";
import { NextCall, nextCall } from "../next-call.ts";
import { stepText } from "../text/fields/exercise.ts";
import type { Answer } from "./answer.ts";

/** The exercise given to an application. */
export const ExerciseAnswer = z.object({
  submission: z.object({
    exercise: z.string(),
    form: ExerciseForm,
    repository: z.string().nullable(),
    status: z.enum(ASSIGNMENT_STATUSES),
    github_username: z.string().nullable(),
    due: z.string(),
    start_sha: z.string().nullable(),
  }),
  steps: z.array(z.string()),
  preview: z.boolean(),
  next: NextCall.optional(),
});
export type ExerciseAnswer = Answer<typeof ExerciseAnswer>;

export const exerciseAnswer = ({ submission, steps, preview, next }: AssignedExercise): ExerciseAnswer => ({
  submission,
  steps: steps.map(stepText),
  preview,
  ...(next && { next: nextCall(next) }),
});
