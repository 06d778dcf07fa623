import fc from "fast-check";
import { quantileSorted } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { adverseImpact } from "../../../src/domain/reports/adverse-impact.ts";
import { fisherExact } from "../../../src/domain/reports/fisher.ts";
import { quantile } from "../../../src/domain/reports/quantile.ts";
import { survival, timeBy } from "../../../src/domain/reports/survival.ts";

describe("Fisher's exact test", () => {
  it.each([
    ["Fisher's tea tasting (1935)", [3, 1, 1, 3], 0.4857],
    ["twin convictions, as in R's fisher.test", [2, 10, 15, 3], 0.0005367],
    ["dieting by sex, the textbook example", [1, 9, 11, 3], 0.002759],
    ["no difference", [5, 5, 5, 5], 1],
    ["an empty column", [4, 0, 6, 0], 1],
  ] as const)("gives the published value for %s", (_name, table, p) => {
    expect(fisherExact(table)).toBeCloseTo(p, 4);
  });

  it("does not change when groups or outcomes are swapped", () => {
    const n = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(n, n, n, n, (a, b, c, d) => {
        const p = fisherExact([a, b, c, d]);
        expect(fisherExact([c, d, a, b])).toBeCloseTo(p, 8);
        expect(fisherExact([b, a, d, c])).toBeCloseTo(p, 8);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("the product-limit estimate", () => {
  it("gives the published values for 6-MP in leukaemia (Freireich and others 1963)", () => {
    const text = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";
    const spells = text.split(" ").map((t) => ({ time: Number.parseInt(t, 10), done: !t.endsWith("+") }));
    const steps = survival(spells);
    expect(steps.map((s) => [s.time, s.at_risk, s.done, Math.round(s.share_left * 1000) / 1000])).toEqual([
      [6, 21, 3, 0.857],
      [7, 17, 1, 0.807],
      [10, 15, 1, 0.753],
      [13, 12, 1, 0.69],
      [16, 11, 1, 0.627],
      [22, 7, 1, 0.538],
      [23, 6, 1, 0.448],
    ]);
    expect(timeBy(steps, 0.5)).toBe(23);
    expect(timeBy(steps, 0.85)).toBeNull();
  });
});

describe("a quantile", () => {
  it("is the nearest rank, as a sort of all values gives it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.85, 0.1, 1),
        (values, share) => {
          const sorted = [...values].sort((a, b) => a - b);
          const histogram = new Map<number, number>();
          for (const v of values) histogram.set(v, (histogram.get(v) ?? 0) + 1);
          expect(quantile(histogram, share)).toBe(
            sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)],
          );
        },
      ),
    );
  });

  it("agrees with a library where ranks are whole", () => {
    const values = Array.from({ length: 101 }, (_, n) => n);
    expect(quantile(new Map(values.map((v) => [v, 1])), 0.5)).toBe(quantileSorted(values, 0.5));
    expect(quantile(new Map(), 0.5)).toBeNull();
  });
});

describe("the four-fifths reading", () => {
  it("gives the example of the Uniform Guidelines' Questions and Answers", () => {
    // 80 applicants of one group, 48 hired; 40 of another, 12 hired: 60% against 30%, a ratio of one half.
    const groups = adverseImpact([
      { answer: "a", decided: 80, passed: 48 },
      { answer: "b", decided: 40, passed: 12 },
    ]);
    expect(groups).toMatchObject([
      { rate_percent: 60, impact_ratio: 1, below_four_fifths: false, fisher_p: null },
      { rate_percent: 30, impact_ratio: 0.5, below_four_fifths: true },
    ]);
    expect(groups[1]?.fisher_p).toBeLessThan(0.01);
  });

  it("finds nothing where nobody passed", () => {
    expect(
      adverseImpact([
        { answer: "a", decided: 10, passed: 0 },
        { answer: "b", decided: 12, passed: 0 },
      ]),
    ).toMatchObject([
      { impact_ratio: 1, below_four_fifths: false },
      { impact_ratio: 1, below_four_fifths: false },
    ]);
  });
});
