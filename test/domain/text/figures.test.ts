import { describe, expect, it } from "vitest";
import { changesOf } from "../../../src/domain/text/changes.ts";
import { figuresOf } from "../../../src/domain/text/figures.ts";
import { tokenize } from "../../../src/domain/text/tokens.ts";

const read = (text: string) => figuresOf(tokenize(text)).map(({ value, unit }) => [value, unit]);
const changes = (text: string) => {
  const tokens = tokenize(text);
  return changesOf(tokens, figuresOf(tokens)).map(({ before, after, direction }) => [
    before.value,
    after.value,
    direction,
  ]);
};

describe("figuresOf", () => {
  it.each([
    ["12 models", [[12, "count"]]],
    [
      "twelve models, a dozen more",
      [
        [12, "count"],
        [12, "count"],
      ],
    ],
    ["forty-two alerts", [[42, "count"]]],
    ["net zero by design, zero injuries", [[0, "count"]]],
    ["2 400 requests", [[2400, "count"]]],
    ["1,200,000 rows", [[1_200_000, "count"]]],
    ["99,98% up", [[99.98, "percent"]]],
    ["cut by 41 per cent", [[41, "percent"]]],
    ["$92k", [[92_000, "money"]]],
    ["€5.6k", [[5_600, "money"]]],
    ["£1.2m", [[1_200_000, "money"]]],
    ["CHF 420k", [[420_000, "money"]]],
    ["A$17k", [[17_000, "money"]]],
    ["3 million euros", [[3_000_000, "money"]]],
    ["840 ms", [[0.84, "duration"]]],
    ["47 minutes", [[2820, "duration"]]],
    ["0h47", [[2820, "duration"]]],
    ["2 h", [[7200, "duration"]]],
    ["2.6x faster", [[2.6, "times"]]],
    ["in 2023", [[2023, "year"]]],
    ["2500 users", [[2500, "count"]]],
    ["three nines", [[99.9, "percent"]]],
  ])("reads %s", (text, expected) => expect(read(text)).toEqual(expected));
});

describe("changesOf", () => {
  it.each([
    ["from 47 minutes to 9", [[47, 9, "down"]]],
    ["from 47 to 9 minutes", [[47, 9, "down"]]],
    ["p99 from 840 ms to 190 ms", [[0.84, 0.19, "down"]]],
    ["1.9% -> 0.2%", [[1.9, 0.2, "down"]]],
    ["$92k to $52k a month", [[92_000, 52_000, "down"]]],
    ["11% in 2022, 1.6% in 2023", [[11, 1.6, "down"]]],
    ["top-decile lift 4.1 (was 2.2)", [[2.2, 4.1, "up"]]],
    ["20 to 2", [[20, 2, "down"]]],
    ["from 1.2 s to 900 ms", [[1.2, 0.9, "down"]]],
    ["12 models and 40 users", []],
    ["2019 to 2022", []],
  ])("reads %s", (text, expected) => expect(changes(text)).toEqual(expected));
});
