/**
 * An expansion of calendars that shares nothing with the one it checks: it steps through days one by one, asks Intl what a
 * clock shows, and looks up the instants at which it shows a time.
 */

export type NaiveRule = {
  readonly freq: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
  readonly interval: number;
  /** Weekdays from 0 for Sunday, with an ordinal in the month where it is not 0. */
  readonly weekdays: readonly { readonly day: number; readonly nth: number }[];
  readonly monthDays: readonly number[];
  readonly months: readonly number[];
  readonly position: number;
  readonly weekStart: number;
  readonly count: number;
  /** The last day on the clock of the series, as days since 1970; -1 for none. */
  readonly untilDay: number;
};

export type NaiveEvent = {
  /** A zone, or null for whole days. */
  readonly zone: string | null;
  /** Days since 1970, and the minute of the day. */
  readonly day: number;
  readonly minute: number;
  readonly minutes: number;
  /** Whether the file gives its end, and not its length. */
  readonly hasEnd: boolean;
  readonly rule: NaiveRule | null;
  readonly leftOut: readonly number[];
  readonly moved: readonly { readonly day: number; readonly toDay: number; readonly toMinute: number }[];
};

export type Span = readonly [start: number, end: number];

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

type Segment = { readonly from: number; readonly to: number; readonly ahead: number };
const segmentsOf = new Map<string, readonly Segment[]>();

/** The parts of three years in which a zone is equally far ahead of UTC, found by halving. */
function segments(zone: string): readonly Segment[] {
  const known = segmentsOf.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric" },
  });
  const aheadAt = (instant: number): number => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const at = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const shown = Date.UTC(at("year"), at("month") - 1, at("day"), at("hour"), at("minute"));
    return shown - Math.floor(instant / MINUTE) * MINUTE;
  };
  const found: Segment[] = [];
  let from = Date.UTC(2025, 0, 1);
  const end = Date.UTC(2028, 0, 1);
  for (let at = from; at < end; at += DAY) {
    if (aheadAt(at) === aheadAt(at + DAY)) continue;
    let [low, high] = [at, at + DAY];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (aheadAt(middle) === aheadAt(at)) low = middle;
      else high = middle;
    }
    found.push({ from, to: high, ahead: aheadAt(at) });
    from = high;
  }
  found.push({ from, to: end, ahead: aheadAt(from) });
  segmentsOf.set(zone, found);
  return found;
}

/** The first instant at which a clock shows a time; in a gap, where it would be if the clock had not changed yet. */
function instantOf(zone: string, wall: number): number {
  const all = segments(zone);
  const shows = all.find(({ from, to, ahead }) => from <= wall - ahead && wall - ahead < to);
  if (shows) return wall - shows.ahead;
  const before = all.findLast(({ to, ahead }) => to <= wall - ahead);
  return wall - (before?.ahead ?? 0);
}

const dateOf = (day: number): Date => new Date(day * DAY);
const weekdayOf = (day: number): number => dateOf(day).getUTCDay();
const monthDayOf = (day: number): number => dateOf(day).getUTCDate();
const monthOf = (day: number): number => dateOf(day).getUTCMonth();
const monthsOf = (day: number): number => dateOf(day).getUTCFullYear() * 12 + monthOf(day);
const lastOfMonth = (day: number): number =>
  new Date(Date.UTC(dateOf(day).getUTCFullYear(), monthOf(day) + 1, 0)).getUTCDate();

/** Which turn of its rule a day is in. */
function turnOf(day: number, { freq, weekStart }: NaiveRule): number {
  if (freq === "DAILY") return day;
  if (freq === "MONTHLY") return monthsOf(day);
  if (freq === "YEARLY") return dateOf(day).getUTCFullYear();
  let first = day;
  while (weekdayOf(first) !== weekStart) first -= 1;
  return Math.round(first / 7);
}

