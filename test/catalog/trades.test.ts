import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadCatalog } from "../../src/catalog/load.ts";
import { assess } from "../../src/domain/evaluation/assessment.ts";
import { foundByRules } from "../../src/domain/evaluation/evaluate-readings.ts";
import { type CompiledRubric, compileRubric } from "../../src/domain/evidence/compile.ts";
import { type Labelled, measure } from "../../src/domain/evidence/measure.ts";

const TRADES = ["new-home-sales-specialist", "research-scientist-biotech", "renewable-energy-engineer"] as const;
const catalog = loadCatalog({});
const templates = catalog.list().map(({ id }) => catalog.get(id));
const rubrics = new Map(templates.map(({ id, rubric }) => [id, compileRubric(rubric)]));
const rubricOf = (id: string): CompiledRubric => {
  const rubric = rubrics.get(id);
  if (!rubric) throw new Error(`no rubric of ${id}`);
  return rubric;
};

/** By the rules: a green flag is present, a red one is only pointed at. */
function isFound(template: string, text: string, id: string): boolean {
  const documents = [{ id: "d", kind: "resume" as const, name: "d", text }];
  const { flags } = assess(rubricOf(template), { lane: null, documents, findings: [] }).assessment;
  const flag = flags.find((one) => one.id === id);
  return flag?.verdict === (flag?.polarity === "green" ? "present" : "unclear");
}

const EVIDENCE = new URL("../domain/evidence/", import.meta.url);
const labelledIn = (file: string): Labelled[] =>
  readFileSync(new URL(file, EVIDENCE), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Labelled);

const flags = templates.flatMap(({ id, rubric }) => rubric.flags.map((flag) => [id, flag.id, flag] as const));

describe.each(flags)("%s, %s", (template, id, { examples, polarity }) => {
  // A modeler's résumé is told by the whole document, where no line shows it.
  const told = polarity === "green" || TRADES.some((trade) => trade === template);

  it.runIf(told)("is found in its own example, and not in the one that is none", () => {
    expect(isFound(template, examples.yes, id), examples.yes).toBe(true);
    expect(isFound(template, examples.no, id), examples.no).toBe(false);
  });
});

type Phrasings = Record<string, Record<string, { present: string[]; not: string[] }>>;
const PHRASINGS = parse(readFileSync(new URL("trades/phrasings.yaml", EVIDENCE), "utf8")) as Phrasings;
const phrased = Object.entries(PHRASINGS).flatMap(([template, ways]) =>
  Object.entries(ways).map(([id, { present, not }]) => [template, id, present, not] as const),
);

describe.each(phrased)("%s, %s", (template, id, present, not) => {
  it("is found in most ways of saying it, and in nothing that is something else", () => {
    const missed = present.filter((text) => !isFound(template, `- ${text}`, id));
    expect(missed.length, missed.join("\n")).toBeLessThanOrEqual(1);
    expect(not.filter((text) => isFound(template, `- ${text}`, id))).toEqual([]);
  });
});
