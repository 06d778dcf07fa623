import * as z from "zod";
import { application } from "../params.ts";
import { defineTool } from "../tool.ts";
import { submissionText } from "./submission-text.ts";

export const summarizeSubmission = defineTool({
  name: "summarize_submission",
  title: "Summarize a submission",
  description:
    "Facts of a pull request, pinned to its head commit: timeline, areas, tests, checks, requirements, and what was not " +
    "examined. With application, stored as its snapshot. Runs none of the code and judges nobody.",
  toolset: "submissions",
  effect: "write",
  openWorld: true,
  input: z.strictObject({
    application: application.optional(),
    url: z.string().max(500).optional().describe("Pull request address"),
    detail: z.enum(["concise", "full"]).optional(),
  }),
  output: z.object({
    ref: z.string().nullable(),
    submission: z.looseObject({ identity: z.looseObject({ head_sha: z.string() }) }),
    missing: z.array(z.string()),
    stored: z.boolean(),
  }),
  handle: (input, { services, caller }) => services.submissions.summarize(caller, input),
  text: submissionText,
});
