import * as z from "zod";
import { linesOf } from "../text.ts";
import type { Answer } from "../tool.ts";

export const Findings = z.array(
  z.looseObject({
    rule: z.string(),
    severity: z.string(),
    where: z.string(),
    quote: z.string().optional(),
    why: z.string(),
    fix: z.string(),
  }),
);
export const Forecast = z.looseObject({ low: z.number(), high: z.number(), how: z.string() }).nullable();

/** Findings a line each, quotes in quotation marks. */
export function findingLines(findings: Answer<z.ZodObject<{ f: typeof Findings }>>["f"]): string[] {
  return findings.map(
    ({ severity, rule, where, quote, why, fix }) =>
      `- ${severity} ${rule} (${where})${quote === undefined ? "" : ` ${JSON.stringify(quote)}`}: ${why} ${fix}`,
  );
}

export function forecastLine(forecast: Answer<z.ZodObject<{ f: typeof Forecast }>>["f"]): string {
  return forecast === null
    ? "No forecast: there are no figures for it."
    : linesOf(`Forecast: ${forecast.low} to ${forecast.high} weeks. ${forecast.how}`);
}
