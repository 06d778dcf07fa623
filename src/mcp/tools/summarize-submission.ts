import * as z from "zod";
import { INTERVIEW } from "../../domain/access.ts";
import { DETAILS, SubmissionAnswer, submissionAnswer } from "../answers/submission.ts";
import { application } from "../params.ts";
import { submissionText } from "../text/submission.ts";
import { defineTool } from "../tool.ts";

export const summarizeSubmission = defineTool({
  name: "summarize_submission",
  title: "Summarize a submission",
  description:
    "Facts of a pull request, repository or clone, pinned to its head commit: timeline, tests, checks, infrastructure before " +
    "and after, requirements, questions to ask, what was not examined. With application, kept as its snapshot; url only " +
    "where no exercise was given. Runs no code and judges nobody.",
  toolset: "submissions",
  access: INTERVIEW,
  effect: "write",
  heavy: true,
  openWorld: true,
  input: z.strictObject({
    application: application.optional(),
    url: z.string().max(500).optional().describe("Pull request, repository, or path of a clone or bundle"),
    detail: z.enum(DETAILS).optional(),
  }),
  output: SubmissionAnswer,
  handle: async ({ detail, ...input }, { services, session }) =>
    submissionAnswer(await services.submissions.summarize(session, input), detail),
  text: submissionText,
});
