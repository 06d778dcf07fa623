import * as z from "zod";
import type { CellWords } from "../../../domain/transfer/cell-words.ts";

/** In which order the day, month and year of figures stand. */
export const DateOrder = z.enum(["DMY", "MDY", "YMD"]);
export type DateOrder = z.infer<typeof DateOrder>;

/** A day (`2026-03-01`), a time with its offset, or why it is neither. */
export type ReadDate = { readonly moment: string } | { readonly why: string };

const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):?(\d{2})(?::?(\d{2})(\.\d{1,9})?)? ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$/i;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const FIGURES = /^(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4}|\d{2})\.?$/;
const PLAIN_DAY = /^(\d{4})(\d{2})(\d{2})$/;
const EPOCH_MS = /^1\d{12}$/;
const TIME = /[T,]? ?(?:um |at |à )?\b\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d{1,9})?)?.*$/i;
const WEEKDAY = /^(\p{L}+)[.,]{0,2} (?=.*\d)/u;

const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;
/** Two figures of a year up to here are of this century. */
const LAST_SHORT_YEAR = 69;

const WHY = {
  order: "whether the day or the month comes first is not told by any row of the column (--dates DMY or MDY)",
  both: "the column has dates with the day first and dates with the month first",
  impossible: "is no day of the calendar",
  against: "is no day in the order that was given with --dates",
  century: "the year has two figures, and which are they, or of which century",
  year: "the year is not one of an application",
  number: "is a number, and not a date",
  unknown: "is no date that is understood",
} as const;

type Figures = { readonly sign: string; readonly parts: readonly [string, string, string] };

/**
 * Reads the dates of one column. Full stops are day, month, year; with slashes and dashes a row tells it whose day is over
 * twelve, or `order` does.
 */
export function dateReader(
  texts: Iterable<string>,
  words: CellWords,
  order: DateOrder | undefined,
): (text: string) => ReadDate {
  const shown = new Map<string, Set<DateOrder>>();
  for (const text of order === undefined ? texts : []) {
    const figures = figuresOf(withoutTime(text, words));
    const [only, another] = figures === undefined ? [] : possible(figures);
    if (figures === undefined || only === undefined || another !== undefined) continue;
    const orders = shown.get(figures.sign) ?? new Set();
    shown.set(figures.sign, orders.add(only.order));
  }
  return (text) => {
    const plain = plainDate(text);
    if (plain !== undefined) return plain;
    const day = withoutTime(text, words);
    const figures = figuresOf(day);
    if (figures !== undefined) return ofFigures(figures, order, shown.get(figures.sign));
    return yearFirst(day) ?? named(day, words) ?? { why: /^[\d.,]+$/.test(day) ? WHY.number : WHY.unknown };
  };
}

