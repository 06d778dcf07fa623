import type { RoleCheckAnswer } from "../answers/role-check.ts";
import { findingLines, forecastLine } from "./findings.ts";
import { lawLines } from "./law.ts";
import { linesOf } from "./lines.ts";

/** What is to be fixed, worst first, how long the search will take so, and the law of the place. */
export const roleCheckText = ({ findings, forecast_weeks, law }: RoleCheckAnswer): string =>
  linesOf(
    findings.length === 0 ? "Nothing to fix." : `${findings.length} to fix, worst first:`,
    ...findingLines(findings),
    forecastLine(forecast_weeks, findings),
    law.length > 0 && "Law on file for the place (guidance, not legal advice):",
    ...lawLines(law).map((line) => `- ${line}`),
  );
