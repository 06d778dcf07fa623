import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { application } from "../params.ts";
import { linesOf } from "../text/lines.ts";
import { defineTool } from "../tool.ts";

export const assignExercise = defineTool({
  name: "assign_exercise",
  title: "Give an exercise",
  description:
    "Give the candidate their exercise: makes a private GitHub repository from its template and invites them, or registers " +
    "one that exists (repository). Repeat to continue after a failure; never makes a second. preview only says what it would do.",
  toolset: "submissions",
  access: RUN,
  effect: "write",
  openWorld: true,
  input: z.strictObject({
    application,
    exercise: z.string().min(1).max(60).describe("Exercise id of the template"),
    github_username: z.string().max(60).optional(),
    due: z.string().max(40).optional().describe("Day (ends at midnight UTC) or instant"),
    repository: z
      .string()
      .max(500)
      .optional()
      .describe("Address of a repository or pull request, or path of a clone"),
    preview: z.boolean().optional(),
  }),
  output: z.object({
    submission: z.looseObject({
      exercise: z.string(),
      repository: z.string(),
      status: z.string(),
      due: z.string(),
    }),
    steps: z.array(z.string()),
    preview: z.boolean(),
  }),
  handle: (input, { services, session }) => services.exercises.assign(session, input),
  text: ({ submission: s, steps, preview }) =>
    linesOf(
      `${preview ? "Preview" : "Exercise"} ${s.exercise}: ${s.status}, due ${s.due}.`,
      `Handed in at ${s.repository}.`,
      ...steps,
    ),
});
