import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { busyTimes } from "../../src/calendar/busy.ts";
import { calendarEvent, calendarFile } from "../support/feed.ts";
import { mergedWithin, type NaiveEvent, type NaiveRule, naiveBusy } from "../support/naive-calendar.ts";

const RUNS = process.env.GREENFLAG_LONG_TESTS === "1" ? 60_000 : 1_200;
const DAY = 86_400_000;
const NAMES = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
/** Zones whose clocks change on different days, by an hour and by half of one, or never. */
const ZONES = [
  ...["Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "UTC"],
  ...["Australia/Lord_Howe", "Pacific/Auckland", "America/St_Johns", "Asia/Kathmandu", "Africa/Cairo"],
  ...["America/Santiago", "Pacific/Chatham", "Africa/Casablanca"],
];
/** Around both changes of the clock in 2026, north and south. */
const FIRST_DAY = Date.UTC(2026, 1, 20) / DAY;
const LAST_DAY = Date.UTC(2026, 10, 20) / DAY;

const weekday = fc.record({ day: fc.nat(6), nth: fc.constant(0) });
const ordinalWeekday = fc.record({ day: fc.nat(6), nth: fc.constantFrom(1, 2, 3, 4, 5, -1, -2) });
const list = <T>(arb: fc.Arbitrary<T>, most: number) => fc.array(arb, { maxLength: most });
const monthDay = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -31, max: -1 }));

const rule = fc
  .record({
    freq: fc.constantFrom("DAILY" as const, "WEEKLY" as const, "MONTHLY" as const, "YEARLY" as const),
    interval: fc.constantFrom(1, 1, 2, 3, 5),
    plain: list(weekday, 3),
    ordinal: list(ordinalWeekday, 2),
    monthDays: list(monthDay, 3),
    months: list(fc.integer({ min: 1, max: 12 }), 3),
    position: fc.constantFrom(0, 0, 1, -1, 2),
    weekStart: fc.constantFrom(1, 1, 0, 6),
    count: fc.constantFrom(0, 0, 1, 3, 10, 40),
    until: fc.oneof(fc.constant(-1), fc.integer({ min: FIRST_DAY, max: LAST_DAY })),
  })
  .map(({ freq, plain, ordinal, until, ...rest }): NaiveRule => {
    const isMonthly = freq === "MONTHLY";
    const weekdays = isMonthly && ordinal.length > 0 ? ordinal : plain;
    const monthDays = freq === "WEEKLY" ? [] : rest.monthDays;
    // In a year without months, positions and weekdays are of the year: those are left to the library's own tests.
    const months = freq === "YEARLY" && rest.months.length === 0 ? [3, 10, 11] : rest.months;
    const isChosen = isMonthly && weekdays.length + monthDays.length > 0;
    const untilDay = rest.count > 0 ? -1 : until;
    return { ...rest, freq, weekdays, monthDays, months, untilDay, position: isChosen ? rest.position : 0 };
  });

const event = fc
  .record({
    zone: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...ZONES) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    day: fc.integer({ min: FIRST_DAY - 100, max: LAST_DAY }),
    minute: fc.constantFrom(0, 30, 90, 120, 150, 165, 180, 540, 615, 1020, 1380),
    minutes: fc.constantFrom(15, 30, 60, 90, 540, 600, 1440, 2880),
    hasEnd: fc.boolean(),
    rule: fc.option(rule, { freq: 6 }),
    leftOut: list(fc.nat(60), 3),
    moved: list(
      fc.record({ day: fc.nat(60), toDay: fc.nat(300), toMinute: fc.constantFrom(0, 150, 600) }),
      2,
    ),
  })
  .map(({ day, ...rest }): NaiveEvent => {
    const whole = rest.zone === null;
    return {
      ...{ ...rest, day },
      minute: whole ? 0 : rest.minute,
      minutes: whole ? Math.max(1, Math.round(rest.minutes / 1440)) * 1440 : rest.minutes,
      leftOut: rest.rule === null ? [] : rest.leftOut.map((n) => day + n),
      moved:
        whole || rest.rule === null
          ? []
          : rest.moved.map((m) => ({ ...m, day: day + m.day, toDay: FIRST_DAY + m.toDay })),
    };
  });

const stamp = (day: number, minute: number): string =>
  new Date(day * DAY + minute * 60_000).toISOString().replace(/[-:]|\.000Z/g, "");
const date = (day: number): string => stamp(day, 0).slice(0, 8);

function ruleLine({
  freq,
  interval,
  weekdays,
  monthDays,
  months,
  position,
  weekStart,
  count,
  untilDay,
}: NaiveRule) {
  const days = weekdays.map(({ day, nth }) => `${nth === 0 ? "" : nth}${NAMES[day]}`);
  return [
    `RRULE:FREQ=${freq};INTERVAL=${interval};WKST=${NAMES[weekStart]}`,
    ...(days.length > 0 ? [`BYDAY=${days}`] : []),
    ...(monthDays.length > 0 ? [`BYMONTHDAY=${monthDays}`] : []),
    ...(months.length > 0 ? [`BYMONTH=${months}`] : []),
    ...(position === 0 ? [] : [`BYSETPOS=${position}`]),
    ...(count > 0 ? [`COUNT=${count}`] : []),
    ...(untilDay < 0 ? [] : [`UNTIL=${date(untilDay)}`]),
  ].join(";");
}

function lines(
  { zone, day, minute, minutes, hasEnd, rule: repeats, leftOut, moved }: NaiveEvent,
  uid: string,
): string[] {
  const at = (name: string, on: number, minuteOfDay: number) => {
    if (zone === null) return `${name};VALUE=DATE:${date(on)}`;
    return zone === "UTC"
      ? `${name}:${stamp(on, minuteOfDay)}Z`
      : `${name};TZID=${zone}:${stamp(on, minuteOfDay)}`;
  };
  const end = hasEnd || zone === null ? at("DTEND", day, minute + minutes) : `DURATION:PT${minutes}M`;
  const wholeEnd = zone === null ? at("DTEND", day + minutes / 1440, 0) : end;
  return [
    ...calendarEvent(
      uid,
      ...[at("DTSTART", day, minute), wholeEnd, ...(repeats ? [ruleLine(repeats)] : [])],
      ...leftOut.map((on) => at("EXDATE", on, minute)),
    ),
    ...moved.flatMap((m) =>
      calendarEvent(
        uid,
        at("RECURRENCE-ID", m.day, minute),
        at("DTSTART", m.toDay, m.toMinute),
        "DURATION:PT45M",
      ),
    ),
  ];
}

describe("a generated calendar", () => {
  it("is busy exactly when an expansion by days and Intl says so, over zones and changes of the clock", () => {
    const window = [FIRST_DAY * DAY, LAST_DAY * DAY] as const;
    const calendar = fc.array(event, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(calendar, fc.constantFrom(...ZONES), (events, owner) => {
        const text = calendarFile(...events.flatMap((one, n) => lines(one, `${n}@example.test`)));
        const request = {
          text,
          window: { start: window[0], end: window[1] },
          zone: owner,
          email: "a@example.test",
        };
        const { busy, unreadable } = busyTimes(request);
        expect(unreadable).toBe(0);
        const spans = busy.map(({ start, end }) => [start, end] as const);
        expect(mergedWithin(spans, window)).toEqual(naiveBusy(events, window, owner));
      }),
      { numRuns: RUNS, seed: 20_261_130 },
    );
  });
});
