import { describe, expect, it } from "vitest";
import { minutesIn } from "../../../src/domain/text/durations.ts";

describe("minutes of an interview loop", () => {
  it.each([
    ["45 min", 45],
    ["1h30", 90],
    ["1 h 15 min", 75],
    ["an hour with the CTO", 60],
    ["half an hour", 30],
    ["an hour and a half", 90],
    ["1.5 hours", 90],
    ["45-60 min", 60],
    ["30' call", 30],
    ["recruiter call (30), pairing (75)", 105],
    ["30 mins intro; 1 hr technical; 2 hr take home", 210],
    ["five interviews of 50 minutes", 250],
    ["five interviews, 50 minutes each", 250],
    ["two 45-minute calls", 90],
    ["3 one-hour sessions", 180],
    ["4 x 1h", 240],
    ["a test with three timed questions (60 min)", 60],
    ["9am to 5pm", 480],
    ["1 to 3pm", 120],
    ["a full-day onsite", 480],
    ["half a day of work on a ticket (3 h)", 180],
    ["three LeetCode rounds (60 min each)", 180],
    ["two interviews (45 min)", 90],
  ])("%j takes %i", (text, minutes) => expect(minutesIn(text)).toMatchObject({ total: null, sum: minutes }));

  it.each([
    ["two and a half hours in total: 90 min and 60 min", 150],
    ["four rounds, about four hours in total", 240],
    ["The whole process takes 3 hours", 180],
    ["Interview plan (about three and a half hours): call 30 min, pairing 75 min", 210],
  ])("%j says what it takes in all", (text, total) => expect(minutesIn(text).total).toBe(total));

  it.each(["We answer within 24 hours", "10 hours a week", "two weeks of notice", "no figure at all"])(
    "%j is no part of one",
    (text) => expect(minutesIn(text)).toEqual({ total: null, sum: 0, longest: 0, count: 0 }),
  );
});
