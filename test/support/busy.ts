import { type BusyTimes, busyTimes } from "../../src/calendar/busy.ts";
import { calendarEvent, calendarFile } from "./feed.ts";

export type Reading = Omit<BusyTimes, "busy"> & { readonly busy: readonly string[] };

type Options = {
  readonly from?: string;
  readonly to?: string;
  readonly zone?: string;
  readonly email?: string;
};

/** What a calendar says, read for December 2026 in Berlin unless told otherwise: `12-08T14:00/12-08T16:00` in UTC. */
export function readText(text: string, options: Options = {}): Reading {
  const {
    from = "2026-11-25",
    to = "2026-12-31",
    zone = "Europe/Berlin",
    email = "ines@example.test",
  } = options;
  const window = { start: Date.parse(`${from}T00:00Z`), end: Date.parse(`${to}T00:00Z`) };
  const { busy, ...rest } = busyTimes({ text, window, zone, email });
  const minute = (t: number) => new Date(t).toISOString().slice(5, 16);
  return { ...rest, busy: busy.map(({ start, end }) => `${minute(start)}/${minute(end)}`) };
}

/** The same of these lines inside one calendar. */
export const readLines = (lines: readonly string[], options: Options = {}): Reading =>
  readText(calendarFile(...lines), options);

/** The busy times of these lines, all of which must have been read for sure. */
export function busyOf(lines: readonly string[], options: Options = {}): readonly string[] {
  const { busy, unreadable, breaksOffAt } = readLines(lines, options);
  if (unreadable > 0 || breaksOffAt !== undefined) throw new Error("some of it could not be read");
  return busy;
}

/** Lines of one event of a series, or of an exception from it. */
export const event = (...lines: string[]): string[] => calendarEvent("series@example.test", ...lines);
