import * as z from "zod";
import { EVERYONE } from "../../domain/access.ts";
import { roleKey } from "../params.ts";
import { Findings, Forecast, findingLines, forecastLine } from "../text/findings.ts";
import { linesOf } from "../text/lines.ts";
import { defineTool } from "../tool.ts";

export const draftJobPost = defineTool({
  name: "draft_job_post",
  title: "Draft a job post",
  description:
    "Write a role out as a job post, from its facts alone; refuses, naming each error, while check_role finds one. " +
    "You may polish the words, then pass the result to check_role as description.",
  toolset: "roles",
  access: EVERYONE,
  effect: "read",
  input: z.strictObject({ role: roleKey, format: z.enum(["markdown", "text"]).optional() }),
  output: z.object({ role: z.string(), post: z.string(), findings: Findings, forecast_weeks: Forecast }),
  handle: (input, { services, session }) => services.scoping.draftPost(session, input),
  text: ({ post, findings, forecast_weeks }) =>
    linesOf(
      post,
      findings.length > 0 && "Still worth a look:",
      ...findingLines(findings),
      forecastLine(forecast_weeks, findings),
    ),
});
