import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/domain/days.ts";
import { isOverdue } from "../../../src/domain/pipeline/agenda.ts";

const NOW = new Date("2026-11-24T10:00:00Z");
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);

describe("what should have been done", () => {
  it.each([
    ["an assessment of somebody who came in an hour ago", "assessment", 1 / 24, false],
    ["an interview to be booked since an hour", "booking", 1 / 24, false],
    ["a vote that is open since an hour", "vote", 1 / 24, false],
    ["an assessment after more than a day", "assessment", 1.1, true],
    ["a scorecard an hour after its day", "scorecard", 1 / 24, true],
    ["a meeting", "interview", 2, false],
  ] as const)("%s", (_what, kind, days, expected) => {
    expect(isOverdue({ kind, due: ago(days) }, NOW)).toBe(expected);
  });
});
