import ICAL from "ical.js";
import { DAY } from "../domain/days.ts";
import type { Interval } from "../domain/scheduling/interval.ts";
import { alignZones, isZone, registerZones, spreadOf, UndefinedZone, wallOf } from "./zones.ts";

/**
 * Time that a calendar shows as taken. `uid` is kept only when it has the form of an interview scheduled by Greenflag.
 */
export type Busy = Interval & { readonly uid?: string };

export type BusyRequest = {
  readonly text: string;
  readonly window: Interval;
  /** The owner's zone. It is used for whole days and for times without a zone. */
  readonly zone: string;
  /** The owner's e-mail. An event that they declined does not take their time. */
  readonly email: string;
};

/** The busy times of a calendar, and the number of its entries that could not be read for sure. */
export type BusyTimes = {
  readonly busy: readonly Busy[];
  readonly unreadable: number;
  /** How many of these entries are in an unknown zone. `busy` holds every hour that they could cover. */
  readonly zoneless: number;
};

/** A calendar that was not read. The message is the reason: `broken`, `entries` or `repeats`. */
export class NoCalendar extends Error {}

const MAX_ENTRIES = 20_000;
/**
 * The most repetitions followed in one calendar, including those before the window. A daily event has 18,000 in fifty
 * years.
 */
const MAX_REPEATS = 200_000;
/** The UIDs of the interviews that Greenflag schedules. */
const OWN_UID = /^interview-[0-9a-f-]{36}@greenflag$/;

/**
 * Times at which the owner of an iCalendar file is busy (RFC 5545: events with their recurrences, exceptions and time
 * zones, and VFREEBUSY). Events that are cancelled, marked as free or declined by the owner take no time.
 * @throws NoCalendar `broken`, `entries` or `repeats`
 */
export function busyTimes({ text, window, zone, email }: BusyRequest): BusyTimes {
  const calendars = parse(text);
  const busy: Busy[] = [];
  let unreadable = 0;
  let zoneless = 0;
  let left = MAX_REPEATS;
  const owner = `mailto:${email}`.toLowerCase();
  const add = (start: number, end: number, uid: string) => {
    if (end <= start || end <= window.start || start >= window.end) return false;
    busy.push({ start, end, ...(OWN_UID.test(uid) ? { uid } : {}) });
    return true;
  };
  for (const calendar of calendars) {
    const events = calendar.getAllSubcomponents("vevent");
    if (events.length > MAX_ENTRIES) throw new NoCalendar("entries");
    const unknownZones = registerZones(calendar);
    const { exceptions, series, inUnknownZone } = groupByUid(events, unknownZones);
    for (const component of events) {
      const uid = uidOf(component);
      const moved = component.hasProperty("recurrence-id");
      // An exception is normally read with its series. It is read by itself when the file lacks the series, or when the
      // series is in an unknown zone, because the occurrence that it replaces may then not be found.
      if (moved && series.has(uid) && !inUnknownZone.has(uid)) continue;
      let guessed = false;
      try {
        const own = moved ? [] : [...(exceptions.get(uid) ?? [])];
        for (const one of [component, ...own]) alignZones(one);
        const event = new ICAL.Event(component, { exceptions: own });
        for (const [start, end, item, sure] of occurrences(event, window, zone, () => (left -= 1))) {
          if (takesTime(item.component, owner) && add(start, end, uid) && !sure) guessed = true;
        }
      } catch (error) {
        if (error instanceof NoCalendar) throw error;
        unreadable += 1;
        continue;
      }
      if (guessed) zoneless += 1;
    }
    for (const [start, end, sure] of freeBusy(calendar)) if (add(start, end, "") && !sure) zoneless += 1;
  }
  return { busy: busy.sort((a, b) => a.start - b.start), unreadable: unreadable + zoneless, zoneless };
}

type EventGroups = {
  readonly exceptions: ReadonlyMap<string, readonly ICAL.Component[]>;
  /** UIDs of the events that are not exceptions. */
  readonly series: ReadonlySet<string>;
  readonly inUnknownZone: ReadonlySet<string>;
};

