import { describe, expect, it } from "vitest";
import {
  type EarlierAssessment,
  readAssessment,
  readFinding,
} from "../../../src/domain/evaluation/stored-assessment.ts";

const QUOTE = { document: "d", quote: "by 38%", start: 0, end: 6 };
const STORED: EarlierAssessment = {
  flags: [
    {
      ...{ id: "cost_win", label: "Cost win", polarity: "green", why: "A number" },
      ...{ verdict: "unclear", by: "rules", evidence: [] },
      others: [
        { by: "rules", author: "rules", verdict: "present", evidence: [QUOTE] },
        { by: "assistant", author: "a client for two for ada@example.test", verdict: "absent", evidence: [] },
      ],
    },
    {
      ...{ id: "vague_language", label: "Vague", polarity: "red", why: "A phrase" },
      ...{ verdict: "present", by: "rules", evidence: [QUOTE] },
    },
    {
      ...{ id: "reliability_win", label: "Reliability", polarity: "green", why: "A figure" },
      ...{ verdict: "absent", by: "rules", evidence: [] },
    },
  ],
  points: { of: 3 },
  profile: {
    operator: 0.25,
    modeler: 0.75,
    text: "mostly modelling: 9 operating mentions, 27 modelling mentions",
    operating: [],
    modelling: [],
  },
  questions: [],
  planted: [],
};

describe("an assessment of an earlier release", () => {
  const { flags, points, profile, to_read } = readAssessment(STORED);

  it("asserts nothing from what the rules said", () => {
    expect(flags.slice(1).map(({ verdict }) => verdict)).toEqual(["unclear", "unread"]);
    expect(points).toMatchObject({ green: 0, red: 0, low: 0, high: 3, of: 3, arithmetic: [] });
    expect(to_read).toHaveLength(3);
  });

  it("keeps who found what", () => {
    expect(flags[0]).toMatchObject({
      verdict: "absent",
      by: "assistant",
      author: { client: "a client for two", member: "ada@example.test" },
    });
    expect(flags[0]?.readings).toContainEqual({ by: "rules", verdict: "unclear", evidence: [QUOTE] });
  });

  it("keeps the counts behind its profile, from its sentence or its quotes, and no sentence of it", () => {
    expect(profile).toMatchObject({ reading: "unread", mentions: { operating: 9, modelling: 27 } });
    expect(profile).not.toHaveProperty("expected");
    const { text: _text, ...counted } = { ...STORED.profile, operating: [QUOTE] };
    expect(readAssessment({ ...STORED, profile: counted }).profile?.mentions).toEqual({
      operating: 1,
      modelling: 0,
    });
  });

  it("is left as it is once it is in today's form", () => {
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
