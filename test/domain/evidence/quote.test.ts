import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document, Evidence } from "../../../src/domain/candidates/document.ts";
import { findQuote } from "../../../src/domain/evidence/quote.ts";

/** A quote that is there. */
function accepted(quote: string, within: readonly Document[]): Evidence {
  const found = findQuote(quote, within);
  if ("message" in found) throw new Error(found.message);
  return found;
}

const RESUMES = new URL("../../../examples/resumes/", import.meta.url);
const documents = readdirSync(RESUMES).map((name) => ({
  id: name,
  kind: "resume" as const,
  name,
  text: readFileSync(new URL(name, RESUMES), "utf8"),
}));

/** A stretch of words of one of the documents. */
const stretch = fc
  .tuple(
    fc.constantFrom(...documents),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 4, max: 25 }),
  )
  .map(([document, where, length]) => {
    const words = [...document.text.matchAll(/\S+/g)];
    const first = Math.floor(where * Math.max(0, words.length - length));
    const last = words[Math.min(words.length - 1, first + length - 1)];
    const from = words[first]?.index ?? 0;
    return { document, quote: document.text.slice(from, (last?.index ?? 0) + (last?.[0].length ?? 0)) };
  })
  .filter(({ quote }) => quote.replace(/\s/g, "").length >= 8);

/** Ways in which an assistant hands back what it has read. */
const retyped = (quote: string): string[] => [
  quote,
  quote.replace(/\s+/g, " "),
  quote.normalize("NFD"),
  quote.replace(/"/g, "”").replace(/'/g, "’"),
  `  ${quote.replace(/ /g, "  ")}\n`,
];

describe("findQuote", () => {
  it("accepts every right quote, however it was spaced or its quotation marks were typed", () => {
    fc.assert(
      fc.property(stretch, ({ document, quote }) => {
        for (const typed of retyped(quote)) {
          const found = accepted(typed, [document]);
          expect(document.text.slice(found.start, found.end)).toBe(found.quote);
          expect(found.quote.replace(/\s+/g, " ")).toBe(quote.replace(/\s+/g, " "));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("refuses every quote in which a figure or a word was changed", () => {
    const alter = (quote: string): string =>
      /\d/.test(quote)
        ? quote.replace(/\d/, (d) => String((Number(d) + 7) % 10))
        : quote.replace(/\p{L}{4,}/u, "elsewhere");
    fc.assert(
      fc.property(stretch, ({ quote }) => {
        fc.pre(alter(quote) !== quote);
        expect(findQuote(alter(quote), documents)).toHaveProperty("message");
      }),
      { numRuns: 150 },
    );
  });

  it("names the nearest passage", () => {
    expect(findQuote("Cut GPU spend by 63% (from $92k", documents)).toMatchObject({
      hint: expect.stringMatching(/Cut GPU spend by 43/),
    });
  });

  it.each([
    ["short", "12"],
    ["blank", "        "],
    ["long", "word ".repeat(400)],
  ])("refuses what is too %s", (_name, quote) => {
    expect(findQuote(quote, documents)).toMatchObject({
      message: expect.stringMatching(/too (short|long)/),
    });
  });

  it.each([
    ["a bullet", "• Cut GPU spend by 43%"],
    ["Markdown marks", "**Cut GPU spend by 43%**"],
    ["quotation marks", "“Cut GPU spend by 43%”"],
    ["a full stop", "Cut GPU spend by 43%."],
    ["a small first letter", "cut GPU spend by 43%"],
  ])("takes %s around the words, and stores the span of the original", (_name, quote) => {
    expect(accepted(quote, documents).quote).toBe("Cut GPU spend by 43%");
  });

  it("gives offsets into the original, in UTF-16 units, past emoji and accents", () => {
    const text = "🦊🦊 Zoe\u0308 ran\n  12 models in production";
    const found = accepted("Zoë ran 12 models", [{ id: "d", kind: "resume", name: "d", text }]);
    expect(text.slice(found.start, found.end)).toBe("Zoe\u0308 ran\n  12 models");
  });
});