/** The exceptions of each series, and the series that have a time in an unknown zone, all by UID. */
function groupByUid(events: readonly ICAL.Component[], unknownZones: ReadonlySet<string>): EventGroups {
  const exceptions = new Map<string, ICAL.Component[]>();
  const series = new Set<string>();
  const inUnknownZone = new Set<string>();
  for (const event of events) {
    const uid = uidOf(event);
    if (event.hasProperty("recurrence-id")) exceptions.set(uid, [...(exceptions.get(uid) ?? []), event]);
    else series.add(uid);
    if (unknownZones.size > 0 && START.some((name) => unknownZones.has(zoneNameOf(event, name))))
      inUnknownZone.add(uid);
  }
  return { exceptions, series, inUnknownZone };
}

const START = ["dtstart", "recurrence-id"];
const zoneNameOf = (component: ICAL.Component, property: string): string =>
  String(component.getFirstProperty(property)?.getParameter("tzid"));
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
    // The error is thrown below. The parser's own message may hold text of the calendar.
  }
  throw new NoCalendar("broken");
}

type Occurrence = [start: number, end: number, item: ICAL.Event, sure: boolean];

/** Occurrences that may touch the window. `spend` counts one repetition and returns how many more are allowed. */
function* occurrences(
  event: ICAL.Event,
  window: Interval,
  zone: string,
  spend: () => number,
): Generator<Occurrence> {
  if (!event.isRecurring()) {
    yield occurrence({ startDate: event.startDate, endDate: event.endDate, item: event }, zone);
    return;
  }
  const steps = event.iterator();
  for (let next = steps.next(); next; next = steps.next()) {
    if (spend() < 0) throw new NoCalendar("repeats");
    // A moved occurrence can lie inside the window although its series has passed it, so the series' own time decides
    // when to stop.
    const inSeries = toMs(next, zone);
    yield occurrence(event.getOccurrenceDetails(next), zone);
    if (inSeries >= window.end + DAY) return;
  }
}

type Details = Pick<ReturnType<ICAL.Event["getOccurrenceDetails"]>, "startDate" | "endDate" | "item">;

/** Start and end of an occurrence. With an unknown zone, the longest time that it could cover. */
function occurrence({ startDate, endDate, item }: Details, zone: string): Occurrence {
  const start = toMs(startDate, zone);
  const end = toMs(endDate, zone);
  const first = item.startDate;
  const last = (item.component.getFirstPropertyValue("dtend") ?? first) as ICAL.Time;
  if (first.zone === last.zone || spreadOf(first) + spreadOf(last) === 0) {
    const reach = end <= start ? 0 : spreadOf(endDate);
    return [start, end + reach, item, reach === 0];
  }
  // The parser computes the length of every repetition from the first start and end. In an unknown zone one of these
  // may be a day off.
  const longest = toMs(last, zone) + spreadOf(last) - toMs(first, zone);
  const further = Math.max(0, spreadOf(startDate) - spreadOf(first));
  return [start, start + longest + further, item, false];
}

/**
 * A calendar's time in epoch milliseconds; the earliest one when an unknown zone allows several. A zone with an IANA
 * name is read by that name, any other by its definition in the file.
 */
function toMs(time: ICAL.Time, zone: string): number {
  if (time.zone instanceof UndefinedZone) return time.toUnixTime() * 1000;
  const tzid = time.zone?.tzid ?? "floating";
  if (tzid === "UTC" || tzid === "Z") return time.toUnixTime() * 1000;
  const named = isIana(tzid) ? tzid : undefined;
  if (named === undefined && tzid !== "floating" && time.zone?.component) return time.toUnixTime() * 1000;
  return wallOf(time).toZonedDateTime(named ?? zone).epochMilliseconds;
}

/** Whether a zone name is an IANA name. Cached because a calendar asks thousands of times about few zones. */
const ianaZones = new Map<string, boolean>();
function isIana(tzid: string): boolean {
  let answer = ianaZones.get(tzid);
  if (answer === undefined) {
    answer = /^[A-Za-z]+\//.test(tzid) && isZone(tzid);
    ianaZones.set(tzid, answer);
  }
  return answer;
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

function* freeBusy(calendar: ICAL.Component): Generator<[start: number, end: number, sure: boolean]> {
  for (const component of calendar.getAllSubcomponents("vfreebusy")) {
    for (const property of component.getAllProperties("freebusy")) {
      if (String(property.getFirstParameter("fbtype") ?? "BUSY").toUpperCase() === "FREE") continue;
      for (const period of property.getValues() as ICAL.Period[]) {
        const end = period.getEnd();
        const spread = spreadOf(end);
        yield [period.start.toUnixTime() * 1000, end.toUnixTime() * 1000 + spread, spread === 0];
      }
    }
  }
}
