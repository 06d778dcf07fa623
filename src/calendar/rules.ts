import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { readStamp, type Stamp } from "./values.ts";

/** A recurrence rule (RFC 5545, 3.3.10) without its end date, which is compared as an instant by whoever expands it. */
export type Rule = {
  readonly text: string;
  readonly until?: Stamp;
  /** True when a limit of it cannot be read, so that it may go on for longer than it should. */
  readonly endless: boolean;
};

/** A rule that repeats more often than is followed. */
export class TooOften extends Error {}

/** The most repetitions of one rule that are followed, about one in six minutes over half a year. */
const MAX_REPEATS = 50_000;
/** The most times in one day that a rule may list by hour, minute and second. */
const MAX_TIMES_A_DAY = 1440;

const FREQUENCIES = /^(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/;
const KNOWN = /^(?:FREQ|INTERVAL|COUNT|WKST|RSCALE|SKIP|BY.*)$/;
const WEEKDAY = /^[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)$/;
/** The parts of a rule with the largest number that each may hold, and whether it may count from the end. */
const NUMBERS: Record<string, { readonly least: number; readonly most: number }> = {
  INTERVAL: { least: 1, most: 1e6 },
  BYSECOND: { least: 0, most: 60 },
  BYMINUTE: { least: 0, most: 59 },
  BYHOUR: { least: 0, most: 23 },
  BYMONTHDAY: { least: -31, most: 31 },
  BYYEARDAY: { least: -366, most: 366 },
  BYWEEKNO: { least: -53, most: 53 },
  BYMONTH: { least: 1, most: 12 },
  BYSETPOS: { least: -366, most: 366 },
};

/** Reads a rule. Undefined when a part cannot be made out that decides on which days it repeats. */
export function readRule(value: string): Rule | undefined {
  const parts = new Map<string, string>();
  for (const part of value.toUpperCase().replaceAll(/\s/g, "").split(";")) {
    const [key = "", ...rest] = part.split("=");
    // Some programs leave a part empty that they have no value for.
    if (rest.join("=") !== "") parts.set(key, rest.join("="));
  }
  const end = parts.get("UNTIL");
  const until = end === undefined ? undefined : readStamp(end, new Map());
  const count = parts.get("COUNT");
  const counts = count === undefined || /^[1-9]\d{0,6}$/.test(count);
  parts.delete("UNTIL");
  if (!counts) parts.delete("COUNT");
  // What is not known and selects no days may be a limit, such as an end that is misspelt.
  const unknown = [...parts.keys()].filter((key) => !KNOWN.test(key));
  for (const key of unknown) parts.delete(key);
  const isLimited = unknown.every((key) => key.startsWith("X-"));
  if (![...parts].every(([key, text]) => isReadable(key, text))) return undefined;
  if (!FREQUENCIES.test(parts.get("FREQ") ?? "")) return undefined;
  // An ordinal such as 2MO means nothing in a week or a day (RFC 5545, 3.3.10).
  if (!/^(?:MONTHLY|YEARLY)$/.test(parts.get("FREQ") ?? "") && parts.has("BYDAY"))
    parts.set("BYDAY", (parts.get("BYDAY") ?? "").replaceAll(/[+-]?\d+/g, ""));
  const text = [...parts].map(([key, part]) => `${key}=${part}`);
  const endless = !counts || !isLimited || (end !== undefined && until === undefined);
  return { text: text.join(";"), ...(until !== undefined && { until }), endless };
}

function isReadable(key: string, text: string): boolean {
  const values = text.split(",");
  if (key === "BYDAY") return values.every((value) => WEEKDAY.test(value));
  if (key === "WKST") return WEEKDAY.test(text);
  const range = NUMBERS[key];
  if (range === undefined) return !key.startsWith("BY");
  return values.every(
    (value) =>
      /^[+-]?\d{1,7}$/.test(value) &&
      Number(value) >= range.least &&
      Number(value) <= range.most &&
      (Number(value) !== 0 || range.least === 0),
  );
}

/**
 * The wall times between two others at which a series that begins at `start` repeats.
 * @throws TooOften and, for a rule that the library refuses, an error of its own
 */
export function expandRule({ text }: Rule, start: number, from: number, to: number): number[] {
  if (to < start || to < from) return [];
  const times = ["BYHOUR", "BYMINUTE", "BYSECOND"].map((key) => partOf(text, key)?.split(",").length ?? 1);
  if (times.reduce((product, count) => product * count, 1) > MAX_TIMES_A_DAY) throw new TooOften();
  const weekdays = partOf(text, "BYDAY")?.split(",");
  if (weekdays === undefined || partOf(text, "BYYEARDAY") === undefined)
    return expand(text, start, Math.max(from, start), to);
  // The library passes over weekdays beside days of the year, which they limit. COUNT counts what is left.
  const all = expand(text.replace(/;?COUNT=\d+/, ""), start, start, to);
  const limited = all.filter((wall) => weekdays.some((day) => day.endsWith(weekdayOf(wall))));
  const count = Number(partOf(text, "COUNT") ?? Number.POSITIVE_INFINITY);
  return limited.slice(0, count).filter((wall) => wall >= from);
}

function expand(text: string, start: number, from: number, to: number): number[] {
  try {
    const rule = new RRuleTemporal({
      rruleString: `RRULE:${text}`,
      // The clock of the event is that of UTC here: repetitions keep their hour on the wall.
      dtstart: Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO("UTC"),
      tzid: "UTC",
      maxIterations: MAX_REPEATS,
    });
    return rule.between(new Date(from), new Date(to), true).map((at) => at.epochMilliseconds);
  } catch (error) {
    if (error instanceof Error && /maximum/i.test(error.message)) throw new TooOften();
    throw error;
  }
}

const partOf = (text: string, key: string): string | undefined =>
  text
    .split(";")
    .find((part) => part.startsWith(`${key}=`))
    ?.slice(key.length + 1);

const weekdayOf = (wall: number): string =>
  ["SU", "MO", "TU", "WE", "TH", "FR", "SA"][new Date(wall).getUTCDay()] ?? "";
