import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";

// Clocks on earth show from 12 hours less than UTC to 14 hours more.
const MAX_AHEAD_SECONDS = 14 * 3600;
const SPREAD_MS = 26 * 3600 * 1000;

/**
 * A zone that a calendar names and does not define. With an IANA name it is read by that. Any other could be
 * anywhere: its times are read at the earliest instant that they could mean, and `spread` says how many
 * milliseconds later the latest is.
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

/** How many milliseconds after the instant that it is read as a time may still mean. */
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

/** The IANA name that a zone's name is or ends in, as in `/freeassociation.sourceforge.net/Asia/Tokyo`. */
function ianaOf(tzid: string): string | undefined {
  // An IANA name has at most three parts. One of a single part, such as EST, counts only where it is the whole name, or
  // ends a globally unique one, which begins with a slash (RFC 5545, 3.2.19).
  const parts = tzid.split("/").slice(-3);
  const names = parts.map((_, from) => parts.slice(from).join("/"));
  return names.find((name) => (name.includes("/") || name === tzid || tzid.startsWith("/")) && isZone(name));
}

type Properties = [name: string, parameters: { tzid?: unknown }, type: string, value: unknown][];
type Parts = [name: string, properties: Properties][];

/**
 * Registers the zones that a calendar names and does not define with the parser, which reads times in a zone that it does
 * not know as if they named none. Gives the names of those that are no IANA zone either. The parser's register belongs to
 * the whole thread: a thread reads one calendar and ends (busy-worker.ts), so no calendar meets another's zones.
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

/** Reads ends and exceptions without a zone, in an event whose zone the calendar does not define, in the zone of its start. */
export function alignZones(event: ICAL.Component): void {
  const zone = (event.getFirstPropertyValue("dtstart") as ICAL.Time | null)?.zone;
  if (!(zone instanceof UndefinedZone)) return;
  const all = (name: string) => event.getAllProperties(name).flatMap((property) => property.getValues());
  const untils = all("rrule").map(({ until }: ICAL.Recur) => until);
  // An exception that is a whole day is compared with the day of an occurrence, on whatever clock.
  const times = [...all("dtend"), ...all("exdate"), ...all("rdate")].filter((time) => !time.isDate);
  for (const time of [...untils, ...times]) if (time?.zone === ICAL.Timezone.localTimezone) time.zone = zone;
}
