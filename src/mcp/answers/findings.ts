import * as z from "zod";
import { Finding } from "../../domain/role-check/finding.ts";
import type { Forecast } from "../../domain/role-check/forecast.ts";
import { fixText, forecastText } from "../text/fields/findings.ts";
import type { Answer } from "./answer.ts";

/** Problems in a role or a post, worst first. */
export const Findings = z.array(Finding);

export const findingsAnswer = (findings: readonly Finding[]): Finding[] =>
  findings.map((finding) => ({ ...finding, fix: fixText(finding) }));

/** Weeks to fill the role, with the method. Null when there are no data on such searches. */
export const ForecastAnswer = z.object({ low: z.number(), high: z.number(), how: z.string() }).nullable();
export type ForecastAnswer = Answer<typeof ForecastAnswer>;

export const forecastAnswer = (forecast: Forecast | null): ForecastAnswer =>
  forecast && { low: forecast.low, high: forecast.high, how: forecastText(forecast) };
