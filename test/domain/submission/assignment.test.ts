import { describe, expect, it } from "vitest";
import { awaitedFromCandidate } from "../../../src/domain/outreach/waiting.ts";
import { daysAfterDue } from "../../../src/domain/submission/assignment.ts";
import { ExerciseForm } from "../../../src/domain/submission/exercise-form.ts";
import { linkOf } from "../../../src/domain/submission/work-link.ts";

describe("how late something came in", () => {
  it.each([
    ["before it was due", "2026-12-01T12:00:00Z", "2026-11-28T12:00:00Z", null, undefined],
    ["later on the due day", "2026-12-01T12:00:00Z", "2026-12-01T23:59:00Z", null, undefined],
    ["a minute after the due day", "2026-12-01T12:00:00Z", "2026-12-02T00:00:00Z", null, 1],
    ["a week later", "2026-12-01T23:59:59Z", "2026-12-08T00:00:00Z", null, 7],
    [
      "still on the due day where they live",
      "2026-12-01T12:00:00Z",
      "2026-12-02T04:00:00Z",
      "America/New_York",
      undefined,
    ],
    ["across the change of the clocks", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", "Europe/Berlin", 2],
  ])("counts days after the due day: %s", (_name, due, received, zone, days) => {
    expect(daysAfterDue(new Date(due), new Date(received), zone)).toBe(days);
  });
});

describe("what is awaited from the candidate", () => {
  it.each(ExerciseForm.options)("of %s is what has to be handed in", (assigned) => {
    const since = new Date("2026-11-24T09:00:00Z");
    const progress = { assigned, assignedAt: since, hasSubmission: false };
    const isLive = assigned === "talk" || assigned === "role_play";
    expect(awaitedFromCandidate({ kind: "exercise" }, progress)).toEqual(isLive ? null : { since });
    expect(awaitedFromCandidate({ kind: "exercise" }, { ...progress, hasSubmission: true })).toBeNull();
  });
});

describe("a link", () => {
  it("is what a work sample consists of, and no part of another document", () => {
    const text = "https://drive.example.test/a";
    expect(linkOf({ kind: "work_sample", text })).toBe(text);
    expect(linkOf({ kind: "work_sample", text: `${text} and more` })).toBeUndefined();
    expect(linkOf({ kind: "cover_letter", text })).toBeUndefined();
  });
});