/** What can be read in one way whatever else the column holds. */
function plainDate(text: string): ReadDate | undefined {
  if (EPOCH_MS.test(text)) return { moment: new Date(Number(text)).toISOString() };
  const [, day, hour, minute, second = "00", , zone] = ISO_TIME.exec(text) ?? [];
  if (day === undefined || zone === undefined) return undefined;
  const [year = "", month = "", date = ""] = day.split("-");
  const isDay = onDay(Number(year), Number(month), Number(date));
  if ("why" in isDay) return isDay;
  const offset = /^[+-]/.test(zone) ? zone.replace(/^(.\d\d):?(\d\d)?$/, "$1:$2").replace(/:$/, ":00") : "Z";
  const moment = new Date(`${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(moment.getTime()) ? { why: WHY.impossible } : { moment: moment.toISOString() };
}

/** Without the time of day, and without the name of a weekday before it. */
function withoutTime(text: string, words: CellWords): string {
  const line = text.replace(/\s+/g, " ").trim();
  const [weekday = "", word = ""] = WEEKDAY.exec(line) ?? [];
  const rest = weekday === "" || words.monthOf(word) !== undefined ? line : line.slice(weekday.length);
  return rest.replace(TIME, "").trim();
}

function yearFirst(text: string): ReadDate | undefined {
  const [, year, , month, day] = YEAR_FIRST.exec(text) ?? [];
  if (year !== undefined) return onDay(Number(year), Number(month), Number(day));
  const plain = PLAIN_DAY.exec(text);
  return plain === null ? undefined : onDay(Number(plain[1]), Number(plain[2]), Number(plain[3]));
}

function figuresOf(text: string): Figures | undefined {
  const [, a = "", sign = "", b = "", c = ""] = FIGURES.exec(text) ?? [];
  return a === "" ? undefined : { sign, parts: [a, b, c] };
}

/** The orders in which figures are a day. */
function possible({ sign, parts }: Figures): { order: DateOrder; read: ReadDate }[] {
  if (sign === ".") return [];
  const orders = DateOrder.options.map((order) => ({ order, read: inOrder(parts, order) }));
  return orders.filter(({ read }) => "moment" in read || read.why === WHY.century);
}

function ofFigures(
  figures: Figures,
  order: DateOrder | undefined,
  shown: ReadonlySet<DateOrder> = new Set(),
): ReadDate {
  const { sign, parts } = figures;
  if (sign === ".") return inOrder(parts, "DMY");
  if (order !== undefined && !(order === "YMD" && parts[2].length === 4)) {
    const read = inOrder(parts, order);
    return "why" in read && read.why === WHY.impossible ? { why: WHY.against } : read;
  }
  const readings = possible(figures);
  const [first] = readings;
  if (first === undefined) return inOrder(parts, "DMY");
  const moments = new Set(readings.map(({ read }) => ("moment" in read ? read.moment : read.why)));
  if (moments.size === 1) return first.read;
  if (shown.size > 1) return { why: WHY.both };
  const chosen = readings.find((reading) => shown.has(reading.order));
  return chosen?.read ?? { why: parts[2].length === 2 && shown.size === 0 ? WHY.century : WHY.order };
}

function inOrder([a, b, c]: Figures["parts"], order: DateOrder): ReadDate {
  if (order === "YMD") return c.length === 4 ? { why: WHY.impossible } : onDay(a, Number(b), Number(c));
  return order === "DMY" ? onDay(c, Number(b), Number(a)) : onDay(c, Number(a), Number(b));
}

const ORDINAL = /^(\d{1,4})(?:st|nd|rd|th|er|e|º|ª|°)?$/i;

/** A date with the name of its month, in any of the languages. */
function named(text: string, words: CellWords): ReadDate | undefined {
  const parts = text
    .split(/[\s.,/-]+/)
    .filter((part) => part !== "" && !/^(?:of|de|del|den|the)$/i.test(part));
  const at = parts.findIndex((part) => words.monthOf(part) !== undefined);
  const month = words.monthOf(parts[at] ?? "");
  const figures = parts.filter((_, n) => n !== at).map((part) => ORDINAL.exec(part)?.[1]);
  const [first, second] = figures;
  if (month === undefined || figures.length !== 2 || first === undefined || second === undefined)
    return undefined;
  return first.length === 4 && at === 1
    ? onDay(first, month, Number(second))
    : onDay(second, month, Number(first));
}

const two = (n: number): string => String(n).padStart(2, "0");

function onDay(written: string | number, month: number, day: number): ReadDate {
  const short = typeof written === "string" && written.length <= 2;
  if (short && Number(written) > LAST_SHORT_YEAR) return { why: WHY.century };
  const year = short ? 2000 + Number(written) : Number(written);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (month < 1 || month > 12 || day < 1 || date.getUTCDate() !== day) return { why: WHY.impossible };
  if (year < FIRST_YEAR || year > LAST_YEAR) return { why: WHY.year };
  return { moment: `${year}-${two(month)}-${two(day)}` };
}
