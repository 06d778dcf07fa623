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
  const often = (data: Unit[], times: number): Unit[] => Array.from({ length: times }, () => data).flat();

  it("gives the figure with an interval around it, the same every time", () => {
    const first = agreementOf(example);
    expect(first).toMatchObject({ value: 0.815, n: 40, needed: 30, criteria: 11, finding: "good" });
    expect(first.interval?.low).toBeLessThan(0.815);
    expect(first.interval?.high).toBeGreaterThan(0.815);
    expect(agreementOf(example)).toEqual(first);
  });

  it.each<[string, Unit[], number]>([
    ["29 paired ratings", [...often([[1, 2]], 13), [1, 2, 3], [2]], 29],
    [
      "the twelve paired ratings of one day",
      often(
        [
          [1, 2],
          [3, 3],
        ],
        3,
      ),
      12,
    ],
    ["no ratings", [], 0],
    ["ratings of one rater", often([[3]], 30), 0],
  ])("withholds a figure of %s, with the count and the least", (_name, data, n) => {
    const none = { value: null, interval: null };
    expect(agreementOf(data)).toMatchObject({ ...none, n, needed: 30, finding: "too_few" });
  });

  it("tells the same level everywhere from agreement", () => {
    expect(agreementOf(often([[3, 3]], 15))).toMatchObject({ value: null, n: 30, finding: "no_variation" });
  });

  it.each<[string, Unit[]]>([
    [
      "chance",
      [
        [1, 4],
        [4, 1],
        [1, 4],
        [4, 1],
        [2, 3],
      ],
    ],
    [
      "weak",
      [
        [1, 2],
        [2, 3],
        [3, 3],
        [4, 2],
        [1, 1],
        [4, 3],
      ],
    ],
    [
      "tentative",
      [
        [1, 1],
        [2, 3],
        [3, 4],
        [4, 3],
        [1, 2],
      ],
    ],
  ])("is found to be %s", (finding, data) => {
    expect(agreementOf(often(data, 3)).finding).toBe(finding);
  });
});
