import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { assess } from "../../../src/domain/evaluation/assessment.ts";
import {
  foundWithReadings,
  type ReadingOfDocument,
} from "../../../src/domain/evaluation/evaluate-readings.ts";
import { compileRubric } from "../../../src/domain/evidence/compile.ts";
import { type Labelled, measure } from "../../../src/domain/evidence/measure.ts";
import { findQuote } from "../../../src/domain/evidence/quote.ts";

const linesOf = <T>(file: string): T[] =>
  readFileSync(new URL(`readings/${file}`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);

const rubric = compileRubric(loadCatalog({}).get("mlops-engineer").rubric);
const labelled = linesOf<Labelled>("dev-labelled.jsonl");
/** Made by a reader who saw the definitions of the flags, and no label. */
const readings = linesOf<ReadingOfDocument>("dev.jsonl");

const documentsOf = ({ id, text }: Labelled) => [{ id, kind: "resume" as const, name: id, text }];
const by = { by: "assistant", author: { client: "test", member: "reader@example.test" } } as const;
const rightQuotes = labelled.flatMap((document) =>
  Object.values(document.flags).flatMap((quotes) => quotes.map((quote) => ({ document, quote }))),
);

describe("readings of the development documents", () => {
  it("settle each document in two calls, and leave nothing to read", () => {
    for (const document of labelled) {
      const given = { lane: null, documents: documentsOf(document), findings: [] };
      const findings = readings.find(({ id }) => id === document.id)?.findings ?? [];
      const toRead = assess(rubric, given).assessment.to_read;
      expect(toRead.length, document.id).toBeGreaterThan(0);
      expect(findings.map(({ flag }) => flag)).toEqual(expect.arrayContaining(toRead));
      const added = findings.map((finding) => ({ ...finding, ...by }));
      expect(assess(rubric, { ...given, added }).assessment.to_read, document.id).toEqual([]);
    }
  });

  it("agree with the labels, and no quote that stands in the text is refused", () => {
    const found = foundWithReadings(rubric, labelled, readings);
    const { all, green } = measure(
      labelled,
      found.predicted,
      rubric.flags.map(({ flag }) => flag),
    );
    expect(found.refused).toBe(0);
    expect(found.toRead).toBe(0);
    expect(found.verified / (found.verified + found.claimed)).toBeGreaterThanOrEqual(0.9);
    expect(green.precision).toBeGreaterThanOrEqual(0.98);
    expect(all.precision).toBeGreaterThanOrEqual(0.97);
    expect(all.macroF1).toBeGreaterThanOrEqual(0.97);
  });
});

/** Ways to change one word or figure of a quote; each must change what it says. */
const ALTERATIONS: Record<string, (quote: string) => string> = {
  "the first figure is another": (quote) => quote.replace(/\d/, (digit) => String((Number(digit) + 3) % 10)),
  "the last figure is another": (quote) =>
    quote.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 4) % 10)),
  "a figure has one more digit": (quote) => quote.replace(/\d+/, "$&7"),
  "the first long word is another": (quote) => quote.replace(/\p{L}{4,}/u, "elsewhere"),
  "the last long word is another": (quote) => quote.replace(/\p{L}{4,}(?!.*\p{L}{4})/su, "elsewhere"),
  "a word in the middle is left out": (quote) => {
    const words = quote.split(/\s+/);
    return words.length < 5 ? quote : words.toSpliced(Math.floor(words.length / 2), 1).join(" ");
  },
  "a word is added": (quote) => quote.replace(/(?<=\p{L})\s+(?=\p{L})/u, " never "),
};

describe("quotes", () => {
  it("are taken as they are labelled", () => {
    for (const { document, quote } of rightQuotes)
      expect(findQuote(quote, documentsOf(document)), quote).not.toHaveProperty("message");
  });

  it.each(Object.entries(ALTERATIONS))("are refused where %s", (_name, alter) => {
    for (const { document, quote } of rightQuotes) {
      const altered = alter(quote);
      const isElsewhere = document.text.replace(/\s+/g, " ").includes(altered.replace(/\s+/g, " "));
      if (altered === quote || isElsewhere) continue;
      expect(findQuote(altered, documentsOf(document)), altered).toHaveProperty("message");
    }
  });

  it("that show nothing verify no green flag: names, addresses, titles, schools", () => {
    const EDUCATION =
      /\b(?:BSc|MSc|B\.Sc|M\.Sc|BA|MA|PhD|Diploma|degree|University|Universit\S+|Institute)\b/;
    const TITLE = /^(?:Senior |Staff |Lead |ML|MLOps|Machine|Data|Software|Platform|DevOps)[\w ,/-]{5,60}$/;
    const offered = labelled.flatMap((document) => {
      const lines = document.text.split("\n").map((line) => line.trim());
      const isLabelled = (line: string) =>
        Object.values(document.flags).some((quotes) =>
          quotes.some((quote) => quote.includes(line) || line.includes(quote)),
        );
      return [
        ...lines.slice(0, 1),
        ...lines.filter((l) => l.includes("@") || EDUCATION.test(l) || TITLE.test(l)),
      ]
        .filter((line) => line.length >= 8 && !isLabelled(line))
        .map((quote) => ({ document, quote }));
    });
    expect(offered.length).toBeGreaterThan(80);
    const greens = rubric.flags.filter(({ flag }) => flag.polarity === "green").map(({ flag }) => flag.id);
    const verified = offered.flatMap(({ document, quote }) => {
      const added = greens.map((flag) => ({
        flag,
        verdict: "present" as const,
        quotes: [quote],
        note: "so",
        ...by,
      }));
      const given = { lane: null, documents: documentsOf(document), findings: [], added };
      return assess(rubric, given).assessment.flags.flatMap(({ id, readings }) =>
        readings.some((reading) => reading.by === "assistant" && reading.support === "verified")
          ? [`${document.id} ${id}: ${quote}`]
          : [],
      );
    });
    expect(verified).toEqual([]);
  });
});
