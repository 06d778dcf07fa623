import { describe, expect, it } from "vitest";
import type { Assessment } from "../../../src/domain/evaluation/assessment.ts";
import { assessmentText, profileWarnings } from "../../../src/mcp/text/assessment.ts";
import { profileText } from "../../../src/mcp/text/fields/assessment.ts";

const PROFILE: Assessment["profile"] = {
  operator: 0.8,
  modeler: 0.2,
  reading: "operator",
  mentions: { operating: 4, modelling: 1 },
  operating: [],
  modelling: [],
};
const quoteOf = (quote: string) => ({ document: "d", quote, start: 0, end: quote.length });
const ASSESSMENT: Assessment = {
  flags: [
    {
      id: "cost_win",
      label: "Cost win",
      polarity: "green",
      verdict: "unclear",
      evidence: ["one\nline", "two", "three", "four", "five"].map(quoteOf),
      by: "assistant",
      why: "An amount.",
      others: [
        { by: "rules", verdict: "present", evidence: [quoteOf("by 38%")] },
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
  points: { green: 4, red: 3, total: 1, of: 15, arithmetic: ["+4 production_on_call", "-3 modeler_resume"] },
  profile: PROFILE,
  questions: [],
  second_reading: [],
  planted: [],
};

describe("assessmentText", () => {
  const text = assessmentText({ ref: "MLE-1", name: "Zoë Okafor", assessment: ASSESSMENT });

  it("gives the points with their arithmetic", () => {
    expect(text).toMatch(
      /^MLE-1 Zoë Okafor: 4 of 15 green points, 3 red\. \(\+4 production_on_call -3 modeler_resume = 1\)$/m,
    );
  });

  it("names who read otherwise, with their words", () => {
    expect(text).toContain('but rules: present "by 38%"');
    expect(text).toContain("but desk 1.0 for ada@example.test: absent (Not theirs)");
  });

  it("shows three quotes of a flag, each on one line, and how many more there are", () => {
    expect(text).toMatch(/"one line"\n {4}"two"\n {4}"three"\n {4}and 2 more quotes/);
  });
});

describe("profileText", () => {
  it("gives what the documents read like, the mentions and their shares", () => {
    expect(profileText(PROFILE)).toBe(
      "mostly operating: 4 operating mentions (share 0.8), 1 modelling mention (share 0.2)",
    );
  });
});

describe("profileWarnings", () => {
  it("says nothing where the documents show what the role asks for", () => {
    expect(profileWarnings(PROFILE)).toEqual([]);
  });

  it("names the kind of work and the lane that are not what the role asks for", () => {
    expect(
      profileWarnings({
        ...PROFILE,
        reading: "modeler",
        expected: "operator",
        other_lane: {
          role: { lane: "platform_builder", mentions: 1 },
          documents: { lane: "serving_reliability", mentions: 4 },
        },
      }),
    ).toEqual([
      "The role asks for an operator; the documents show a modeler.",
      "The role's lane is platform_builder (1 mention); the documents show serving_reliability (4 mentions).",
    ]);
  });
});
