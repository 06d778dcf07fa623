import { describe, expect, it } from "vitest";
import { dayOf, daysBetween, daysOver, weeksBetween, wholeDays } from "../../src/domain/days.ts";

const from = new Date("2026-11-01T00:00:00Z");
const later = (hours: number) => new Date(from.getTime() + hours * 3_600_000);

describe("days", () => {
  it.each([
    [0, 0],
    [36, 1.5],
    [71, 3],
    [24 * 10, 10],
  ])("%d hours are %d days", (hours, days) => expect(daysBetween(from, later(hours))).toBe(days));

  it("counts weeks to one decimal", () => expect(weeksBetween(from, later(24 * 10))).toBe(1.4));

  it("counts only whole days, and none before the first moment", () => {
    expect(wholeDays(from, later(47))).toBe(1);
    expect(wholeDays(later(47), from)).toBe(0);
  });

  it("tells by how much a goal is passed, to one decimal and never below nothing", () => {
    expect(daysOver(5.3, 5)).toBe(0.3);
    expect(daysOver(4.9, 5)).toBe(0);
  });

  it("names the day in UTC", () => expect(dayOf(new Date("2026-11-01T23:30:00-02:00"))).toBe("2026-11-02"));
});
