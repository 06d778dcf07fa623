import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findFolded, foldText } from "../../../src/domain/text/fold.ts";

/** The stored words that a quote stands for. */
const wordsOf = (quote: string, text: string): string | undefined => {
  const place = findFolded(foldText(quote).text.trim(), text);
  return place && text.slice(place.start, place.end);
};

describe("a quote typed from what is seen", () => {
  it.each([
    [
      "plain letters for a ligature",
      "MLflow 2.9 artefacts",
      "On ML\ufb02ow 2.9 arte\ufb01cts? ML\ufb02ow 2.9 artefacts",
      "ML\ufb02ow 2.9 artefacts",
    ],
    ["straight quotation marks", `the "golden" path`, "took the “golden” path", "the “golden” path"],
    ["a plain hyphen for a dash", "2020 - 2023, 1-in-5", "2020 – 2023, 1‑in‑5 rota", "2020 – 2023, 1‑in‑5"],
    [
      "one blank for many and for line ends",
      "Ran 14 models in production",
      "Ran\u00a014  models\n\tin production",
      "Ran\u00a014  models\n\tin production",
    ],
    [
      "a word that the page parts",
      "models in production",
      "Ran models in produc-\n  tion",
      "models in produc-\n  tion",
    ],
    ["a hyphen that the page breaks at", "Primary on-call", "Primary on-\ncall", "Primary on-\ncall"],
    [
      "a parted word as a copy gives it",
      "models in produc- tion",
      "models in produc-\ntion",
      "models in produc-\ntion",
    ],
    [
      "a copied line end for a whole word",
      "models in produc-\ntion",
      "models in production",
      "models in production",
    ],
    [
      "letters that the file lost",
      "production rotation",
      "produc\ufffdon rota\ufffdon",
      "produc\ufffdon rota\ufffdon",
    ],
    [
      "letters and marks apart",
      "Zoë Brûlé",
      "Zoe\u0308 Bru\u0302le\u0301 wrote",
      "Zoe\u0308 Bru\u0302le\u0301",
    ],
    ["three dots", "and so on...", "and so on…", "and so on…"],
  ])("is found: %s", (_name, quote, text, words) => {
    expect(wordsOf(quote, text)).toBe(words);
  });

  it.each([
    ["another word", "Ran 15 models", "Ran 14 models"],
    ["another case", "ran 14 models", "Ran 14 models"],
    ["a raised figure read as a plain one", "10 2 nodes", "10² nodes"],
    ["a hyphen left out in the middle of a line", "Primary oncall", "Primary on-call"],
    ["more than lost letters can stand for", "produced many things on call", "produc\ufffdon call"],
    ["a year range parted by its dash", "20202023", "2020-2023"],
  ])("is not found: %s", (_name, quote, text) => {
    expect(wordsOf(quote, text)).toBeUndefined();
  });

  it("ends on long adversarial text", () => {
    for (const unit of ["\ufffd", "a-\n", "a\ufffd", "\u00ad", "e\u0301"])
      expect(wordsOf(`${"a".repeat(900)}z`, unit.repeat(60_000))).toBeUndefined();
  });
});

describe("folding", () => {
  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "-",
          "\n",
          " ",
          "\u00a0",
          "\t",
          "’",
          "“",
          "–",
          "\ufb01",
          "\ufb02",
          "…",
          "\ufffd",
          "a",
          "b",
          "1",
          "e\u0301",
        ),
        fc.string({ unit: "grapheme", maxLength: 3 }),
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join("").toWellFormed().replaceAll("\u00ad", ""));

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(text, (original) => {
        const once = foldText(original).text;
        expect(foldText(once).text).toBe(once);
      }),
      { numRuns: 3_000 },
    );
  });

  it("knows for each unit where it came from, in order and without gaps but blanks", () => {
    fc.assert(
      fc.property(text, (original) => {
        const { text: folded, at, to } = foldText(original);
        expect([at.length, to.length]).toEqual([folded.length, folded.length]);
        let reached = 0;
        at.forEach((start, n) => {
          expect(original.slice(reached, Math.max(reached, start)).trim()).toBe("");
          reached = Math.max(reached, to[n] ?? 0);
        });
        expect(original.slice(reached).trim()).toBe("");
      }),
      { numRuns: 3_000 },
    );
  });

  it("finds any stretch of words of a text in it again", () => {
    fc.assert(
      fc.property(text, fc.nat(60), fc.nat(60), (original, a, b) => {
        const { text: folded } = foldText(original);
        const quote = foldText(folded.slice(Math.min(a, b), Math.max(a, b))).text.trim();
        fc.pre(quote.length > 0);
        const place = findFolded(quote, original);
        expect(place).toBeDefined();
      }),
      { numRuns: 3_000 },
    );
  });
});
