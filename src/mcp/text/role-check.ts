import type { RoleCheckAnswer } from "../answers/role-check.ts";
import { findingLines, forecastLine } from "./findings.ts";
import { lawLines } from "./law.ts";
import { linesOf } from "./lines.ts";

/** What was read of a post, what is to be fixed, worst first, how long the search will take so, and the law of the place. */
export const roleCheckText = (answer: RoleCheckAnswer): string =>
  linesOf(
    ...readLines(answer),
    answer.findings.length === 0 ? "Nothing to fix." : `${answer.findings.length} to fix, worst first:`,
    ...findingLines(answer.findings),
    forecastText(answer),
    answer.law.length > 0 && "Law on file for the place (guidance, not legal advice):",
    ...lawLines(answer.law).map((line) => `- ${line}`),
  );

function forecastText({ forecast_weeks, forecast_needs = [], findings }: RoleCheckAnswer): string {
  const isJudged = findings.every(({ rule }) => rule !== "language_unsupported");
  if (forecast_needs.length === 0 || !isJudged) return forecastLine(forecast_weeks, findings);
  if (forecast_needs.includes("template")) return "No forecast: it takes a template's figures.";
  return `No forecast: not found in the post: ${forecast_needs.join(", ")}.`;
}

function readLines({ fits, may_fit = [], read, refused = [] }: RoleCheckAnswer): string[] {
  if (read === undefined) return [];
  return [
    fitLine(fits ?? null, may_fit),
    "Read of the post (wrong or missing? Call again with reading: its own words, or null for none):",
    ...fieldLines(read),
    ...refused.map(
      ({ field, quote, nearest }) =>
        `Refused reading.${field} ${JSON.stringify(quote)}: it does not stand in the post.` +
        (nearest === undefined ? "" : ` Nearest: ${JSON.stringify(nearest)}.`),
    ),
  ];
}

function fitLine(fits: string | null, may_fit: readonly string[]): string {
  if (fits !== null) return `Judged as ${fits}.`;
  const which = may_fit.length > 0 ? `Template ${may_fit.join(" or ")}? ` : "No template is known to fit. ";
  return `${which}Only rules for any trade were run; pass template for its own.`;
}

type Read = NonNullable<RoleCheckAnswer["read"]>;
type Said = { readonly quote: string | null };

function fieldLines(read: Read): string[] {
  const { title, level, lane, location, remote, pay } = read;
  const one = (name: string, said: Said | null, value: string | null | undefined) =>
    said === null
      ? `- ${name}: not found`
      : `- ${name}: ${value ?? "not understood"}${said.quote === null ? ", as given" : ` ${JSON.stringify(said.quote)}`}`;
  const all = (name: string, quotes: readonly string[]) =>
    `- ${name}: ${quotes.length === 0 ? "not found" : quotes.map((words) => JSON.stringify(words)).join(", ")}`;
  return [
    `- title: ${title === null ? "not found" : JSON.stringify(title)}`,
    one("level", level, level?.level),
    one("lane", lane, lane?.lane),
    all("location", location),
    one("remote", remote, remote?.mode),
    one("pay", pay, pay && payText(pay)),
    all("outcomes", read.outcomes),
    all("must_haves", read.must_haves),
    all("nice_to_haves", read.nice_to_haves),
    all("loop", read.loop),
    all("on_call", read.on_call),
  ];
}

function payText({ min, max, currency, period }: NonNullable<Read["pay"]>): string | null {
  if (min === undefined || max === undefined) return null;
  const range = min === max ? String(min) : `${min} to ${max}`;
  const stated = period === null || period === "year" ? "a year" : `a year, stated for a ${period}`;
  return `${range} ${currency ?? "(no currency named)"} ${stated}`;
}
