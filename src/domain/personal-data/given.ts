import { Temporal } from "temporal-polyfill";
import { DomainError } from "../errors.ts";
import { isOver } from "./kept-until.ts";

const MAX_WORDS = 2_000;
/** A consent or a hold that reaches further is a slip of the keyboard, or nobody could foresee it. */
const MAX_YEARS_AHEAD = 20;

/** Words that somebody has to give. @throws DomainError `invalid` naming `field` */
export function requireWords(field: string, given: string): string {
  const words = given.trim();
  if (words.length === 0) throw new DomainError("invalid", `--${field}: give it in a few words.`);
  if (words.length > MAX_WORDS)
    throw new DomainError("invalid", `--${field}: at most ${MAX_WORDS} characters.`);
  return words;
}

/** A day that is not over yet, such as 2027-11-24. @throws DomainError `invalid` naming `field` */
export function requireFutureDay(field: string, given: string, now: Date): string {
  const day = dayIn(given.trim());
  if (day === undefined)
    throw new DomainError(
      "invalid",
      `--${field}: ${JSON.stringify(given)} is no day.`,
      "Write it as YYYY-MM-DD.",
    );
  if (isOver(day, now))
    throw new DomainError(
      "invalid",
      `--${field}: ${day} is over.`,
      "Give the last day, which is still to come.",
    );
  if (Number(day.slice(0, 4)) > now.getUTCFullYear() + MAX_YEARS_AHEAD)
    throw new DomainError("invalid", `--${field}: ${day} is more than ${MAX_YEARS_AHEAD} years ahead.`);
  return day;
}

function dayIn(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString();
  } catch {
    return undefined;
  }
}
