import type { Finding } from "../../domain/role-check/finding.ts";
import type { ForecastAnswer } from "../answers/findings.ts";

/** Findings a line each, quotes in quotation marks. */
export const findingLines = (findings: readonly Finding[]): string[] =>
  findings.map(
    ({ severity, rule, where, quote, why, fix }) =>
      `- ${severity} ${rule} (${where})${quote === undefined ? "" : ` ${JSON.stringify(quote)}`}: ${why} ${fix}`,
  );

/** The forecast, or why there is none: a post that was not judged, or a template without figures. */
export function forecastLine(forecast: ForecastAnswer, findings: readonly Finding[]): string {
  if (forecast !== null) return `Forecast: ${forecast.low} to ${forecast.high} weeks. ${forecast.how}`;
  return findings.some(({ rule }) => rule === "language_unsupported")
    ? "No forecast: the post was not judged, since the rules read English."
    : "No forecast: the role's template has no figures on how long such searches take.";
}
