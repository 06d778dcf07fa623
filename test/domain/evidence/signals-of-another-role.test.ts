import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { assess } from "../../../src/domain/evaluation/assessment.ts";
import { Rubric } from "../../../src/domain/evaluation/rubric.ts";
import { compileRubric } from "../../../src/domain/evidence/compile.ts";

// The language knows nothing of MLOps: a rubric for people who sell new homes, written in YAML alone.
const RUBRIC = `
language:
  down: [cut, reduc*]
  up: [up, rais*, grew]
  negated: [not, never]
  intended: [goal, aim*]
  others: [our team lead]
  planted: [ignore previous]
vocabulary:
  homes: [home*, house*, unit*, lot*]
  sold: [sold, closed, settled]
profile:
  expects: operator
  operator: { any: [{ signal: phrase, of: "@sold" }] }
  modeler: { any: [{ signal: phrase, of: [brochure*] }] }
flags:
  - id: homes_closed
    label: Homes closed
    polarity: green
    definition: Says how many homes they closed.
    counts: ["closed 42 homes in 2024"]
    does_not_count: ["sold many homes"]
    examples: { yes: "Settled 31 units.", no: "Top seller." }
    why: A count of homes beside a word for closing.
    question: How many did you close last year?
    weight: 3
    conditions: [{ missing: no number of homes closed, any: [{ signal: count, of: "@homes", near: "@sold" }] }]
  - id: conversion_win
    label: Conversion win
    polarity: green
    definition: Raised the share of visits that became contracts.
    counts: ["visit-to-contract from 9% to 14%"]
    does_not_count: ["great closer"]
    examples: { yes: "Conversion up 5%.", no: "High conversion." }
    why: A share beside conversion, going up.
    question: What did you change on the floor?
    weight: 2
    conditions:
      - missing: no share that went up
        any: [{ signal: figure, of: [conversion, visit to contract], units: [percent], change: up }]
  - id: licence
    label: Licence named with its edition
    polarity: green
    definition: Names the licence course and edition.
    counts: ["RECP 4.1"]
    does_not_count: ["licensed"]
    examples: { yes: "RECP 4.1", no: "RECP" }
    why: The name of the course with a number behind it.
    question: Which licence do you hold?
    weight: 1
    conditions: [{ missing: no edition, any: [{ signal: version, of: [recp] }] }]
  - id: weekend_rota
    label: Weekend rota
    polarity: green
    definition: Worked weekends, and says how often.
    counts: ["every other weekend"]
    does_not_count: ["flexible"]
    examples: { yes: "Weekend duty 2 in 4.", no: "Weekends possible." }
    why: Weekend duty with a cadence.
    question: How often did you work weekends?
    weight: 1
    conditions: [{ missing: no word of how often, any: [{ signal: cadence, of: [weekend*] }] }]
`;
const rubric = compileRubric(Rubric.parse(parse(RUBRIC)));
const present = (text: string) =>
  assess(rubric, {
    lane: null,
    documents: [{ id: "d", kind: "resume", name: "d", text }],
    findings: [],
  })
    .assessment.flags.filter((f) => f.verdict === "present")
    .map((f) => f.id);

describe("a rubric of quite another role", () => {
  it.each([
    ["- Closed 42 new homes in 2024", ["homes_closed"]],
    ["- Our team lead closed 42 homes", []],
    ["- Goal for 2025: 50 homes sold", []],
    ["- Have never closed 40 homes a year", []],
    ["- Sold many homes", []],
    ["- Conversion from 9% to 14% after I rewrote the tour", ["conversion_win"]],
    ["- Conversion from 14% to 9%", []],
    ["- RECP 4.1, renewed", ["licence"]],
    ["- On the floor every other weekend", ["weekend_rota"]],
    ["- Weekend duty, and the books every Monday", ["weekend_rota"]],
    ["- Weekends possible", []],
  ])("reads %s", (text, flags) => expect(present(text)).toEqual(flags));

  it("refuses an unknown word list by name", () => {
    const broken = Rubric.parse(parse(RUBRIC.replace('"@homes"', '"@houses"')));
    expect(() => compileRubric(broken)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/homes_closed.*@houses/),
        hint: expect.stringMatching(/@homes, @sold/),
      }),
    );
  });
});
