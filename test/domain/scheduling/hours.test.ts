import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { expandHours, formatHours, parseHours } from "../../../src/domain/scheduling/hours.ts";
import { MINUTE } from "../../../src/domain/scheduling/interval.ts";

const parse = (text: string) => parseHours(text, "hours");

describe("hours as people write them", () => {
  it.each([
    ["mon-fri 09:00-17:00", "mon tue wed thu fri 09:00-17:00"],
    ["Monday, Wednesday 9-12:30", "mon wed 09:00-12:30"],
    [
      "mon-thu 09:00-12:00 13:00-17:30, fri 9–15",
      "mon tue wed thu 09:00-12:00, mon tue wed thu 13:00-17:30, fri 09:00-15:00",
    ],
    ["sat-mon 10:00-24:00", "mon sat sun 10:00-24:00"],
    ["2026-12-05 09:00-12:00", "2026-12-05 09:00-12:00"],
  ])("%s", (text, said) => {
    expect(formatHours(parse(text).hours)).toBe(said);
    expect(formatHours(parse(said).hours)).toBe(said);
  });

  it("tells whose clock it is", () => {
    expect(parse("Europe/Lisbon mon-fri 17:00-20:00").timezone).toBe("Europe/Lisbon");
  });

  it.each([
    ["", /understood/],
    ["mon", /understood/],
    ["mon 09:00-17:00 tue", /understood/],
    ["09:00-17:00", /on which days/],
    ["mon 17:00-09:00", /ends before it starts/],
    ["mon 09:00-25:00", /understood/],
    ["mon 09:75-10:00", /understood/],
    ["2026-02-30 09:00-10:00", /understood/],
    ["Europe/Nowhere mon 09:00-10:00", /no time zone/],
    ["weekdays after lunch", /understood/],
    [Array.from({ length: 101 }, () => "mon 9-10").join(" "), /more than 100/],
  ])("refuses %j", (text, why) => expect(() => parse(text)).toThrow(why));
});

const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"];
/** Fortnights around the clock changes of 2026 and 2027, and the ordinary weeks between. */
const moment = fc.integer({ min: Date.parse("2026-03-01"), max: Date.parse("2027-04-15") });

describe("hours in a window", () => {
  it("lie inside the hours on the wall clock, minute by minute, whatever clocks do", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        moment,
        fc.integer({ min: 0, max: 95 }),
        fc.integer({ min: 1, max: 96 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
        (zone, at, a, b, days) => {
          fc.pre(a < b);
          const [from, to] = [a * 15, b * 15];
          const window = { start: at, end: at + 9 * 86_400_000 };
          const found = expandHours([{ days, from, to }], zone, window);
          for (const { start, end } of found) {
            expect(start).toBeGreaterThanOrEqual(window.start);
            expect(end).toBeLessThanOrEqual(window.end);
            for (let t = Math.ceil(start / MINUTE) * MINUTE; t < end; t += 15 * MINUTE) {
              const local = Temporal.Instant.fromEpochMilliseconds(t).toZonedDateTimeISO(zone);
              const minute = local.hour * 60 + local.minute;
              expect(days).toContain(local.dayOfWeek);
              expect(minute).toBeGreaterThanOrEqual(from);
              expect(minute).toBeLessThan(to);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    // A day of eight hours stays one, in whichever offset it falls.
    ["Europe/Berlin", "2026-03-28", "2026-03-31", ["08:00Z", "07:00Z", "07:00Z"]],
    ["America/New_York", "2026-10-31", "2026-11-03", ["13:00Z", "14:00Z", "14:00Z"]],
    ["Australia/Lord_Howe", "2026-10-03", "2026-10-06", ["22:30Z", "22:00Z", "22:00Z"]],
  ])("keep to the wall clock of %s when it changes", (zone, from, to, starts) => {
    const at = (date: string) => Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
    const { hours } = parse("mon-sun 09:00-17:00");
    const found = expandHours(hours, zone, { start: at(from), end: at(to) });
    expect(found.map(({ start }) => `${new Date(start).toISOString().slice(11, 16)}Z`)).toEqual(starts);
    expect(found.map(({ start, end }) => (end - start) / 3_600_000)).toEqual([8, 8, 8]);
  });

  it("leave out what is uncertain where a boundary falls into a clock change", () => {
    const window = { start: Date.parse("2026-03-28T23:00Z"), end: Date.parse("2026-03-29T22:00Z") };
    const [gap] = expandHours(parse("sun 02:30-06:00").hours, "Europe/Berlin", window);
    expect(new Date(gap?.start ?? 0).toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });
});
