import { describe, expect, it } from "vitest";
import { measure } from "../../../src/domain/evidence/measure.ts";

const labelled = [
  { id: "1", text: "", flags: { a: ["cut spend by 40%"], b: ["on call"] } },
  { id: "2", text: "", flags: { a: ["bill halved"] } },
  { id: "3", text: "", flags: {} },
];

const FLAGS = [
  { id: "a", polarity: "green" },
  { id: "b", polarity: "green" },
  { id: "c", polarity: "red" },
  { id: "d", polarity: "red" },
] as const;

describe("measure", () => {
  it("counts every flag of the rubric, one that no label names too", () => {
    const predicted = [
      { id: "1", flags: { a: ["We cut spend\n by 40% in a year"], b: ["something else"] } },
      { id: "2", flags: {} },
      { id: "3", flags: { a: ["saved"], c: ["familiar with"] } },
    ];
    const { flags, all, green, red, misses } = measure(labelled, predicted, FLAGS);
    expect(flags).toEqual([
      {
        id: "a",
        polarity: "green",
        quotes: 1,
        onTarget: 1,
        tp: 1,
        fp: 1,
        fn: 1,
        precision: 0.5,
        recall: 0.5,
        f1: 0.5,
      },
      {
        id: "b",
        polarity: "green",
        quotes: 1,
        onTarget: 0,
        tp: 1,
        fp: 0,
        fn: 0,
        precision: 1,
        recall: 1,
        f1: 1,
      },
      {
        id: "c",
        polarity: "red",
        quotes: 0,
        onTarget: 0,
        tp: 0,
        fp: 1,
        fn: 0,
        precision: 0,
        recall: 0,
        f1: 0,
      },
      {
        id: "d",
        polarity: "red",
        quotes: 0,
        onTarget: 0,
        tp: 0,
        fp: 0,
        fn: 0,
        precision: 0,
        recall: 0,
        f1: 0,
      },
    ]);
    expect(green).toMatchObject({ tp: 2, fp: 1, fn: 1, macroF1: 0.75 });
    expect(red).toMatchObject({ fp: 1, precision: 0, macroF1: 0 });
    expect(all).toMatchObject({ tp: 2, fp: 2, fn: 1, precision: 0.5, macroF1: 0.5 });
    expect(all).toMatchObject({ quotes: 2, onTarget: 1 });
    expect(misses).toEqual([
      { id: "2", flag: "a", kind: "missed", quotes: ["bill halved"] },
      { id: "3", flag: "a", kind: "invented", quotes: ["saved"] },
      { id: "3", flag: "c", kind: "invented", quotes: ["familiar with"] },
    ]);
  });

  it("is nothing over nothing", () =>
    expect(measure([], [], [])).toMatchObject({ flags: [], all: { macroF1: 0, precision: 0 } }));
});
