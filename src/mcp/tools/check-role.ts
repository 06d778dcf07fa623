import * as z from "zod";
import { EVERYONE } from "../../domain/access.ts";
import { lawLines } from "../../domain/jurisdictions/law-lines.ts";
import type { Duty } from "../../domain/jurisdictions/lookup.ts";
import { level, place, roleKey, template } from "../params.ts";
import { Findings, Forecast, findingLines, forecastLine } from "../text/findings.ts";
import { linesOf } from "../text/lines.ts";
import { defineTool } from "../tool.ts";

export const checkRole = defineTool({
  name: "check_role",
  title: "Check a role or a job post",
  description:
    "Find what will cost time or people before anyone is interviewed: lane, outcomes, must-haves, pay, loop, wording, law. " +
    "Give role, or description (any pasted post); level, location and remote are read from a post unless given.",
  toolset: "roles",
  access: EVERYONE,
  effect: "read",
  input: z.strictObject({
    role: roleKey.optional(),
    description: z.string().optional(),
    template: template.default("mlops-engineer"),
    level: level.optional(),
    location: place.optional(),
    remote: z.boolean().optional(),
  }),
  output: z.object({
    findings: Findings,
    forecast_weeks: Forecast,
    law: z.array(z.looseObject({ place: z.string() })),
  }),
  handle: (input, { services, session }) => services.scoping.check(session, input),
  text: ({ findings, forecast_weeks, law }) =>
    linesOf(
      findings.length === 0 ? "Nothing to mend." : `${findings.length} to mend, worst first:`,
      ...findingLines(findings),
      forecastLine(forecast_weeks, findings),
      law.length > 0 && "Law on file for the place (guidance, not legal advice):",
      ...lawLines(law as unknown as Duty[]).map((line) => `- ${line}`),
    ),
});
