import * as z from "zod";
import type { Answer } from "../tool.ts";
import { linesOf } from "./lines.ts";

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

/** The forecast, or why there is none: a post that was not judged, or a template without figures. */
export function forecastLine(
  forecast: Answer<z.ZodObject<{ f: typeof Forecast }>>["f"],
  findings: Answer<z.ZodObject<{ f: typeof Findings }>>["f"],
): string {
  if (forecast !== null)
    return linesOf(`Forecast: ${forecast.low} to ${forecast.high} weeks. ${String(forecast.how)}`);
  return findings.some(({ rule }) => rule === "language_unsupported")
    ? "No forecast: the post was not judged, since the rules read English."
    : "No forecast: the role's template has no figures on how long such searches take.";
}
