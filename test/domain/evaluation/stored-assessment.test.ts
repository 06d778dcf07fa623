import { describe, expect, it } from "vitest";
import {
  readAssessment,
  readFinding,
  type StoredAssessment,
} from "../../../src/domain/evaluation/stored-assessment.ts";

const STORED: StoredAssessment = {
  flags: [
    {
      id: "cost_win",
      label: "Cost win",
      polarity: "green",
      verdict: "unclear",
      evidence: [],
      by: "rules",
      why: "A number",
      others: [
        { by: "rules", author: "rules", verdict: "present", evidence: [] },
        { by: "assistant", author: "a client for two for ada@example.test", verdict: "absent", evidence: [] },
      ],
    },
  ],
  points: { green: 0, red: 0, total: 0, of: 3, arithmetic: [] },
  profile: {
    operator: 0.25,
    modeler: 0.75,
    reading: "modeler",
    text: "mostly modelling: 9 operating mentions, 27 modelling mentions",
    warning:
      "The role asks for an operator; the documents show a modeler. " +
      "The role's lane is platform_builder (1 mention); the documents show serving_reliability (4 mentions).",
    operating: [],
    modelling: [],
  },
  questions: [],
  second_reading: [],
  planted: [],
};

describe("an assessment that was stored with sentences", () => {
  it("is read as facts", () => {
    const { flags, profile } = readAssessment(STORED);
    expect(profile).toEqual({
      operator: 0.25,
      modeler: 0.75,
      reading: "modeler",
      mentions: { operating: 9, modelling: 27 },
      expected: "operator",
      other_lane: {
        role: { lane: "platform_builder", mentions: 1 },
        documents: { lane: "serving_reliability", mentions: 4 },
      },
      operating: [],
      modelling: [],
    });
    expect(flags[0]?.others).toEqual([
      { by: "rules", verdict: "present", evidence: [] },
      {
        by: "assistant",
        author: { client: "a client for two", member: "ada@example.test" },
        verdict: "absent",
        evidence: [],
      },
    ]);
  });

  it("counts the quotes where its sentence has no numbers", () => {
    const quote = { document: "d", quote: "On call", start: 0, end: 7 };
    const profile = {
      operator: 1,
      modeler: 0,
      reading: "neither",
      text: "too little of either to say",
      operating: [quote],
      modelling: [],
    } as const;
    const { mentions } = readAssessment({
      ...STORED,
      profile: { ...profile, operating: [quote], modelling: [] },
    }).profile;
    expect(mentions).toEqual({ operating: 1, modelling: 0 });
  });

  it("is left as it is once it holds facts", () => {
    const today = readAssessment(STORED);
    expect(readAssessment(today)).toEqual(today);
  });
});

describe("a finding that was stored with its author as text", () => {
  it("is read with client and member", () => {
    const finding = { flag: "cost_win", verdict: "absent", quotes: [], by: "assistant" } as const;
    const author = { client: "desk 1.0", member: "ada@example.test" };
    expect(readFinding({ ...finding, author: "desk 1.0 for ada@example.test" })).toEqual({
      ...finding,
      author,
    });
    expect(readFinding({ ...finding, author })).toEqual({ ...finding, author });
  });
});
