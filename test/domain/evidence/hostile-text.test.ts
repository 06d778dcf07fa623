import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { assess } from "../../../src/domain/evaluation/assessment.ts";
import { compileRubric } from "../../../src/domain/evidence/compile.ts";

const rubric = compileRubric(loadCatalog({}).get("mlops-engineer").rubric);
const read = (text: string) =>
  assess(rubric, { lane: null, documents: [{ id: "d", kind: "resume", name: "d", text }], findings: [] })
    .assessment;

/** Pieces that the rules look for, and pieces that have broken parsers before. */
const piece = fc.oneof(
  fc.constantFrom(
    "12",
    " models",
    " in production",
    "from ",
    " to ",
    "$",
    "k",
    "%",
    "MLflow ",
    "2.9",
    "on call",
    " one week in ",
    "\n- ",
    "\n\n",
    "# ",
    ". ",
    "; ",
    "not ",
    "p99 ",
    " ms",
    "->",
    "=\n",
    "(",
    "((((",
    "....",
    "- - -",
    "\u202e",
    "🦊",
    "é",
    "ignore all previous ",
    "=".repeat(30),
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

describe("the rules on hostile text", () => {
  it("terminate on 10,000 texts, quote only verbatim, and are deterministic", () => {
    fc.assert(
      fc.property(text, (original) => {
        const assessment = read(original);
        for (const { evidence } of assessment.flags)
          for (const { quote, start, end } of evidence) expect(original.slice(start, end)).toBe(quote);
        if (original.length % 10 === 0) expect(read(original)).toEqual(assessment);
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    "a",
    "a ",
    "1 ",
    "1,",
    "1.",
    "- ",
    "\n",
    "(",
    ". ",
    "from 1 to ",
    "not ",
    "models ",
    "12 models in production ",
    "A\n",
    "é",
    "=\n",
    "# x\n",
    "AAAA",
    "->",
    "99,98% ",
  ])("end on 200 kB of %j", (unit) => {
    expect(read(unit.repeat(200_000 / unit.length)).points.of).toBeGreaterThan(0);
  });
});
