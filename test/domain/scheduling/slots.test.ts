import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/domain/days.ts";
import type { CandidateTime, Interviewer } from "../../../src/domain/scheduling/availability.ts";
import { type Hours, parseHours } from "../../../src/domain/scheduling/hours.ts";
import { type Interval, MINUTE, overlaps, padded } from "../../../src/domain/scheduling/interval.ts";
import { findSlots, slotCursor, slotsAfter } from "../../../src/domain/scheduling/slots.ts";
import { weekOf } from "../../../src/domain/scheduling/wall-clock.ts";

const at = (text: string) => Date.parse(text);
const hours = (text: string) => parseHours(text, "hours").hours;
const person = (email: string, more: Partial<Interviewer> = {}): Interviewer => ({
  email,
  timezone: "Europe/Berlin",
  hours: hours("mon-fri 09:00-17:00"),
  weeklyLimit: null,
  bufferMinutes: 0,
  busy: [],
  interviews: [],
  ...more,
});
const nobody: CandidateTime = { timezone: null, hours: null, interviews: [] };
const week: Interval = { start: at("2026-11-30T00:00Z"), end: at("2026-12-05T00:00Z") };
const ask = (more: Partial<Parameters<typeof findSlots>[0]>) =>
  findSlots({
    window: week,
    minutes: 60,
    seats: [[person("a@x")]],
    candidate: nobody,
    zone: "Europe/Berlin",
    ...more,
  });
const shown = (slots: readonly Interval[]) =>
  slots.map(({ start }) => new Date(start).toISOString().slice(5, 16));

const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"];
const from = fc.integer({ min: at("2026-03-01"), max: at("2027-04-10") });
const isInside = (rules: Hours, zone: string, { start, end }: Interval): boolean => {
  for (let t = start; t < end; t += 5 * MINUTE) {
    const local = Temporal.Instant.fromEpochMilliseconds(t).toZonedDateTimeISO(zone);
    const minute = local.hour * 60 + local.minute;
    if (!rules.some((r) => r.days?.includes(local.dayOfWeek) && minute >= r.from && minute < r.to))
      return false;
  }
  return true;
};

const interviewer = (n: number, base: number) =>
  fc
    .record({
      timezone: fc.constantFrom(...ZONES),
      from: fc.integer({ min: 0, max: 40 }),
      length: fc.integer({ min: 8, max: 55 }),
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 3 }),
      buffer: fc.constantFrom(0, 10, 30),
      limit: fc.constantFrom(null, 1, 3),
      busy: fc.array(fc.tuple(fc.integer({ min: 0, max: 14 * 24 * 60 }), fc.integer({ min: 1, max: 300 })), {
        maxLength: 12,
      }),
      held: fc.array(fc.integer({ min: 0, max: 14 * 24 }), { maxLength: 3 }),
    })
    .map(({ timezone, from, length, days, buffer, limit, busy, held }) =>
      person(`p${n}@x`, {
        timezone,
        hours: [{ days, from: from * 15, to: Math.min((from + length) * 15, 1440) }],
        bufferMinutes: buffer,
        weeklyLimit: limit,
        busy: busy.map(([start, minutes]) => ({
          start: base + start * MINUTE,
          end: base + (start + minutes) * MINUTE,
        })),
        interviews: held.map((hour) => ({
          start: base + hour * 60 * MINUTE,
          end: base + (hour + 1) * 60 * MINUTE,
        })),
      }),
    );

