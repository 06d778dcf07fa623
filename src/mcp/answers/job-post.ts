import * as z from "zod";
import type { JobPostDraft } from "../../services/roles/draft-job-post.ts";
import type { Answer } from "./answer.ts";
import { Findings, ForecastAnswer, findingsAnswer, forecastAnswer } from "./findings.ts";

/** A job post for a role, with warnings about it. */
export const JobPostAnswer = z.object({
  role: z.string(),
  post: z.string(),
  findings: Findings,
  forecast_weeks: ForecastAnswer,
});
export type JobPostAnswer = Answer<typeof JobPostAnswer>;

export const jobPostAnswer = ({ role, post, findings, forecast_weeks }: JobPostDraft): JobPostAnswer => ({
  role,
  post,
  findings: findingsAnswer(findings),
  forecast_weeks: forecastAnswer(forecast_weeks),
});
