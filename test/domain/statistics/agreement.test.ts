import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreementOf } from "../../../src/domain/statistics/agreement.ts";
import { krippendorffAlpha, type Scale, type Unit } from "../../../src/domain/statistics/alpha.ts";

/** Rows are observers, columns are units, a dot is a missing value: as the sources print them. */
function units(...observers: string[]): Unit[] {
  const rows = observers.map((row) => row.split(" "));
  const columns = rows[0]?.length ?? 0;
  return Array.from({ length: columns }, (_, n) =>
    rows.flatMap((row) => (row[n] === "." ? [] : [Number.parseInt(row[n] ?? "", 36)])),
  );
}

// K. Krippendorff, Computing Krippendorff's Alpha-Reliability, University of Pennsylvania, 2011:
// https://repository.upenn.edu/asc_papers/43
const PUBLISHED: [string, Unit[], Scale, number][] = [
  [
    "A, binary data, two observers, no missing data",
    units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"),
    "nominal",
    0.095,
  ],
  [
    "B, nominal data, two observers, no missing data",
    units("a a b b d c c c e d d a", "b a b b b c c c e d d d"),
    "nominal",
    0.692,
  ],
  ...(["nominal", "ordinal", "interval", "ratio"] as const).map(
    (scale, n): [string, Unit[], Scale, number] => [
      "C and E, any number of observers, missing data",
      units(
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
      ),
      scale,
      [0.743, 0.815, 0.849, 0.797][n] ?? 0,
    ],
  ),
];

describe("Krippendorff's alpha", () => {
  it.each(PUBLISHED)("is as published for example %s", (_name, data, scale, alpha) => {
    expect(krippendorffAlpha(data, scale)).toBeCloseTo(alpha, 3);
  });

  it("is 1 where all agree, and nothing where nothing varies", () => {
    expect(
      krippendorffAlpha(
        [
          [1, 1],
          [3, 3, 3],
          [4, 4],
        ],
        "ordinal",
      ),
    ).toBe(1);
    expect(
      krippendorffAlpha(
        [
          [2, 2],
          [2, 2],
        ],
        "ordinal",
      ),
    ).toBeNull();
    expect(krippendorffAlpha([[1], [4]], "ordinal")).toBeNull();
  });

  it("never exceeds 1, and does not depend on the order of raters or units", () => {
    const ratings = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(ratings, (data) => {
        const alpha = krippendorffAlpha(data, "ordinal");
        const turned = krippendorffAlpha(
          [...data].reverse().map((unit) => [...unit].reverse()),
          "ordinal",
        );
        if (alpha === null) expect(turned).toBeNull();
        else {
          expect(alpha).toBeLessThanOrEqual(1);
          expect(turned).toBeCloseTo(alpha, 9);
        }
      }),
    );
  });
});

describe("agreement", () => {
  const example = PUBLISHED[3]?.[1] ?? [];

  it("gives the figure with an interval around it, the same every time", () => {
    const first = agreementOf(example);
    expect(first).toMatchObject({
      value: 0.815,
      n: 40,
      criteria: 11,
      reading: expect.stringMatching(/^Good/),
    });
    expect(first.interval?.low).toBeLessThan(0.815);
    expect(first.interval?.high).toBeGreaterThan(0.815);
    expect(agreementOf(example)).toEqual(first);
  });

  it.each([
    ["nine paired ratings", [[1, 2, 3], [2, 2, 4], [1, 1, 4], [3], [2]], /Not enough data: 9 paired/],
    ["none", [], /Not enough data: 0/],
    ["ratings of one rater", Array.from({ length: 30 }, () => [3]), /Not enough data: 0/],
  ])("says that %s are too few", (_name, data, reading) => {
    expect(agreementOf(data)).toMatchObject({
      value: null,
      interval: null,
      reading: expect.stringMatching(reading),
    });
  });

  it("tells the same level everywhere from agreement", () => {
    const flat = Array.from({ length: 6 }, () => [3, 3]);
    expect(agreementOf(flat)).toMatchObject({
      value: null,
      n: 12,
      reading: expect.stringMatching(/same level/),
    });
  });

  it.each([
    [
      [
        [1, 4],
        [4, 1],
        [1, 4],
        [4, 1],
        [2, 3],
      ],
      /No more agreement than chance/,
    ],
    [
      [
        [1, 2],
        [2, 3],
        [3, 3],
        [4, 2],
        [1, 1],
        [4, 3],
      ],
      /Weak agreement/,
    ],
    [
      [
        [1, 1],
        [2, 3],
        [3, 4],
        [4, 3],
        [1, 2],
      ],
      /tentative/,
    ],
  ])("reads %j in words", (data, reading) => {
    expect(agreementOf(data).reading).toMatch(reading);
  });
});
