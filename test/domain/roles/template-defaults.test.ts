import { describe, expect, it } from "vitest";
import { loadDefaults } from "../../../src/catalog/defaults.ts";
import { messageFaults } from "../../../src/catalog/message-faults.ts";
import { Purpose, WrittenTemplate } from "../../../src/domain/roles/role-template.ts";
import { withDefaults } from "../../../src/domain/roles/template-defaults.ts";
import { templateFaults } from "../../../src/domain/roles/template-faults.ts";

const RUBRIC = {
  flags: [
    { id: "ward_led", polarity: "green", definition: "Led a ward.", examples: { yes: "Led ward 4." } },
    { id: "no_part", polarity: "red", definition: "No part of theirs.", examples: { yes: "We did." } },
  ],
};
const STAGES = [
  ["applied", "application"],
  ["call", "interview"],
  ["ward_visit", "interview"],
  ["trial_shift", "exercise"],
  ["matron", "interview"],
  ["team", "interview"],
  ["decision", "debrief"],
  ["terms", "offer"],
].map(([id, kind]) => ({
  id,
  name: id,
  kind,
  goal_days: 3,
  gate: kind === "interview" ? ["scorecards"] : [],
}));

const written = (more: object = {}) =>
  WrittenTemplate.parse({ id: "staff-nurse", title: "Staff nurse", stages: STAGES, rubric: RUBRIC, ...more });
const whole = (more: object = {}) => withDefaults(written(more), loadDefaults());

describe("a template of a title, stages and a rubric", () => {
  it("has no fault, and none with what is general in it", () => {
    expect(templateFaults(written())).toEqual([]);
    expect(templateFaults(whole())).toEqual([]);
  });

  it("has a kit with criteria and questions of its own for every round, in the order of the stages", () => {
    const { interviews, questions } = whole();
    expect(interviews.map(({ round }) => round)).toEqual([
      "call",
      "ward_visit",
      "trial_shift",
      "matron",
      "team",
    ]);
    expect(interviews.flatMap((kit) => kit.questions)).toEqual(questions.map(({ id }) => id));
    const [first, second] = interviews;
    expect(first?.criteria).not.toEqual(second?.criteria);
  });

  it("has a message for every purpose, the usual one at each stage by its kind", () => {
    const { messages } = whole();
    expect(messages.map(({ id }) => id).sort()).toEqual([...Purpose.options].sort());
    const usualAt = (stage: string) =>
      messages.filter(({ stages }) => stages.includes(stage)).map(({ id }) => id);
    expect(STAGES.map(({ id }) => usualAt(String(id)))).toEqual([
      ...[
        ["screen_invite"],
        ["screen_invite"],
        ["schedule"],
        ["exercise_invite"],
        ["schedule"],
        ["schedule"],
      ],
      ...[["status_update"], ["offer_talk"]],
    ]);
  });

  it("is called by the initials of its title, or by the first letters of one word", () => {
    expect(whole().key).toBe("SN");
    expect(whole({ title: "Carpenter" }).key).toBe("CARP");
    expect(whole({ title: "Äußerst lange Bezeichnung einer neuen Stelle im Haus" }).key).toMatch(
      /^[A-Z]{2,6}$/,
    );
    expect(whole({ title: "看護師" }).key).toBe("ROLE");
  });
});

describe("a flag of an id, a polarity, a definition and an example", () => {
  it("is called by its id, weighs 1, and has something to ask", () => {
    const [green, red] = whole().rubric.flags;
    expect(green).toMatchObject({ label: "Ward led", weight: 1, counts: [], conditions: [] });
    expect(green?.question).toMatch(/^About "Ward led": what did you do yourself/);
    expect(red?.question).toMatch(/^About "No part": what did you do yourself in your last role/);
  });
});

describe("what a template has itself", () => {
  it("stands in the place of what is general", () => {
    const message = { id: "schedule", stages: ["call"], subject: "Come", body: "To us" };
    const kit = {
      ...{ round: "ward_visit", purpose: "See the ward", minutes: 20, questions: [], do_not_ask: [] },
      criteria: [{ id: "care", label: "Care", anchors: { 1: "a", 2: "b", 3: "c", 4: "d" } }],
    };
    const own = whole({ key: "NURSE", messages: [message], interviews: [kit] });
    expect(own.key).toBe("NURSE");
    expect(own.messages.filter(({ id }) => id === "schedule")).toEqual([message]);
    expect(own.messages.find(({ id }) => id === "screen_invite")?.stages).toEqual(["applied"]);
    expect(own.interviews.filter(({ round }) => round === "ward_visit")).toEqual([kit]);
  });

  it("is asked in a kit that is general: questions of the round", () => {
    const question = { id: "why_us", round: "call", question: "Why us?", listen_for: [], follow_ups: [] };
    const { interviews, questions } = whole({ questions: [question] });
    expect(interviews.find(({ round }) => round === "call")?.questions).toEqual(["why_us"]);
    expect(questions.filter(({ round }) => round === "call")).toEqual([question]);
  });
});

describe("what is general", () => {
  const { messages, interviews } = loadDefaults();

  it("can be filled, and speaks of no trade", () => {
    for (const { subject, body } of messages)
      expect([...messageFaults(subject), ...messageFaults(body)]).toEqual([]);
    const text = JSON.stringify({ messages, interviews });
    expect(text).not.toMatch(
      /\b(?:mlops|models?|p99|pager|service|servers?|deploy\w*|code|engineer\w*|latency)\b/i,
    );
  });

  it("asks whole questions: a comma in a list has not cut one in two", () => {
    for (const { questions } of [interviews.exercise, ...interviews.interviews])
      for (const { question, follow_ups, listen_for } of questions) {
        for (const text of [question, ...follow_ups]) expect(text).toMatch(/^[A-Z].*[.?]$/);
        for (const sign of listen_for) expect(sign).toMatch(/^[A-Z].*[^.?]$/);
      }
  });

  it("has four anchors that differ for every criterion", () => {
    for (const { criteria } of [interviews.exercise, ...interviews.interviews])
      for (const { anchors } of criteria) expect(new Set(Object.values(anchors)).size).toBe(4);
  });
});