function matches(day: number, first: number, rule: NaiveRule): boolean {
  const { freq, weekdays, monthDays, months } = rule;
  if (months.length > 0 && !months.includes(monthOf(day) + 1)) return false;
  if ((turnOf(day, rule) - turnOf(first, rule)) % rule.interval !== 0) return false;
  const [date, last] = [monthDayOf(day), lastOfMonth(day)];
  if (monthDays.length > 0 && !monthDays.some((n) => (n > 0 ? n : last + 1 + n) === date)) return false;
  const fits = ({ day: weekday, nth }: { day: number; nth: number }) =>
    weekday === weekdayOf(day) &&
    (nth === 0 || (nth > 0 ? Math.ceil(date / 7) : -Math.ceil((last + 1 - date) / 7)) === nth);
  if (weekdays.length > 0 && !weekdays.some(fits)) return false;
  if (weekdays.length > 0 || monthDays.length > 0) return true;
  // Without a word on the day it is that of the first time.
  if (freq === "WEEKLY") return weekdayOf(day) === weekdayOf(first);
  if (freq === "MONTHLY") return date === monthDayOf(first);
  if (freq === "YEARLY")
    return date === monthDayOf(first) && (months.length > 0 || monthOf(day) === monthOf(first));
  return true;
}

/** The days on which an event takes place until another, from its first on. */
function daysOf({ day: first, rule }: NaiveEvent, until: number): number[] {
  if (rule === null) return [first];
  const days: number[] = [];
  let turn: number[] = [];
  // From the start of the first turn, because a position counts in a whole turn.
  let at = first;
  while (turnOf(at - 1, rule) === turnOf(first, rule)) at -= 1;
  // To the end of the turn that the window ends in.
  const last = rule.untilDay >= 0 ? Math.min(until, rule.untilDay) : until;
  for (; at <= last + 31 && (rule.count === 0 || days.length < rule.count + 31); at += 1) {
    if (matches(at, first, rule)) turn.push(at);
    if (turnOf(at + 1, rule) === turnOf(at, rule)) continue;
    const { position } = rule;
    const chosen = position === 0 ? turn : turn.slice(position > 0 ? position - 1 : position).slice(0, 1);
    const isThere = position >= 0 || turn.length >= -position;
    days.push(...(isThere ? chosen : []));
    turn = [];
  }
  if (rule.position === 0) days.push(...turn);
  const made = days.filter((day) => day >= first);
  const counted = rule.count > 0 ? made.slice(0, rule.count) : made;
  const ended = rule.untilDay >= 0 ? counted.filter((day) => day <= rule.untilDay) : counted;
  return [...new Set([first, ...ended])];
}

/** The times that events take inside a window, merged. `owner` is the zone of whole days. */
export function naiveBusy(events: readonly NaiveEvent[], window: Span, owner: string): Span[] {
  const spans: Span[] = [];
  for (const event of events) {
    const zone = event.zone ?? owner;
    const add = (day: number, minute: number) => {
      const wall = day * DAY + minute * MINUTE;
      const start = instantOf(zone, wall);
      if (event.zone === null) return spans.push([start, instantOf(zone, wall + event.minutes * MINUTE)]);
      const first = event.day * DAY + event.minute * MINUTE;
      const length = instantOf(zone, first + event.minutes * MINUTE) - instantOf(zone, first);
      const ends = [instantOf(zone, wall + event.minutes * MINUTE), start + length];
      return spans.push([start, event.hasEnd ? Math.max(...ends) : start + event.minutes * MINUTE]);
    };
    for (const day of daysOf(event, Math.ceil(window[1] / DAY)))
      if (!event.leftOut.includes(day) && !event.moved.some((m) => m.day === day)) add(day, event.minute);
    for (const { toDay, toMinute } of event.moved) {
      const start = instantOf(zone, toDay * DAY + toMinute * MINUTE);
      spans.push([start, start + 45 * MINUTE]);
    }
  }
  return mergedWithin(spans, window);
}

/** Spans cut to a window, sorted and merged. */
export function mergedWithin(spans: readonly Span[], [from, to]: Span): Span[] {
  const merged: [number, number][] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const [first, last] = [Math.max(start, from), Math.min(end, to)];
    if (last <= first) continue;
    const latest = merged.at(-1);
    if (latest && first <= latest[1]) latest[1] = Math.max(latest[1], last);
    else merged.push([first, last]);
  }
  return merged;
}
