import { describe, expect, it } from "vitest";
import { busyTimes } from "../../src/calendar/busy.ts";
import { parseHours } from "../../src/domain/scheduling/hours.ts";
import { findSlots } from "../../src/domain/scheduling/slots.ts";
import { localTime } from "../../src/domain/scheduling/wall-clock.ts";
import { calendarEvent, calendarFile } from "../support/feed.ts";

const weekdays = "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";
const daily = (uid: string, zone: string, from: string, to: string) =>
  calendarEvent(
    uid,
    `DTSTART;TZID=${zone}:20260901T${from}00`,
    `DTEND;TZID=${zone}:20260901T${to}00`,
    weekdays,
  );

/** Three people with their hours, and calendars whose meetings are on one another's clocks. */
const TEAM = [
  // A meeting that New York calls: it moves in Berlin while only one of both clocks has changed.
  {
    email: "ines@example.test",
    timezone: "Europe/Berlin",
    hours: "mon-fri 09:00-19:00",
    calendar: daily("1", "Eastern Standard Time", "1000", "1030"),
  },
  {
    email: "sam@example.test",
    timezone: "America/New_York",
    hours: "mon-fri 08:00-12:00",
    calendar: daily("2", "/freeassociation.sourceforge.net/Europe/Berlin", "1400", "1430"),
  },
  {
    email: "ravi@example.test",
    timezone: "Asia/Kolkata",
    hours: "mon-fri 12:00-21:00",
    calendar: [
      "X-WR-TIMEZONE:India Standard Time",
      ...calendarEvent("3", "DTSTART:20260901T193000", "DURATION:PT30M", weekdays),
    ],
  },
];

/** When all three are free for half an hour on a day, in UTC. */
function starts(day: string): string[] {
  const window = { start: Date.parse(`${day}T00:00Z`), end: Date.parse(`${day}T23:59Z`) };
  const seats = TEAM.map(({ email, timezone, hours, calendar }) => {
    const { busy, unreadable } = busyTimes({
      text: calendarFile(...calendar),
      window,
      zone: timezone,
      email,
    });
    expect(unreadable).toBe(0);
    const limits = { weeklyLimit: null, bufferMinutes: 0, interviews: [] };
    return [{ email, timezone, hours: parseHours(hours, "hours").hours, busy, ...limits }];
  });
  const candidate = { timezone: null, hours: null, interviews: [] };
  const slots = findSlots({ window, minutes: 30, seats, candidate, zone: "Europe/Berlin" });
  return slots.map(({ start }) => new Date(start).toISOString().slice(11, 16)).sort();
}

/** Quarters of an hour from one to another. */
const quarters = (from: string, to: string): string[] => {
  const at = (text: string) => Date.parse(`2026-01-01T${text}Z`);
  const count = (at(to) - at(from)) / 900_000 + 1;
  return Array.from({ length: count }, (_, n) =>
    new Date(at(from) + n * 900_000).toISOString().slice(11, 16),
  );
};

describe("interviews of three people in Berlin, New York and Bangalore", () => {
  it.each([
    // All in summer: New York from 12:00, its half hour at 14:00; Berlin's at 12:00; Bangalore's at 14:00, home at 15:30.
    ["2026-10-23", [...quarters("12:30", "13:30"), ...quarters("14:30", "15:00")]],
    // Berlin went back on 25 October: its half hour is now at 13:00.
    [
      "2026-10-26",
      [...quarters("12:00", "12:30"), ...quarters("13:30", "13:30"), ...quarters("14:30", "15:00")],
    ],
    // New York went back on 1 November: it begins at 13:00, and its half hour is at 15:00.
    ["2026-11-02", [...quarters("13:30", "13:30"), ...quarters("14:30", "14:30")]],
    // New York went forward on 14 March: as between the changes in autumn.
    ["2027-03-12", [...quarters("13:30", "13:30"), ...quarters("14:30", "14:30")]],
    [
      "2027-03-15",
      [...quarters("12:00", "12:30"), ...quarters("13:30", "13:30"), ...quarters("14:30", "15:00")],
    ],
    // Berlin went forward on 28 March: as in summer.
    ["2027-03-29", [...quarters("12:30", "13:30"), ...quarters("14:30", "15:00")]],
  ])("fall on %s when all are free on their own clocks", (day, expected) =>
    expect(starts(day)).toEqual(expected),
  );

  it("are told to each on their own clock", () => {
    const at = Date.parse("2026-10-26T13:30Z");
    expect(TEAM.map(({ timezone }) => localTime(at, timezone))).toEqual([
      ...["Mon 2026-10-26 14:30 +01:00", "Mon 2026-10-26 09:30 -04:00", "Mon 2026-10-26 19:00 +05:30"],
    ]);
  });
});
