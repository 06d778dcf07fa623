import { describe, expect, it } from "vitest";
import { agreementText, haloText, leniencyText } from "../../../../src/mcp/text/fields/statistics.ts";

const counts = { n: 40, needed: 30, criteria: 20, value: 0.7, interval: null };

describe("agreement in words", () => {
  it.each([
    [{ ...counts, finding: "good" }, /^Good agreement \(\.800 and more\)\.$/],
    [{ ...counts, finding: "tentative" }, /tentative conclusions/],
    [{ ...counts, finding: "weak" }, /^Weak agreement/],
    [{ ...counts, finding: "chance" }, /^No more agreement than chance/],
    [{ ...counts, finding: "good", criteria: 9 }, /Over 9 criteria, so read the interval/],
    [{ ...counts, n: 12, finding: "too_few" }, /^Not enough data: 12 paired ratings, and it takes 30/],
    [{ ...counts, finding: "no_variation" }, /^All 40 paired ratings are the same level/],
  ] as const)("of %j", (agreement, words) => {
    expect(agreementText(agreement)).toMatch(words);
  });
});

describe("a rater in words", () => {
  it("is above, below or level with the other raters, with other explanations", () => {
    const of = (value: number) => leniencyText({ value, n: 15, needed: 15 });
    expect(of(-1.17)).toMatch(/^Rates 1\.17 below the others on 15 criteria.*it may be what only they saw/);
    expect(of(0.5)).toMatch(/^Rates 0\.5 above/);
    expect(of(0)).toMatch(/^Rates like the others/);
  });

  it("tells criteria apart, or gives one level throughout, with what else would explain it", () => {
    const halo = { sd: 0.5, n: 15, needed: 15, cards: 5 };
    expect(haloText({ ...halo, flat_cards: 0 })).toMatch(/^Tells the criteria apart \(sd 0\.5/);
    expect(haloText({ ...halo, flat_cards: 2 })).toMatch(
      /throughout on 2 of 5 cards.*or the candidate is that even/,
    );
  });

  it("is withheld with the count and the least", () => {
    expect(leniencyText({ value: null, n: 1, needed: 15 })).toMatch(/withheld: 1 criterion.*takes 15/);
    expect(haloText({ sd: null, n: 6, needed: 15, cards: 2, flat_cards: null })).toMatch(
      /withheld: 6 ratings on 2 whole cards, and it takes 15/,
    );
  });
});
