import { Temporal } from "temporal-polyfill";
import { DAY } from "../domain/days.ts";
import { WINDOWS_ZONES } from "./windows-zones.ts";

const HOUR = DAY / 24;
// Local time on earth is at most 12 hours behind UTC and at most 14 hours ahead.
const MOST_AHEAD = 14 * HOUR;
const MOST_BEHIND = 12 * HOUR;

/** A clock on a wall somewhere. Wall times are epoch milliseconds of a clock in UTC that shows the same. */
export type Clock = {
  /** Two clocks of the same name show the same. */
  readonly name: string;
  /** The first and the last instant that a time on this clock can mean. They differ where nobody knows its zone. */
  earliest(wall: number): number;
  latest(wall: number): number;
  /** What it shows at an instant. Absent where nobody knows its zone. */
  readonly wallAt?: (instant: number) => number;
};

/** Whether it is known which instant a time on this clock means. */
export const isKnown = (clock: Clock): boolean => clock.wallAt !== undefined;

/**
 * A clock by how far it is ahead of UTC at each instant. A time that a change skips is read by the offset before it, and
 * a time that happens twice is the first of both (RFC 5545, 3.3.5).
 */
export function clockBy(name: string, aheadAt: (instant: number) => number): Clock {
  const instantOf = (wall: number): number => {
    const before = aheadAt(wall - DAY);
    const after = aheadAt(wall + DAY);
    if (before === after) return wall - before;
    if (aheadAt(wall - before) === before) return wall - before;
    return aheadAt(wall - after) === after ? wall - after : wall - before;
  };
  return { name, earliest: instantOf, latest: instantOf, wallAt: (instant) => instant + aheadAt(instant) };
}

export const UTC: Clock = clockBy("UTC", () => 0);

/** A clock of which nothing is known but that it is on earth. */
export const unknownClock = (name: string): Clock => ({
  name: `? ${name}`,
  earliest: (wall) => wall - MOST_AHEAD,
  latest: (wall) => wall + MOST_BEHIND,
});

/** A clock of which two things are said. Where they differ, a time on it can mean either. */
export const eitherClock = (one: Clock, other: Clock): Clock => ({
  ...one,
  earliest: (wall) => Math.min(one.earliest(wall), other.earliest(wall)),
  latest: (wall) => Math.max(one.latest(wall), other.latest(wall)),
});

/** How far apart the changes of an IANA zone are looked for. Between two of these, its offset is asked for only once. */
const STEP = DAY;

const ianaClocks = new Map<string, Clock>();

/** The clock of an IANA zone. Each is made once, because it remembers its changes. */
export function ianaClock(zone: string): Clock {
  const name = zone.toLowerCase();
  const clock = ianaClocks.get(name) ?? makeIanaClock(name, zone);
  ianaClocks.set(name, clock);
  return clock;
}

function makeIanaClock(name: string, zone: string): Clock {
  const exact = (instant: number): number =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
  const atSteps = new Map<number, number>();
  const atStep = (step: number): number => {
    let ahead = atSteps.get(step);
    if (ahead === undefined) {
      ahead = exact(step * STEP);
      atSteps.set(step, ahead);
    }
    return ahead;
  };
  return clockBy(name, (instant) => {
    const step = Math.floor(instant / STEP);
    const ahead = atStep(step);
    return ahead === atStep(step + 1) ? ahead : exact(instant);
  });
}

function isZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Temporal.ZonedDateTime(0n, name) !== undefined;
  } catch {
    return false;
  }
}

/**
 * The IANA name that is a zone's name or stands at its end, as in `/freeassociation.sourceforge.net/Asia/Tokyo`. A name of
 * one part, such as EST, counts only as the whole name or behind a slash that begins it (RFC 5545, 3.2.19).
 */
export function ianaOf(name: string): string | undefined {
  const isGlobal = /^(?:\/|tzone:\/\/)/i.test(name);
  // An IANA name has at most three parts.
  const parts = name.split("/").slice(-3);
  const ends = parts.map((_, from) => parts.slice(from).join("/"));
  return ends.find((end) => (end.includes("/") || end === name || isGlobal) && isZone(end));
}

const windowsZones = new Map(
  Object.entries(WINDOWS_ZONES).map(([windows, iana]) => [windows.toLowerCase(), iana]),
);

/** The IANA name for a zone's name of Windows (Unicode CLDR). */
export const ianaOfWindows = (name: string): string | undefined => windowsZones.get(name.toLowerCase());
