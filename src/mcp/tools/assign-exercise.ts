import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { ExerciseAnswer, exerciseAnswer } from "../answers/exercise.ts";
import { application, exercise } from "../params.ts";
import { exerciseText } from "../text/exercise.ts";
import { defineTool } from "../tool.ts";

export const assignExercise = defineTool({
  name: "assign_exercise",
  title: "Give an exercise",
  description:
    "Give the candidate their exercise. For code, makes a private GitHub repository from its template and invites them, or " +
    "registers one that exists (repository); other forms need none. Repeat after a failure; never makes a second. preview " +
    "only says what it would do.",
  toolset: "submissions",
  access: RUN,
  effect: "write",
  heavy: true,
  openWorld: true,
  input: z.strictObject({
    application,
    exercise,
    github_username: z.string().max(60).optional(),
    due: z.string().max(40).optional().describe("Day (ends at midnight UTC) or instant"),
    repository: z
      .string()
      .max(500)
      .optional()
      .describe("Address of a repository or pull request, or path of a clone"),
    preview: z.boolean().optional(),
  }),
  output: ExerciseAnswer,
  handle: async (input, { services, session }) =>
    exerciseAnswer(await services.exercises.assign(session, input)),
  text: exerciseText,
});
