import { describe, expect, it } from "vitest";
import { measure } from "../../../src/domain/evidence/measure.ts";

const labelled = [
  { id: "1", text: "", flags: { a: ["cut spend by 40%"], b: ["on call"] } },
  { id: "2", text: "", flags: { a: ["bill halved"] } },
  { id: "3", text: "", flags: {} },
];

describe("measure", () => {
  it("counts by hand as expected", () => {
    const predicted = [
      { id: "1", flags: { a: ["We cut spend\n by 40% in a year"], b: ["something else"] } },
      { id: "2", flags: {} },
      { id: "3", flags: { a: ["saved"] } },
    ];
    const { flags, macroF1, quotes, misses } = measure(labelled, predicted);
    expect(flags).toEqual([
      { id: "a", tp: 1, fp: 1, fn: 1, precision: 0.5, recall: 0.5, f1: 0.5 },
      { id: "b", tp: 1, fp: 0, fn: 0, precision: 1, recall: 1, f1: 1 },
    ]);
    expect(macroF1).toBe(0.75);
    expect(quotes).toEqual({ given: 2, onTarget: 1 });
    expect(misses).toEqual([
      { id: "2", flag: "a", kind: "missed", quotes: ["bill halved"] },
      { id: "3", flag: "a", kind: "invented", quotes: ["saved"] },
    ]);
  });

  it("is nothing over nothing", () => expect(measure([], [])).toMatchObject({ flags: [], macroF1: 0 }));
});
