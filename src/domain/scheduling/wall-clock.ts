import { Temporal } from "temporal-polyfill";
import { DomainError } from "../errors.ts";

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?([Zz]|[+-]\d{2}(?::?\d{2})?)?(?:\[([A-Za-z0-9_+/-]+)\])?)?$/;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Checks an IANA time zone name and returns it as given. @throws DomainError `invalid` naming `field`. */
export function requireZone(zone: string, field: string): string {
  try {
    if (/^[A-Za-z]/.test(zone)) return new Temporal.ZonedDateTime(0n, zone).timeZoneId;
  } catch {
    // The error is thrown below, in our own words.
  }
  const example = "Use an IANA name, such as Europe/Berlin or America/New_York.";
  throw new DomainError("invalid", `${field}: ${JSON.stringify(zone)} is no time zone.`, example);
}

/** Whether a zone is the clock of a place, where somebody may live, and not a clock of no place, such as UTC. */
export const isPlaceZone = (zone: string): boolean => /^(?!Etc\/)[A-Za-z_]+\/./.test(zone);

/** Whether two names stand for one zone, as `Asia/Calcutta` and `Asia/Kolkata` do. */
export const isSameZone = (one: string, other: string): boolean =>
  new Temporal.ZonedDateTime(0n, one).equals(new Temporal.ZonedDateTime(0n, other));

/** The zone that a moment names in brackets, if any. */
export const zoneNamedIn = (moment: string): string | undefined => MOMENT.exec(moment.trim())?.[4];

type Reading = {
  readonly field: string;
  /** The zone of a time that has neither an offset nor a zone. */
  readonly zone: string | undefined;
  /** Whether a bare date means its start or its end. If absent, a date needs a time. */
  readonly day?: "start" | "end";
};

/**
 * Reads a moment into epoch milliseconds: `2026-12-01T10:00+01:00`, `2026-12-01T10:00[Europe/Berlin]`,
 * `2026-12-01T10:00` in `zone`, or a bare date where `day` is given.
 * @throws DomainError `invalid` for a time that a clock change skips or repeats, and for a text that is no moment.
 */
export function parseMoment(text: string, { field, zone, day }: Reading): number {
  const [, date, time, offset, named] = MOMENT.exec(text.trim()) ?? [];
  if (date === undefined || (time === undefined && day === undefined)) throw noMoment(text, field);
  const clock = named === undefined ? zone : requireZone(named, field);
  try {
    if (offset !== undefined) {
      const instant = Temporal.Instant.from(`${date}T${time}${offset}`).epochMilliseconds;
      if (named !== undefined) requireSameClock(text, field, instant, `${date}T${time}`, named);
      return instant;
    }
    if (clock === undefined) {
      const hint = `Add an offset or a zone: ${date}T${time ?? "10:00"}+01:00 or ${date}T${time ?? "10:00"}[Europe/Berlin].`;
      throw new DomainError("invalid", `${field}: whose clock shows ${text.trim()}?`, hint);
    }
    if (time === undefined) {
      const from = Temporal.PlainDate.from(date).add({ days: day === "end" ? 1 : 0 });
      return from.toZonedDateTime(clock).epochMilliseconds;
    }
    return onClock(Temporal.PlainDateTime.from(`${date}T${time}`), clock, field);
  } catch (error) {
    if (error instanceof RangeError) throw noMoment(text, field);
    throw error;
  }
}

/**
 * A local time as an instant. A time that does not exist or exists twice is refused, because the caller has to name the
 * instant.
 */
function onClock(wall: Temporal.PlainDateTime, zone: string, field: string): number {
  try {
    return wall.toZonedDateTime(zone, { disambiguation: "reject" }).epochMilliseconds;
  } catch {
    const earlier = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
    const later = wall.toZonedDateTime(zone, { disambiguation: "later" });
    const wallText = wall.toString({ smallestUnit: "minute" });
    const withOffset = (z: Temporal.ZonedDateTime) =>
      z.toString({ smallestUnit: "minute", timeZoneName: "never" });
    if (earlier.toPlainDateTime().equals(wall)) {
      throw new DomainError(
        "invalid",
        `${field}: ${wallText} happens twice in ${zone}, where clocks go back that day.`,
        `Say which: ${withOffset(earlier)} is the first, ${withOffset(later)} the second.`,
      );
    }
    throw new DomainError(
      "invalid",
      `${field}: ${wallText} does not exist in ${zone}, where clocks go forward that day.`,
      `Choose a time outside the gap, such as ${withOffset(later)}.`,
    );
  }
}

function requireSameClock(text: string, field: string, instant: number, wall: string, zone: string): void {
  const shown = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  if (shown.toPlainDateTime().equals(Temporal.PlainDateTime.from(wall))) return;
  throw new DomainError(
    "invalid",
    `${field}: ${text.trim()} contradicts itself; ${zone} has another offset then.`,
    "Leave out the offset or the zone.",
  );
}

const noMoment = (text: string, field: string): DomainError =>
  new DomainError(
    "invalid",
    `${field}: ${JSON.stringify(text.slice(0, 60))} is no date and time.`,
    "Write it as 2026-12-01T10:00+01:00 or 2026-12-01T10:00[Europe/Berlin].",
  );

const at = (ms: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);

/** ISO 8601 with the offset of the zone: `2026-12-01T10:00:00+01:00`. */
export const isoIn = (ms: number, zone: string): string =>
  at(ms, zone).toString({ timeZoneName: "never", fractionalSecondDigits: 0 });

/** A time in a form for people: `Tue 2026-12-01 10:00 +01:00`. */
export function localTime(ms: number, zone: string): string {
  const local = at(ms, zone);
  const day = DAYS[local.dayOfWeek - 1];
  return `${day} ${local.toPlainDate()} ${local.toPlainTime().toString({ smallestUnit: "minute" })} ${local.offset}`;
}

/** The first moment of the day that contains a moment, in a zone. */
export const dayStart = (ms: number, zone: string): number => at(ms, zone).startOfDay().epochMilliseconds;

/** So many calendar days later at the same time of day; where a clock change skips that time, the one after it. */
export const daysLater = (ms: number, days: number, zone: string): number =>
  at(ms, zone).add({ days }).epochMilliseconds;

/** Start and end of the calendar week (Monday to Sunday) that contains a moment, in a zone. */
export function weekOf(ms: number, zone: string): { start: number; end: number } {
  const date = at(ms, zone).toPlainDate();
  const monday = date.subtract({ days: date.dayOfWeek - 1 });
  const start = monday.toZonedDateTime(zone).epochMilliseconds;
  return { start, end: monday.add({ days: 7 }).toZonedDateTime(zone).epochMilliseconds };
}
