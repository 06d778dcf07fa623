import { DAY } from "../domain/days.ts";
import type { Property } from "./lines.ts";

export const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * A date or time as a calendar writes it. `wall` is what the clock shows, as epoch milliseconds of a clock in UTC.
 * `zone` is the name of the clock: a zone's name, `UTC`, or none for the clock of whoever reads.
 */
export type Stamp = { readonly wall: number; readonly allDay: boolean; readonly zone?: string };

/** A length in days on the calendar and then milliseconds (RFC 5545, 3.3.6). */
export type Length = { readonly days: number; readonly ms: number };

/** A stamp with an end or a length of its own, as in RDATE and FREEBUSY. */
export type Period = { readonly start: Stamp; readonly end?: Stamp | Length };

const STAMP = /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?)?$/i;
const LENGTH = /^([+-])?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/i;

/** The zone named by a property's parameters, if any. Characters that some programs escape are taken as they are meant. */
export const zoneNameOf = (name: string | undefined): string | undefined =>
  name === undefined || name.trim() === "" ? undefined : name.replaceAll("\\", "").trim();

/** A date or a time. Undefined when it is none, or a day or hour that does not exist. */
export function readStamp(text: string, parameters: Property["parameters"]): Stamp | undefined {
  const [, year, month, day, hour, minute, second, offset] = STAMP.exec(text.trim()) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  // Some programs write a midnight behind what they call a date.
  const isDate = parameters.get("VALUE")?.toUpperCase() === "DATE" && /T000000$/i.test(text.trim());
  if (hour === undefined || isDate) return { wall: date.getTime(), allDay: true };
  // Midnight at the end of a day is written as hour 24 by some, and a leap second as 60.
  const clock = Number(hour) * HOUR + Number(minute) * MINUTE + Math.min(Number(second ?? 0), 59) * SECOND;
  if (clock > DAY || Number(minute) > 59 || Number(second ?? 0) > 60) return undefined;
  const wall = date.getTime() + clock;
  if (offset !== undefined) return { wall: wall - offsetOf(offset), allDay: false, zone: "UTC" };
  const zone = zoneNameOf(parameters.get("TZID"));
  return { wall, allDay: false, ...(zone !== undefined && { zone }) };
}

/** Milliseconds ahead of UTC: `+0530`, `-08:00`, `Z`. Not a number when it is no offset. */
export function offsetOf(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const [, sign, hours, minutes, seconds] = /^([+-])(\d\d):?(\d\d):?(\d\d)?$/.exec(text.trim()) ?? [];
  if (sign === undefined || Number(hours) > 15 || Number(minutes) > 59) return Number.NaN;
  const ms = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds ?? 0) * SECOND;
  return sign === "-" ? -ms : ms;
}

/** A length such as `PT1H30M` or `P1W`. Undefined when it is none. */
export function readLength(text: string): Length | undefined {
  const [whole, sign, weeks, days, hours, minutes, seconds] = LENGTH.exec(text.trim()) ?? [];
  if (whole === undefined || !/\d/.test(whole)) return undefined;
  const turn = sign === "-" ? -1 : 1;
  const ms = Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE + Number(seconds ?? 0) * SECOND;
  return { days: turn * (Number(weeks ?? 0) * 7 + Number(days ?? 0)), ms: turn * ms };
}

/** The times in a property, each with its own end if it is a period. Undefined in place of each that is none. */
export function readPeriods({ value, parameters }: Property): (Period | undefined)[] {
  return value
    .split(",")
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [from = "", to] = part.split("/");
      const start = readStamp(from, parameters);
      if (start === undefined || to === undefined) return start && { start };
      const end = /^\s*[+-]?P/i.test(to) ? readLength(to) : readStamp(to, parameters);
      return end && { start, end };
    });
}
