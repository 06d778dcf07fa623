import { dayOf } from "../domain/days.ts";
import type { UnreadEntry } from "../domain/scheduling/conflict.ts";
import type { Interval } from "../domain/scheduling/interval.ts";
import { type Clocks, createClocks } from "./clocks.ts";
import { type CalendarEvent, type DatedEvent, latestRevisions, readEvent } from "./event.ts";
import { allOf, type Component, firstOf, parseText, within } from "./lines.ts";
import { type Exception, type Expansion, spansOf } from "./series.ts";
import { firstInstance, type Span, spanOf } from "./span.ts";
import { readPeriods } from "./values.ts";

/**
 * Time that a calendar shows as taken. `uid` is kept only when it has the form of an interview scheduled by Greenflag.
 */
export type Busy = Interval & { readonly uid?: string };

export type BusyRequest = {
  readonly text: string;
  readonly window: Interval;
  /** The owner's zone. It is used for whole days, and for times without a zone in a calendar without one. */
  readonly zone: string;
  /** The owner's e-mail. An event that they declined does not take their time. */
  readonly email: string;
};

/** The busy times of a calendar, and what of it could not be read for sure. */
export type BusyTimes = {
  readonly busy: readonly Busy[];
  /** How many entries could not be read for sure. */
  readonly unreadable: number;
  /** How many of these entries are in an unknown zone. `busy` holds every hour that they could cover. */
  readonly zoneless: number;
  /** The first of these entries. */
  readonly entries: readonly UnreadEntry[];
  /** The last line of a calendar that ends in its middle. What would follow is not known. */
  readonly breaksOffAt?: number;
};

/** A calendar that was not read. The message is the reason: `broken`, `entries` or `repeats`. */
export class NoCalendar extends Error {}

const MAX_ENTRIES = 20_000;
/** The most repetitions near the window that are followed in one calendar. */
const MAX_REPEATS = 200_000;
const MAX_ENTRIES_NAMED = 5;
/** The UIDs of the interviews that Greenflag schedules. */
const OWN_UID = /^interview-[0-9a-f-]{36}@greenflag$/;

/**
 * Times at which the owner of an iCalendar file is busy (RFC 5545: events with their recurrences, exceptions and time
 * zones, and VFREEBUSY). What cannot be read is left out and counted. Where it is known when that could take place, all
 * those hours are busy.
 * @throws NoCalendar `broken`, `entries` or `repeats`
 */
export function busyTimes({ text, window, zone, email }: BusyRequest): BusyTimes {
  const { calendars, strayLines, brokenOffAt } = parseText(text);
  const isEmpty = calendars.every(({ components }) => components.length === 0);
  if (calendars.length === 0 || (isEmpty && brokenOffAt !== undefined)) throw new NoCalendar("broken");
  const clocksOf = createClocks(calendars, window, zone);
  const events: CalendarEvent[] = [];
  const record = createRecord(window);
  for (const line of strayLines) record.entry(line).lacks();
  for (const calendar of calendars) {
    const clocks = clocksOf(calendar);
    const owner = ownersOf(calendar, email);
    for (const component of within(calendar, "VEVENT")) {
      if (events.length >= MAX_ENTRIES) throw new NoCalendar("entries");
      events.push(readEvent(component, clocks, owner));
    }
    for (const component of within(calendar, "VFREEBUSY")) readFreeBusy(component, clocks, record);
  }
  let repeats = 0;
  const spend = () => {
    repeats += 1;
    if (repeats > MAX_REPEATS) throw new NoCalendar("repeats");
  };
  const latest = latestRevisions(events);
  const exceptions = exceptionsByUid(latest);
  for (const event of latest) {
    const entry = record.entry(event.line);
    if (event.takes && (event.flaws.hours || !isDated(event))) entry.lacks();
    if (!isDated(event)) continue;
    const others = exceptions.get(event.uid) ?? [];
    for (const span of timesOf(event, others, { window, spend })) {
      const unclear = span.unclear ?? (event.flaws.exceptions ? "closed" : undefined);
      entry.takes({ ...span, ...(unclear && { unclear }) }, event.uid);
    }
  }
  return { ...record.result(), ...(brokenOffAt !== undefined && { breaksOffAt: brokenOffAt }) };
}

/** The times that an event takes. An exception takes one time, unless it begins a new series in place of the rest. */
function timesOf(event: DatedEvent, others: readonly Exception[], expansion: Expansion): Iterable<Span> {
  if (event.replaces === undefined) return spansOf(event, others, expansion);
  if (!event.replacesLater || event.rules.length === 0)
    return event.takes ? [spanOf(event, firstInstance(event))] : [];
  const single = others.filter(({ replacesLater }) => !replacesLater);
  return spansOf(event, single, expansion);
}

const isDated = (event: CalendarEvent): event is DatedEvent => event.start !== undefined;

/** The addresses by which the owner is invited. Google names a person's calendar by their address. */
function ownersOf(calendar: Component, email: string): ReadonlySet<string> {
  const name = firstOf(calendar, "X-WR-CALNAME")?.value ?? "";
  return new Set([email, ...(name.includes("@") ? [name] : [])].map((address) => address.toLowerCase()));
}

/** The exceptions from each series, by UID. One that is cancelled needs no time of its own. */
function exceptionsByUid(events: readonly CalendarEvent[]): ReadonlyMap<string, readonly Exception[]> {
  const exceptions = new Map<string, Exception[]>();
  for (const event of events) {
    const { replaces, uid } = event;
    const start = event.start ?? (event.takes ? undefined : replaces);
    if (replaces === undefined || start === undefined || uid === "") continue;
    exceptions.set(uid, [...(exceptions.get(uid) ?? []), { ...event, start, replaces }]);
  }
  return exceptions;
}

function readFreeBusy(component: Component, clocks: Clocks, record: BusyRecord): void {
  for (const property of allOf(component, "FREEBUSY")) {
    if (property.parameters.get("FBTYPE")?.toUpperCase() === "FREE") continue;
    const entry = record.entry(property.line);
    for (const period of readPeriods(property)) {
      if (!period?.end) entry.lacks();
      else {
        const event = { ...period, clocks, flaws: { end: false } };
        entry.takes(spanOf(event, firstInstance(event)), "");
      }
    }
  }
}

type BusyRecord = ReturnType<typeof createRecord>;

/** Collects busy times inside the window, and the entries that are not sure. */
function createRecord(window: Interval) {
  const busy: Busy[] = [];
  const unread = new Map<number, UnreadEntry & { readonly isZoneless?: boolean }>();
  return {
    entry: (line: number) => ({
      takes({ start, end, wall, unclear }: Span, uid: string) {
        if (end <= start || end <= window.start || start >= window.end) return;
        busy.push({ start, end, ...(OWN_UID.test(uid) ? { uid } : {}) });
        if (unclear === undefined || unread.has(line)) return;
        unread.set(line, { line, day: dayOf(new Date(wall)), closed: true, isZoneless: unclear === "zone" });
      },
      /** Notes that the entry may take hours that are not known. */
      lacks: () => void unread.set(line, { line, day: null, closed: false }),
    }),
    result(): BusyTimes {
      // Those whose hours are not known come first, because only some are named.
      const all = [...unread.values()].sort((a, b) => Number(a.closed) - Number(b.closed) || a.line - b.line);
      return {
        busy: busy.sort((a, b) => a.start - b.start),
        unreadable: all.length,
        zoneless: all.filter(({ isZoneless }) => isZoneless).length,
        entries: all.slice(0, MAX_ENTRIES_NAMED).map(({ line, day, closed }) => ({ line, day, closed })),
      };
    },
  };
}
