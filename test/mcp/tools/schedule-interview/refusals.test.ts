import { describe, expect, it } from "vitest";
import { ASK, INES, useInterviews } from "./set-up.ts";

const { begin } = useInterviews();

describe("schedule_interview", () => {
  it.each([
    ["a time that is past", { start: "2026-11-24T09:59+01:00" }, /is past/],
    ["this very moment", { start: "2026-11-24T09:00Z" }, /is past/],
    [
      "a time that clocks skip",
      { start: "2027-03-28T02:30[Europe/Berlin]" },
      /does not exist in Europe\/Berlin.*03:30\+02:00/,
    ],
    [
      "a time that clocks repeat",
      { start: "2027-10-31T02:30[Europe/Berlin]" },
      /happens twice.*\+02:00 is the first/,
    ],
    ["nobody's clock", { start: "2026-12-01T10:00" }, /whose clock shows/],
    ["no time", { start: undefined }, /start: missing.*find_interview_times/],
    ["half a minute", { start: "2026-12-01T10:00:30Z" }, /whole minute/],
    ["next decade", { start: "2036-12-01T10:00Z" }, /more than a year/],
    ["an unknown round", { round: "lunch" }, /"lunch".*on_call_fit/],
    ["a stage without interviews", { round: "debrief" }, /"debrief"/],
    [
      "a stranger",
      { interviewers: ["x@example.test"] },
      /"x@example\.test" is not known.*ines@example\.test/,
    ],
    ["a viewer", { interviewers: ["vera@example.test"] }, /viewer access/],
    ["an unknown interview", { interview: "0198f000-0000-7000-8000-000000000000" }, /No interview/],
    ["an unknown application", { application: "MLE-77" }, /No application/],
    ["no minutes worth the name", { minutes: 1 }, /minutes/],
  ])("refuses %s and keeps nothing", async (_name, args, why) => {
    const g = await begin({ [INES]: {}, "vera@example.test": { access: "viewer" } });
    expect(await g.refused("schedule_interview", { ...ASK, ...args })).toMatch(why);
    expect(await g.interviews()).toEqual([]);
  });

  it("lets nobody interview themselves, nor a viewer schedule", async () => {
    const g = await begin({ [INES]: {}, "zoe@example.test": {}, "vera@example.test": { access: "viewer" } });
    expect(await g.refused("schedule_interview", { ...ASK, interviewers: ["zoe@example.test"] })).toMatch(
      /is the candidate of MLE-1/,
    );
    const { start } = await import("../../../support/harness.ts");
    const viewer = await start({ store: g.store, member: "vera@example.test" });
    expect(await viewer.refused("schedule_interview", ASK)).toMatch(/viewer access/);
  });

  it("neither changes nor cancels what is over", async () => {
    const g = await begin();
    const { interview } = await g.ok("schedule_interview", ASK);
    g.clock.now = new Date("2026-12-02T09:00:00Z");
    const which = { application: "MLE-1", round: "architecture", interview: interview.id };
    expect(await g.refused("schedule_interview", { ...which, cancel: true, reason: "late" })).toMatch(
      /is over/,
    );
    expect(await g.refused("schedule_interview", { ...which, start: "2026-12-03T10:00+01:00" })).toMatch(
      /has begun.*Leave out interview/,
    );
    await g.ok("schedule_interview", { ...ASK, start: "2026-12-03T10:00+01:00" });
    expect(await g.interviews()).toHaveLength(2);
  });
});
