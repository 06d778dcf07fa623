import * as z from "zod";
import type { RoleCheck } from "../../domain/role-check/check.ts";
import type { Answer } from "./answer.ts";
import { Findings, ForecastAnswer, findingsAnswer, forecastAnswer } from "./findings.ts";
import { omitEmpty } from "./omit-empty.ts";

const DutyAnswer = z.object({
  id: z.string(),
  kind: z.enum(["pay_range", "notice", "retention"]),
  place: z.string(),
  text: z.string(),
  min_employees: z.number().optional(),
  valid_from: z.string(),
  valid_until: z.string().optional(),
  date_verified: z.boolean(),
  source: z.string(),
  status: z.enum(["upcoming", "in_force", "ended"]),
});

/** The answer to checking a role or a post. Its legal findings are guidance, not legal advice. */
export const RoleCheckAnswer = z.object({
  findings: Findings,
  forecast_weeks: ForecastAnswer,
  law: z.array(DutyAnswer),
});
export type RoleCheckAnswer = Answer<typeof RoleCheckAnswer>;

export const roleCheckAnswer = ({ findings, forecast_weeks, law }: RoleCheck): RoleCheckAnswer => ({
  findings: findingsAnswer(findings),
  forecast_weeks: forecastAnswer(forecast_weeks),
  law: law.map((duty) => omitEmpty(duty, { min_employees: true })),
});
