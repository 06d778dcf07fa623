import { describe, expect, it } from "vitest";
import type { AssessmentAnswer } from "../../../src/mcp/answers/assessment.ts";
import { assessmentText, profileWarnings } from "../../../src/mcp/text/assessment.ts";
import { pointsText, profileText } from "../../../src/mcp/text/fields/assessment.ts";

const PROFILE: AssessmentAnswer["profile"] = {
  reading: "operator",
  mentions: { operating: 4, modelling: 1 },
};
const quoteOf = (quote: string) => ({ document: "d", quote, start: 0, end: quote.length });
const ASSESSMENT: AssessmentAnswer = {
  flags: [
    {
      ...{ id: "cost_win", label: "Cost win", polarity: "green", verdict: "present", support: "claimed" },
      missing: ["no amount or share by which it went down"],
      by: "assistant",
      author: { client: "desk 1.0", member: "bea@example.test" },
      note: "Their own budget",
      evidence: ["one\nline", "two", "three", "four", "five"].map(quoteOf),
      why: "An amount.",
      others: [
        { by: "rules", verdict: "unclear", evidence: [quoteOf("by 38%")] },
        {
          by: "assistant",
          author: { client: "desk 1.0", member: "ada@example.test" },
          verdict: "absent",
          evidence: [],
          note: "Not theirs",
        },
      ],
    },
  ],
  points: {
    ...{ green: 4, red: 3, total: 1, low: 1, high: 4, of: 15 },
    arithmetic: ["+4 production_on_call", "-3 modeler_resume"],
  },
  profile: PROFILE,
  questions: [],
  to_read: [],
  planted: [],
};

describe("assessmentText", () => {
  const text = assessmentText({ ref: "MLE-1", name: "Zoë Okafor", assessment: ASSESSMENT });

  it("gives the points as a range, with their arithmetic", () => {
    expect(text).toContain(
      "MLE-1 Zoë Okafor: 4 of 15 green points, 3 red: 1, between 1 and 4 until the rest is known. (+4 production_on_call -3 modeler_resume)",
    );
  });

  it("says what a claim lacks, whose it is and why", () => {
    expect(text).toContain(
      "present, claimed (no amount or share by which it went down), by desk 1.0 for bea@example.test (Their own budget)",
    );
  });

  it("names who read otherwise, with their words, and what the rules point at", () => {
    expect(text).toContain('rules point at: "by 38%"');
    expect(text).toContain("but desk 1.0 for ada@example.test: absent (Not theirs)");
  });

  it("shows every quote of a flag, each on one line", () => {
    expect(text).toMatch(/"one line"\n {4}"two"\n {4}"three"\n {4}"four"\n {4}"five"/);
  });

  it("says nothing of the kind of work that nobody has read", () => {
    const assessment = { ...ASSESSMENT, profile: { ...PROFILE, reading: "unread" as const } };
    expect(assessmentText({ ref: "MLE-1", name: "Zoë Okafor", assessment })).not.toContain("Profile");
  });
});

describe("pointsText", () => {
  it("gives one total where nothing is open", () => {
    const points = { green: 4, red: 0, total: 4, low: 4, high: 4, of: 15 };
    expect(pointsText(points)).toBe("4 of 15 green points, 0 red: 4.");
  });
});

describe("profileText", () => {
  it("gives what the documents were read as, and the mentions", () => {
    expect(profileText(PROFILE)).toBe("mostly operating: 4 operating mentions, 1 modelling mention");
  });
});

describe("profileWarnings", () => {
  it("says nothing where the documents show what the role asks for", () => {
    expect(profileWarnings(PROFILE)).toEqual([]);
  });

  it("names the kind of work that is not what the role asks for", () => {
    expect(profileWarnings({ ...PROFILE, reading: "modeler", expected: "operator" })).toEqual([
      "The role asks for an operator; the documents show a modeler.",
    ]);
  });
});
