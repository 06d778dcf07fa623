import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import type { Interval } from "../domain/scheduling/interval.ts";

/** Time that a calendar shows as taken. `uid` is kept only of what may be an interview of ours. */
export type Busy = Interval & { readonly uid?: string };

export type BusyRequest = {
  readonly text: string;
  readonly window: Interval;
  /** The owner's zone: for whole days, and for times that name no zone. */
  readonly zone: string;
  /** The owner: what they declined does not take their time. */
  readonly email: string;
};

/** What a calendar holds that matters here, and how many of its entries could not be made out. */
export type BusyTimes = { readonly busy: readonly Busy[]; readonly unreadable: number };

/** Why a calendar was given up: a word of our own. */
export class NoCalendar extends Error {}

const MOST_ENTRIES = 20_000;
/** Repetitions that are followed in one calendar, those before the window included: one a day for fifty years has 18,000. */
const MOST_REPEATS = 200_000;
const DAY_SECONDS = 86_400;
const OURS = /^interview-[0-9a-f-]{36}@greenflag$/;

/**
 * Times at which the owner of an iCalendar file is busy (RFC 5545: events with their recurrences, exceptions and time
 * zones, and VFREEBUSY). What is cancelled, marked as free or declined by them takes no time.
 * @throws NoCalendar `broken`, `entries` or `repeats`
 */
export function busyTimes({ text, window, zone, email }: BusyRequest): BusyTimes {
  const calendars = parse(text);
  const busy: Busy[] = [];
  let unreadable = 0;
  let left = MOST_REPEATS;
  const owner = `mailto:${email}`.toLowerCase();
  const add = (start: number, end: number, uid: string) => {
    if (end <= start || end <= window.start || start >= window.end) return;
    busy.push({ start, end, ...(OURS.test(uid) ? { uid } : {}) });
  };
  for (const calendar of calendars) {
    const events = calendar.getAllSubcomponents("vevent");
    if (events.length > MOST_ENTRIES) throw new NoCalendar("entries");
    const exceptions = new Map<string, ICAL.Component[]>();
    const series = new Set<string>();
    for (const event of events) {
      const uid = uidOf(event);
      if (event.hasProperty("recurrence-id")) exceptions.set(uid, [...(exceptions.get(uid) ?? []), event]);
      else series.add(uid);
    }
    for (const component of events) {
      const uid = uidOf(component);
      const moved = component.hasProperty("recurrence-id");
      // An exception whose series is not in the file stands for itself.
      if (moved && series.has(uid)) continue;
      try {
        const event = new ICAL.Event(component, { exceptions: moved ? [] : (exceptions.get(uid) ?? []) });
        for (const [start, end, item] of occurrences(event, window, zone, () => (left -= 1))) {
          if (takesTime(item.component, owner)) add(start, end, uid);
        }
      } catch (error) {
        if (error instanceof NoCalendar) throw error;
        unreadable += 1;
      }
    }
    for (const [start, end] of freeBusy(calendar)) add(start, end, "");
  }
  return { busy: busy.sort((a, b) => a.start - b.start), unreadable };
}

const uidOf = (component: ICAL.Component): string => String(component.getFirstPropertyValue("uid") ?? "");

function parse(text: string): ICAL.Component[] {
  try {
    const parsed = ICAL.parse(text) as unknown[];
    const all = (typeof parsed[0] === "string" ? [parsed] : parsed) as ConstructorParameters<
      typeof ICAL.Component
    >[0][];
    const calendars = all.map((one) => new ICAL.Component(one));
    if (calendars.length > 0 && calendars.every((c) => c.name === "vcalendar")) return calendars;
  } catch {
    // told below, in our words
  }
  throw new NoCalendar("broken");
}

type Occurrence = [start: number, end: number, item: ICAL.Event];

/** Occurrences that may touch the window. `spend` counts down what is left of the bound on repetitions. */
function* occurrences(
  event: ICAL.Event,
  window: Interval,
  zone: string,
  spend: () => number,
): Generator<Occurrence> {
  if (!event.isRecurring()) {
    yield [toMs(event.startDate, zone), toMs(event.endDate, zone), event];
    return;
  }
  const steps = event.iterator();
  for (let next = steps.next(); next; next = steps.next()) {
    if (spend() < 0) throw new NoCalendar("repeats");
    // An occurrence is followed to the window's end by where it stood in the series, wherever it was moved to.
    const soon = toMs(next, zone);
    const { startDate, endDate, item } = event.getOccurrenceDetails(next);
    yield [toMs(startDate, zone), toMs(endDate, zone), item];
    if (soon >= window.end + DAY_SECONDS * 1000) return;
  }
}

/** A calendar's time as an instant. A zone with an IANA name is read by it, others as the file defines them. */
function toMs(time: ICAL.Time, zone: string): number {
  const tzid = time.zone?.tzid ?? "floating";
  if (tzid === "UTC" || tzid === "Z") return time.toUnixTime() * 1000;
  const named = isIana(tzid) ? tzid : undefined;
  if (named === undefined && tzid !== "floating" && time.zone?.component) return time.toUnixTime() * 1000;
  const { year, month, day, hour, minute, second, isDate } = time;
  const clock = isDate ? {} : { hour, minute, second: Math.min(second, 59) };
  const wall = Temporal.PlainDateTime.from({ year, month, day, ...clock });
  return wall.toZonedDateTime(named ?? zone).epochMilliseconds;
}

const known = new Map<string, boolean>();
function isIana(tzid: string): boolean {
  let is = known.get(tzid);
  if (is === undefined) {
    try {
      is = /^[A-Za-z]+\//.test(tzid) && new Temporal.ZonedDateTime(0n, tzid) !== undefined;
    } catch {
      is = false;
    }
    known.set(tzid, is);
  }
  return is;
}

function takesTime(event: ICAL.Component, owner: string): boolean {
  const is = (name: string, value: string) =>
    String(event.getFirstPropertyValue(name) ?? "").toUpperCase() === value;
  if (is("status", "CANCELLED") || is("transp", "TRANSPARENT")) return false;
  if (is("x-microsoft-cdo-busystatus", "FREE")) return false;
  const me = event
    .getAllProperties("attendee")
    .find((attendee) => String(attendee.getFirstValue()).toLowerCase() === owner);
  return String(me?.getFirstParameter("partstat") ?? "").toUpperCase() !== "DECLINED";
}

function* freeBusy(calendar: ICAL.Component): Generator<[number, number]> {
  for (const component of calendar.getAllSubcomponents("vfreebusy")) {
    for (const property of component.getAllProperties("freebusy")) {
      if (String(property.getFirstParameter("fbtype") ?? "BUSY").toUpperCase() === "FREE") continue;
      for (const period of property.getValues() as ICAL.Period[])
        yield [period.start.toUnixTime() * 1000, period.getEnd().toUnixTime() * 1000];
    }
  }
}
