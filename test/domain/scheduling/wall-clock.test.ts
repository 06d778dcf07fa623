import { describe, expect, it } from "vitest";
import { isoIn, localTime, parseMoment, weekOf } from "../../../src/domain/scheduling/wall-clock.ts";

const read = (text: string, zone?: string, day?: "start" | "end") =>
  new Date(parseMoment(text, { field: "start", zone, ...(day ? { day } : {}) })).toISOString();

describe("a moment as people write it", () => {
  it.each([
    ["2026-12-01T10:00+01:00", undefined, "2026-12-01T09:00:00.000Z"],
    ["2026-12-01 10:00Z", undefined, "2026-12-01T10:00:00.000Z"],
    ["2026-12-01T10:00[Asia/Kolkata]", undefined, "2026-12-01T04:30:00.000Z"],
    ["2026-12-01T10:00", "America/New_York", "2026-12-01T15:00:00.000Z"],
    ["2026-12-01T10:00+01:00[Europe/Berlin]", "Asia/Kolkata", "2026-12-01T09:00:00.000Z"],
    ["2026-10-25T02:30+02:00[Europe/Berlin]", undefined, "2026-10-25T00:30:00.000Z"],
    ["2026-10-25T02:30+01:00[Europe/Berlin]", undefined, "2026-10-25T01:30:00.000Z"],
  ])("%s on the clock of %s", (text, zone, instant) => expect(read(text, zone)).toBe(instant));

  it("takes a day from its start to its end, however long it is", () => {
    expect(read("2026-03-29", "Europe/Berlin", "start")).toBe("2026-03-28T23:00:00.000Z");
    expect(read("2026-03-29", "Europe/Berlin", "end")).toBe("2026-03-29T22:00:00.000Z");
  });

  it.each([
    ["Europe/Berlin", "2026-03-29T02:30", "03:30+02:00"],
    ["America/New_York", "2026-03-08T02:15", "03:15-04:00"],
    ["Australia/Lord_Howe", "2026-10-04T02:15", "02:45+11:00"],
  ])("refuses what clocks skip in %s and names a time that exists", (zone, text, other) => {
    expect(() => read(`${text}[${zone}]`)).toThrow(new RegExp(`does not exist in ${zone}`));
    try {
      read(text, zone);
      expect.unreachable();
    } catch (error) {
      expect((error as { hint: string }).hint).toContain(other);
    }
  });

  it.each([
    ["Europe/Berlin", "2026-10-25T02:30", "+02:00", "+01:00"],
    ["America/New_York", "2026-11-01T01:30", "-04:00", "-05:00"],
    ["Australia/Lord_Howe", "2026-04-05T01:45", "+11:00", "+10:30"],
  ])("asks which of two is meant in %s", (zone, text, first, second) => {
    try {
      read(text, zone);
      expect.unreachable();
    } catch (error) {
      const { message, hint } = error as { message: string; hint: string };
      expect(message).toMatch(/happens twice/);
      expect(hint).toContain(`${text}${first} is the first, ${text}${second} the second`);
    }
  });

  it.each([
    ["tomorrow", "Europe/Berlin", /no date and time/],
    ["2026-02-30T10:00", "Europe/Berlin", /no date and time/],
    ["2026-12-01", "Europe/Berlin", /no date and time/],
    ["2026-12-01T25:00Z", undefined, /no date and time/],
    ["2026-12-01T10:00", undefined, /whose clock/],
    ["2026-12-01T10:00[Mars/Base]", undefined, /no time zone/],
    ["2026-12-01T10:00+05:00[Europe/Berlin]", undefined, /contradicts itself/],
    ["9999999-01-01T00:00Z", undefined, /no date and time/],
  ])("refuses %s on the clock of %s", (text, zone, why) => expect(() => read(text, zone)).toThrow(why));
});

describe("the clock that people see", () => {
  it("names the day, the time and the offset", () => {
    const at = Date.parse("2026-12-01T23:30:00Z");
    expect(localTime(at, "Asia/Kolkata")).toBe("Wed 2026-12-02 05:00 +05:30");
    expect(isoIn(at, "America/New_York")).toBe("2026-12-01T18:30:00-05:00");
  });

  it("counts a week from Monday to Monday, an hour more where clocks go back", () => {
    const { start, end } = weekOf(Date.parse("2026-10-25T12:00:00Z"), "Europe/Berlin");
    expect(new Date(start).toISOString()).toBe("2026-10-18T22:00:00.000Z");
    expect((end - start) / 3_600_000).toBe(169);
  });
});
