import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { assess } from "../../../src/domain/evaluation/assessment.ts";
import { compileRubric } from "../../../src/domain/evidence/compile.ts";

type Phrasings = Record<string, { present: string[]; not: string[] }>;
const ROUNDS = [
  "phrasings.yaml",
  "phrasings-2.yaml",
  "phrasings-3.yaml",
  "phrasings-4.yaml",
  "phrasings-5.yaml",
  "phrasings-6.yaml",
  "phrasings-7.yaml",
  "phrasings-8.yaml",
  "phrasings-9.yaml",
].map((file) => parse(readFileSync(new URL(file, import.meta.url), "utf8")) as Phrasings);
const PHRASINGS: Phrasings = {};
for (const [flag, { present, not }] of ROUNDS.flatMap(Object.entries<Phrasings[string]>)) {
  const all = PHRASINGS[flag] ?? { present: [], not: [] };
  PHRASINGS[flag] = { present: [...all.present, ...present], not: [...all.not, ...not] };
}
const rubric = compileRubric(loadCatalog({}).get("mlops-engineer").rubric);

/** By the rules: a green flag is present, a red one is only pointed at. */
function isFound(text: string, flag: string): boolean {
  const documents = [{ id: "d", kind: "resume" as const, name: "d", text }];
  const { flags } = assess(rubric, { lane: null, documents, findings: [] }).assessment;
  const assessed = flags.find(({ id }) => id === flag);
  return assessed?.verdict === (assessed?.polarity === "green" ? "present" : "unclear");
}

// Rules miss some ways of saying a thing; what they must not do is miss many, or find a thing in its opposite.
describe.each(Object.entries(PHRASINGS))("%s", (flag, { present, not }) => {
  it(`is found in most of ${present.length} ways of saying it`, () => {
    const missed = present.filter((text) => !isFound(text, flag));
    expect(missed.length, missed.join("\n")).toBeLessThanOrEqual(Math.max(1, present.length / 20));
  });

  it(`is found in none of ${not.length} things that are not it`, () => {
    expect(not.filter((text) => isFound(text, flag))).toEqual([]);
  });
});
