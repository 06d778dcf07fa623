import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPdf } from "../../src/documents/pdf/read.ts";
import { line, lines, type PdfPage, pdfOf, picture } from "../support/pdf.ts";
import { HIDDEN, OPEN, SHOWN } from "../support/pdf-kinds.ts";

const LINES = [
  "Oskar Lindqvist",
  "Data analyst, Ockham Bank, 2018 to now",
  "Weekly notebooks for the credit desk, AUC 0.81",
  "Features for two churn models",
];
const EXTRA = "Ran 40 models in production";
const AT = { x: 60, y: 500 };
const rule = "q 0.1 0.1 0.3 rg 60 800 475 2 re f Q\n";

/** A document with one more line, drawn in a way of its own. */
const withLine = (way: PdfPage): PdfPage => ({
  ...way,
  content: `${rule}${lines(LINES, 60, 740)}${way.content}${line("Lisbon", 60, 300)}`,
});
const read = async (page: PdfPage) => readPdf(pdfOf(page));
const SHOWN_TEXT = [...LINES, "Lisbon"].join("\n");

describe("a line that nobody sees", () => {
  it.each(Object.entries(HIDDEN))("is kept apart when it is %s", async (_name, [why, way]) => {
    expect(await read(withLine(way(EXTRA, AT)))).toEqual({
      pages: [SHOWN_TEXT],
      hidden: [{ text: EXTRA, why }],
      signs_without_letter: 0,
      warnings: [],
    });
  });
});

describe("a line that a person sees", () => {
  it.each(Object.entries(SHOWN))("is read when it is %s", async (_name, way) => {
    expect(await read(withLine(way(EXTRA, AT)))).toEqual({
      pages: [[...LINES, EXTRA, "Lisbon"].join("\n")],
      hidden: [],
      signs_without_letter: 0,
      warnings: [],
    });
  });
});

describe("a line of which nobody can tell whether it is seen", () => {
  it.each(Object.entries(OPEN))("is read with a warning when it is %s", async (_name, way) => {
    expect(await read(withLine(way(EXTRA, AT)))).toMatchObject({
      pages: [[...LINES, EXTRA, "Lisbon"].join("\n")],
      hidden: [],
      warnings: ["over_picture"],
    });
  });
});

describe("a form that is filled in", () => {
  it("is read, for it is printed with the page", async () => {
    const annotation = { rect: "60 400 400 420", dict: "/BBox [0 0 340 20]", data: line(EXTRA, 2, 5) };
    expect((await read({ content: lines(LINES, 60, 740), annotation })).pages).toEqual([
      [...LINES, EXTRA].join("\n"),
    ]);
  });
});

describe("a scan", () => {
  const scanned = { x: 60, y: 780 };
  /** A page of paper with bars of ink where the lines stand. */
  const paper = picture(119, 168, (x, y) => (x > 12 && x < 90 && y > 9 && y < 23 && y % 4 < 2 ? 40 : 248));
  const page = (content: string): PdfPage => ({ content, resources: { XObject: { Scan: paper } } });
  const draw = "q 595 0 0 842 0 0 cm /Scan Do Q\n";
  const recognised = `q 3 Tr ${lines(LINES, scanned.x, scanned.y)}Q\n`;

  it("is read from the recognised text over it, and called a scan", async () => {
    expect(await read(page(draw + recognised))).toMatchObject({
      pages: [LINES.join("\n")],
      hidden: [],
      warnings: ["recognised_scan"],
    });
  });

  it("is read from the recognised text under it", async () => {
    const under = lines(LINES, scanned.x, scanned.y) + draw;
    expect(await read(page(under))).toMatchObject({
      pages: [LINES.join("\n")],
      hidden: [],
      warnings: ["recognised_scan"],
    });
  });

  it("keeps apart what is recognised on empty paper, and what is printed in white", async () => {
    const extra = `q 3 Tr ${line(EXTRA, 60, 100)}Q q 1 g ${line("Led a team of nine", 60, 60)}Q\n`;
    expect(await read(page(draw + recognised + extra))).toMatchObject({
      pages: [LINES.join("\n")],
      hidden: [
        { text: EXTRA, why: "invisible_mode" },
        { text: "Led a team of nine", why: "colour" },
      ],
    });
  });

  it("is none when the page is printed too, or the picture is a small one", async () => {
    const printed = page(draw + lines(LINES, 60, 400) + recognised);
    const logo = page(`q 60 0 0 60 500 760 cm /Scan Do Q ${lines(LINES, 60, 400)}${recognised}`);
    for (const each of [printed, logo])
      expect(await read(each)).toMatchObject({
        pages: [LINES.join("\n")],
        hidden: [{ text: LINES.join("\n"), why: "invisible_mode" }],
        warnings: [],
      });
  });

  it("is none when the picture is empty paper", async () => {
    const blank = { content: draw + recognised, resources: { XObject: { Scan: picture(9, 9, () => 255) } } };
    expect(await read(blank)).toMatchObject({ pages: [""], warnings: [] });
  });
});

describe("hiding any line of a document", () => {
  it("takes it out of what is shown and changes nothing else, and showing it again restores it", async () => {
    const words = fc
      .array(fc.constantFrom("Ran", "models", "on", "KServe", "0.11", "p99", "team", "Lisbon,"), {
        minLength: 2,
        maxLength: 6,
      })
      .map((each) => each.join(" "));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(words, { minLength: 2, maxLength: 6 }),
        fc.nat(),
        fc.constantFrom(...Object.values(HIDDEN)),
        fc.constantFrom(...Object.values(SHOWN)),
        async (texts, which, [why, hide], show) => {
          const n = which % texts.length;
          const at = (k: number) => ({ x: 60, y: 740 - k * 40 });
          const draw = (way: typeof hide) => {
            const own = way(texts[n] ?? "", at(n));
            const content = texts
              .map((text, k) => (k === n ? own.content : line(text, 60, at(k).y)))
              .join("");
            return read({ ...own, content });
          };
          const hidden = await draw(hide);
          expect(hidden.pages).toEqual([texts.filter((_, k) => k !== n).join("\n")]);
          expect(hidden.hidden).toEqual([{ text: texts[n], why }]);
          expect(await draw(show)).toMatchObject({ pages: [texts.join("\n")], hidden: [] });
        },
      ),
      { numRuns: 60 },
    );
  });
});