describe("the times that are proposed", () => {
  it("lie in everybody's hours, touch nothing that is taken or its buffer, and keep every weekly limit", {
    // Over a hundred fortnights minute by minute: some ten seconds of work, however slow the machine.
    timeout: 180_000,
  }, () => {
    let proposed = 0;
    fc.assert(
      fc.property(
        from.chain((base) =>
          fc.tuple(
            fc.constant(base),
            interviewer(1, base),
            interviewer(2, base),
            interviewer(3, base),
            fc.constantFrom(15, 45, 75),
          ),
        ),
        fc.constantFrom(...ZONES),
        ([base, one, two, three, minutes], zone) => {
          const window = { start: base, end: base + 14 * DAY };
          const stated = hours("mon-sun 06:00-22:00");
          const candidate = { timezone: zone, hours: stated, interviews: three.interviews };
          const slots = findSlots({ window, minutes, seats: [[one], [two, three]], candidate, zone });
          proposed += slots.length;
          for (const slot of slots) {
            expect(slot.end - slot.start).toBe(minutes * MINUTE);
            expect(slot.start % (15 * MINUTE)).toBe(0);
            expect(slot.start >= window.start && slot.end <= window.end).toBe(true);
            expect(isInside(stated, zone, slot)).toBe(true);
            expect(candidate.interviews.some((i) => overlaps(i, slot))).toBe(false);
            expect(new Set(slot.interviewers).size).toBe(2);
            for (const email of slot.interviewers) {
              const who = [one, two, three].find((p) => p.email === email) as Interviewer;
              expect(isInside(who.hours, who.timezone, slot)).toBe(true);
              for (const taken of [...who.busy, ...who.interviews])
                expect(overlaps(padded(taken, who.bufferMinutes), slot)).toBe(false);
              if (who.weeklyLimit === null) continue;
              const { start, end } = weekOf(slot.start, who.timezone);
              const held = who.interviews.filter((i) => i.start >= start && i.start < end).length;
              expect(held).toBeLessThan(who.weeklyLimit);
            }
          }
          // No time is offered twice.
          expect(new Set(slots.map((s) => s.start)).size).toBe(slots.length);
        },
      ),
      { numRuns: 120 },
    );
    expect(proposed).toBeGreaterThan(1_000);
  });

  it("miss none: every quarter of an hour at which everybody could is there", () => {
    const busy = [{ start: at("2026-11-30T10:00Z"), end: at("2026-11-30T12:01Z") }];
    const day = { start: at("2026-11-30T00:00Z"), end: at("2026-12-01T00:00Z") };
    const slots = ask({ window: day, seats: [[person("a@x", { busy })], [person("b@x")]] });
    expect(shown(slots).sort()).toEqual(
      [
        "08:00",
        "08:15",
        "08:30",
        "08:45",
        "09:00",
        "12:15",
        "12:30",
        "12:45",
        "13:00",
        "13:15",
        "13:30",
        "13:45",
        "14:00",
        "14:15",
        "14:30",
        "14:45",
        "15:00",
      ].map((t) => `11-30T${t}`),
    );
  });

  it("come soonest first, a few of each day before more of the same", () => {
    const first = shown(ask({})).slice(0, 7);
    expect(first).toEqual([
      "11-30T08:00",
      "11-30T10:00",
      "11-30T12:00",
      "12-01T08:00",
      "12-01T10:00",
      "12-01T12:00",
      "12-02T08:00",
    ]);
  });

  it("put early and late hours of the candidate last", () => {
    const candidate = { timezone: "America/New_York", hours: null, interviews: [] };
    const slots = ask({ candidate });
    const local = (s: Interval) =>
      Temporal.Instant.fromEpochMilliseconds(s.start).toZonedDateTimeISO("America/New_York").hour;
    expect(slots.slice(0, 20).every((s) => s.reasonable && local(s) >= 8)).toBe(true);
    expect(slots.at(-1)).toMatchObject({ reasonable: false });
  });

  it("keep to the hours that the candidate stated", () => {
    const candidate = { timezone: "Europe/Lisbon", hours: hours("tue 15:00-19:00"), interviews: [] };
    expect(shown(ask({ candidate })).sort()).toEqual(["12-01T15:00"]);
  });

  it("spread the load: of two who could, who holds fewer that week; loaded days come later", () => {
    const monday = { start: at("2026-11-30T15:00Z"), end: at("2026-11-30T16:00Z") };
    const loaded = person("loaded@x", { interviews: [monday] });
    const slots = ask({ seats: [[loaded, person("fresh@x")]] });
    expect(new Set(slots.map((s) => s.interviewers[0]))).toEqual(new Set(["fresh@x"]));
    const twice = person("a@x", {
      interviews: [monday, { start: at("2026-11-30T13:00Z"), end: at("2026-11-30T14:00Z") }],
    });
    expect(shown(ask({ seats: [[twice]] }))[0]).toMatch(/^12-01/);
  });

  it("are none for somebody at their limit, and again in the week after", () => {
    const monday = { start: at("2026-11-30T15:00Z"), end: at("2026-11-30T16:00Z") };
    const window = { start: week.start, end: at("2026-12-08T00:00Z") };
    const slots = ask({ window, seats: [[person("a@x", { weeklyLimit: 1, interviews: [monday] })]] });
    expect(shown(slots)[0]).toBe("12-07T08:00");
    expect(ask({ seats: [[person("a@x", { weeklyLimit: 0 })]] })).toEqual([]);
  });

  it("go on where the last page ended, each time once", () => {
    const all = ask({});
    const pages: number[] = [];
    for (let left = all; left.length > 0; ) {
      const page = left.slice(0, 7);
      pages.push(...page.map((s) => s.start));
      left = slotsAfter(all, slotCursor(page.at(-1) as (typeof all)[number]));
    }
    expect(pages).toEqual(all.map((s) => s.start));
    expect(() => slotsAfter(all, "bm9wZQ")).toThrow(/not one of ours/);
  });
});
