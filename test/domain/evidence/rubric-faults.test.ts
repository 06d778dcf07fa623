import { describe, expect, it } from "vitest";
import { Rubric } from "../../../src/domain/evaluation/rubric.ts";
import { rubricFaults } from "../../../src/domain/evidence/rubric-faults.ts";

const flag = (any: unknown[]) => ({
  ...{ id: "paged", label: "On call", polarity: "green", definition: "Was on call.", weight: 1 },
  ...{ counts: ["a night"], does_not_count: ["a day"], examples: { yes: "I was paged.", no: "We slept." } },
  ...{ why: "It says so.", question: "Were you paged?", conditions: [{ missing: "no page in it", any }] },
});
const phrase = (of: unknown, more = {}) => ({ signal: "phrase", of, ...more });
const rubric = (more: { any?: unknown[]; vocabulary?: Record<string, unknown>; language?: object }): Rubric =>
  Rubric.parse({
    vocabulary: more.vocabulary ?? { night: ["paged at night"] },
    language: more.language ?? {},
    profile: {
      expects: "operator",
      operator: { any: [phrase(["run"])] },
      modeler: { any: [phrase(["train"])] },
    },
    flags: [flag(more.any ?? [phrase("@night")])],
  });

describe("the faults of a rubric", () => {
  it("are none where every phrase can be read", () => expect(rubricFaults(rubric({}))).toEqual([]));

  it("name the condition, the phrase and why it cannot be read", () =>
    expect(rubricFaults(rubric({ any: [phrase("@night"), phrase(["(paged|woken"])] }))).toEqual([
      {
        path: "rubric.flags[0].conditions[0].any[1].of",
        why: 'the phrase "(paged|woken" leaves a bracket open',
      },
    ]));

  it("name other parts of a signal too", () =>
    expect(rubricFaults(rubric({ any: [phrase("@night", { without: ["~ twice"] })] }))).toEqual([
      {
        path: "rubric.flags[0].conditions[0].any[0].without",
        why: 'the phrase "~ twice" must begin with a word or a number',
      },
    ]));

  it("name a word list that is not there, and those that are", () =>
    expect(rubricFaults(rubric({ any: [phrase("@nights")] }))).toEqual([
      {
        path: "rubric.flags[0].conditions[0].any[0].of",
        why: "names the word list @nights, and there are @night",
      },
    ]));

  it("name word lists that name each other", () =>
    expect(rubricFaults(rubric({ vocabulary: { night: ["@dark"], dark: ["@night"] } }))).toContainEqual({
      path: "rubric.vocabulary.night",
      why: "names @dark, which leads back to @night",
    }));

  it("name phrases of the vocabulary and of the language", () => {
    const vocabulary = { night: { phrases: ["paged"], not: ["a)"] } };
    expect(rubricFaults(rubric({ vocabulary, language: { own: ["<me>"] } }))).toEqual([
      { path: "rubric.vocabulary.night", why: 'the phrase "a)" closes a bracket that is not open' },
      { path: "rubric.language.own", why: 'the phrase "<me>" names the list <me>, which is not there' },
    ]);
  });
});
