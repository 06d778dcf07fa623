import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";

// Local time on earth is at most 12 hours behind UTC and at most 14 hours ahead.
const MAX_AHEAD_SECONDS = 14 * 3600;
const SPREAD_MS = 26 * 3600 * 1000;

/**
 * A zone that a calendar uses without defining it. If its name holds an IANA name, times are read by that. Otherwise
 * the zone could be anywhere: times are read as the earliest possible instant, and `spread` is the number of
 * milliseconds from there to the latest possible one.
 */
export class UndefinedZone extends ICAL.Timezone {
  private readonly iana: string | undefined;
  readonly spread: number;

  constructor(tzid: string) {
    super({ tzid });
    this.iana = ianaOf(tzid);
    this.spread = this.iana === undefined ? SPREAD_MS : 0;
  }

  override utcOffset(time: ICAL.Time): number {
    if (this.iana === undefined) return MAX_AHEAD_SECONDS;
    const wall = wallOf(time);
    const instant = wall.toZonedDateTime(this.iana).epochMilliseconds;
    return (wall.toZonedDateTime("UTC").epochMilliseconds - instant) / 1000;
  }
}

/** How many milliseconds lie between the earliest and the latest instant that a time can mean. */
export const spreadOf = ({ zone }: ICAL.Time): number => (zone instanceof UndefinedZone ? zone.spread : 0);

export function wallOf(time: ICAL.Time): Temporal.PlainDateTime {
  const { year, month, day, hour, minute, second, isDate } = time;
  const clock = isDate ? {} : { hour, minute, second: Math.min(second, 59) };
  return Temporal.PlainDateTime.from({ year, month, day, ...clock });
}

export function isZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Temporal.ZonedDateTime(0n, name) !== undefined;
  } catch {
    return false;
  }
}

/**
 * The IANA name at the end of a zone's name, or the whole name, as in `/freeassociation.sourceforge.net/Asia/Tokyo`.
 */
function ianaOf(tzid: string): string | undefined {
  // An IANA name has at most three parts. A name of one part, such as EST, counts only as the whole name or at the end
  // of a globally unique name, which begins with a slash (RFC 5545, 3.2.19).
  const parts = tzid.split("/").slice(-3);
  const names = parts.map((_, from) => parts.slice(from).join("/"));
  return names.find((name) => (name.includes("/") || name === tzid || tzid.startsWith("/")) && isZone(name));
}

type Properties = [name: string, parameters: { tzid?: unknown }, type: string, value: unknown][];
type Parts = [name: string, properties: Properties][];

/**
 * Registers with the parser the zones that a calendar uses without defining them. Without that, the parser would read
 * their times as times without a zone. Returns the names that are not IANA zones either. The parser's register belongs
 * to the thread, and a thread reads only one calendar (busy-worker.ts), so calendars cannot affect each other's zones.
 */
export function registerZones(calendar: ICAL.Component): Set<string> {
  const unknownZones = new Set<string>();
  const parts: Parts = calendar.jCal[2];
  const zones = parts.filter(([name]) => name === "vtimezone");
  const defined = new Set(zones.flatMap(([, own]) => own.filter(([n]) => n === "tzid").map((p) => p[3])));
  const { TimezoneService } = ICAL;
  for (const [, { tzid }] of parts.flatMap(([, properties]) => properties)) {
    if (tzid === undefined || tzid === "" || defined.has(tzid)) continue;
    const name = String(tzid);
    if (!TimezoneService.has(name)) TimezoneService.register(new UndefinedZone(name));
    const zone = TimezoneService.get(name);
    if (zone instanceof UndefinedZone && zone.spread > 0) unknownZones.add(name);
  }
  return unknownZones;
}

/**
 * Gives ends and exceptions without a zone the zone of the event's start, where the calendar does not define that zone.
 */
export function alignZones(event: ICAL.Component): void {
  const zone = (event.getFirstPropertyValue("dtstart") as ICAL.Time | null)?.zone;
  if (!(zone instanceof UndefinedZone)) return;
  const all = (name: string) => event.getAllProperties(name).flatMap((property) => property.getValues());
  const untils = all("rrule").map(({ until }: ICAL.Recur) => until);
  // Whole-day exceptions stay as they are, because they are compared by date and not by time.
  const times = [...all("dtend"), ...all("exdate"), ...all("rdate")].filter((time) => !time.isDate);
  for (const time of [...untils, ...times]) if (time?.zone === ICAL.Timezone.localTimezone) time.zone = zone;
}
