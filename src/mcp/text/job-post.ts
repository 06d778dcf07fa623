import type { JobPostAnswer } from "../answers/job-post.ts";
import { findingLines, forecastLine } from "./findings.ts";
import { linesOf } from "./lines.ts";

/** The post first, so that it can be copied from the top. */
export const jobPostText = ({ role, post, findings, forecast_weeks }: JobPostAnswer): string =>
  linesOf(
    post,
    findings.length === 0 ? `Nothing to fix in ${role}.` : `Still worth a look in ${role}:`,
    ...findingLines(findings),
    forecastLine(forecast_weeks, findings),
  );
