import { Temporal } from "temporal-polyfill";
import { DAY } from "../days.ts";
import { DomainError } from "../errors.ts";
import { type Interval, merge } from "./interval.ts";
import { requireZone } from "./wall-clock.ts";

/** A part of the day on some weekdays (1 is Monday) or on one date, in minutes since midnight by local time. */
type Rule = {
  readonly days?: readonly number[];
  readonly date?: string;
  readonly from: number;
  readonly to: number;
};
export type Hours = readonly Rule[];

/** The hours of a member who has not set their own. */
export const OFFICE_HOURS: Hours = [{ days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 }];
/** Reasonable hours for a candidate who has not stated their own. */
export const REASONABLE_HOURS: Hours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 8 * 60, to: 20 * 60 }];

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const RANGE = /^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MAX_RULES = 100;

/**
 * Reads hours as people write them: `mon-thu 09:00-12:00 13:00-17:30, fri 9-15, 2026-12-05 10:00-12:00`. The text may
 * also hold the time zone of the hours.
 * @throws DomainError `invalid` naming `field` and the word that is wrong.
 */
export function parseHours(text: string, field: string): { hours: Hours; timezone?: string } {
  const rules: Rule[] = [];
  let timezone: string | undefined;
  let on: { days: number[]; dates: string[]; used: boolean } = { days: [], dates: [], used: true };
  for (const word of text
    .trim()
    .replace(/[–—]/g, "-")
    .split(/[\s,;]+/)) {
    if (word === "") continue;
    const range = RANGE.exec(word);
    if (range) {
      rules.push(...rulesOf(on, timesOf(range, word, field), word, field));
      on.used = true;
      continue;
    }
    const days = daysOf(word.toLowerCase());
    if (days !== undefined || isDate(word)) {
      if (on.used) on = { days: [], dates: [], used: false };
      if (days) on.days.push(...days);
      else on.dates.push(word);
    } else if (/[/]|^UTC$/i.test(word)) timezone = requireZone(word, field);
    else throw wrong(field, word);
  }
  if (rules.length === 0 || !on.used) throw wrong(field, text.trim().slice(0, 60) || "nothing");
  if (rules.length > MAX_RULES)
    throw new DomainError("invalid", `${field}: more than ${MAX_RULES} stretches.`);
  return { hours: rules, ...(timezone === undefined ? {} : { timezone }) };
}

/** Hours as a text that `parseHours` can read. */
export const formatHours = (hours: Hours): string =>
  hours
    .map(({ days, date, from, to }) => {
      const when = date ?? (days ?? []).map((day) => WEEKDAYS[day - 1]).join(" ");
      return `${when} ${clock(from)}-${clock(to)}`;
    })
    .join(", ");

/**
 * The hours as intervals between two moments. If an hour begins or ends in a clock change, the shorter reading is used,
 * so that the result lies inside the hours by local time.
 */
export function expandHours(hours: Hours, zone: string, window: Interval): Interval[] {
  const open: Interval[] = [];
  const last = window.end + DAY;
  let date = Temporal.Instant.fromEpochMilliseconds(window.start - DAY)
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  for (let left = Math.ceil((last - window.start) / DAY) + 2; left > 0; left -= 1) {
    for (const { days, date: on, from, to } of hours) {
      if (on === undefined ? !days?.includes(date.dayOfWeek) : on !== date.toString()) continue;
      const start = Math.max(momentOn(date, from, zone, "later"), window.start);
      const end = Math.min(momentOn(date, to, zone, "earlier"), window.end);
      if (start < end) open.push({ start, end });
    }
    date = date.add({ days: 1 });
  }
  return merge(open);
}

function momentOn(
  date: Temporal.PlainDate,
  minute: number,
  timeZone: string,
  disambiguation: "earlier" | "later",
): number {
  const day = minute === 1440 ? date.add({ days: 1 }) : date;
  const wall = day.toPlainDateTime({ hour: Math.floor(minute / 60) % 24, minute: minute % 60 });
  return wall.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds;
}

/** The start of every local day between two moments, and of the day before. */
export function dayStarts(zone: string, window: Interval): number[] {
  let date = Temporal.Instant.fromEpochMilliseconds(window.start).toZonedDateTimeISO(zone).toPlainDate();
  const starts: number[] = [];
  for (let at = -1; at < window.end; date = date.add({ days: 1 })) {
    at = date.toZonedDateTime(zone).epochMilliseconds;
    starts.push(at);
  }
  return starts;
}

function daysOf(word: string): number[] | undefined {
  const [first = "", second] = word.split("-");
  const index = (name: string) =>
    /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*$/.test(name) ? WEEKDAYS.indexOf(name.slice(0, 3)) + 1 : 0;
  const from = index(first);
  if (from === 0) return undefined;
  if (second === undefined) return [from];
  const to = index(second);
  if (to === 0) return undefined;
  const count = ((to - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, n) => ((from - 1 + n) % 7) + 1);
}

function isDate(word: string): boolean {
  if (!DATE.test(word)) return false;
  try {
    return Temporal.PlainDate.from(word).toString() === word;
  } catch {
    return false;
  }
}

function timesOf(
  [, h1, m1 = "0", h2, m2 = "0"]: RegExpExecArray,
  word: string,
  field: string,
): [number, number] {
  const from = Number(h1) * 60 + Number(m1);
  const to = Number(h2) * 60 + Number(m2);
  if (Number(m1) > 59 || Number(m2) > 59 || to > 1440) throw wrong(field, word);
  if (from < to) return [from, to];
  const hint = "Split what goes over midnight: mon 22:00-24:00, tue 00:00-02:00.";
  throw new DomainError("invalid", `${field}: ${word} ends before it starts.`, hint);
}

function rulesOf(
  on: { days: number[]; dates: string[] },
  [from, to]: [number, number],
  word: string,
  field: string,
): Rule[] {
  const rules: Rule[] = on.dates.map((date) => ({ date, from, to }));
  if (on.days.length > 0) rules.push({ days: [...new Set(on.days)].sort(), from, to });
  if (rules.length > 0) return rules;
  throw new DomainError("invalid", `${field}: on which days is ${word}?`, `Such as: mon-fri ${word}.`);
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const wrong = (field: string, word: string): DomainError =>
  new DomainError(
    "invalid",
    `${field}: ${JSON.stringify(word)} is not understood.`,
    "Such as: mon-thu 09:00-17:30, fri 09:00-15:00. A date and a time zone may stand among them.",
  );
