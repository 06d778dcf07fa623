import * as z from "zod";
import { linesOf } from "../text.ts";
import type { Answer } from "../tool.ts";

export const Findings = z.array(
  z.looseObject({ rule: z.string(), severity: z.string(), why: z.string(), fix: z.string() }),
);
export const Forecast = z.looseObject({ low: z.number(), high: z.number() }).nullable();

/** Findings a line each, quotes in quotation marks. */
export function findingLines(findings: Answer<z.ZodObject<{ f: typeof Findings }>>["f"]): string[] {
  return findings.map(
    ({ severity, rule, where, quote, why, fix }) =>
      `- ${severity} ${rule} (${String(where)})${quote === undefined ? "" : ` ${JSON.stringify(quote)}`}: ${why} ${fix}`,
  );
}

export function forecastLine(forecast: Answer<z.ZodObject<{ f: typeof Forecast }>>["f"]): string {
  return forecast === null
    ? "No forecast: there are no figures for it."
    : linesOf(`Forecast: ${forecast.low} to ${forecast.high} weeks. ${String(forecast.how)}`);
}
