import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Extracted } from "../../src/documents/extract.ts";
import { readPdf } from "../../src/documents/pdf/read.ts";
import { Unreadable } from "../../src/documents/unreadable.ts";
import { line, lines, type PdfPage, pdfOf } from "../support/pdf.ts";
import { HIDDEN, SHOWN } from "../support/pdf-kinds.ts";

const AT = { x: 60, y: 500 };
const ways = [...Object.values(HIDDEN).map(([, way]) => way), ...Object.values(SHOWN)];
const files = ways.map((way) => {
  const own = way("Ran 40 models in production", AT);
  return pdfOf({ ...own, content: lines(["Oskar Lindqvist", "Data analyst"], 60, 740) + own.content });
});

/** What reading gives: an answer of the right shape, or that the file cannot be read. Anything else fails. */
async function outcome(bytes: Uint8Array): Promise<"read" | "unreadable"> {
  try {
    Extracted.parse(await readPdf(bytes));
    return "read";
  } catch (error) {
    if (error instanceof Unreadable) return "unreadable";
    throw error;
  }
}

describe("a damaged PDF", () => {
  it("is read, or refused as unreadable, wherever it is cut off", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (file, part) => {
          await outcome(file.slice(0, Math.floor(file.length * part)));
        },
      ),
      { numRuns: 150, seed: 16 },
    );
  });

  it("is read, or refused as unreadable, whichever bits are wrong", async () => {
    const flips = fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 7 })),
      {
        minLength: 1,
        maxLength: 24,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), flips, async (file, places) => {
        const bytes = file.slice();
        for (const [part, bit] of places) {
          const at = Math.min(bytes.length - 1, Math.floor(bytes.length * part));
          bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        }
        await outcome(bytes);
      }),
      { numRuns: 250, seed: 16 },
    );
  });

  it("is read whatever operators stand in its content", async () => {
    const operator = fc.constantFrom(
      ...[
        "q",
        "Q",
        "BT",
        "ET",
        "W n",
        "W* n",
        "0 0 m",
        "9 9 l",
        "h",
        "f",
        "S",
        "B*",
        "sh",
        "/F1 11 Tf",
        "/None Do",
      ],
      ...[
        "(Ran) Tj",
        "[(Ran) -900 (on)] TJ",
        "(x) '",
        '1 2 (x) "',
        "7 Tr",
        "3 Tr",
        "0 Tz",
        "1e9 Ts",
        "-11 TL",
        "T*",
      ],
      ...[
        "/OC /Gone BDC",
        "BMC",
        "EMC",
        "EMC EMC",
        "0 0 0 0 0 0 cm",
        "1 0 0 1 1e30 1e30 cm",
        "NaN w",
        "/Pattern cs /P scn",
      ],
      ...[
        "1 1 1 rg",
        "0.2 g",
        "/G gs",
        "0 0 600 900 re f",
        "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI",
        "1 0 0 1 60 700 Tm",
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(operator, { maxLength: 60 }), async (operators) => {
        const content = `${line("Oskar", 60, 780)}${operators.join("\n")}\n`;
        expect(await outcome(pdfOf({ content }))).toBe("read");
      }),
      { numRuns: 200, seed: 16 },
    );
  });
});

describe("a PDF that is too much", () => {
  it("is refused when it has more than 50 pages", async () => {
    const pages: PdfPage[] = Array.from({ length: 51 }, () => ({ content: line("x", 60, 740) }));
    await expect(readPdf(pdfOf(...pages))).rejects.toMatchObject({ reason: "pages" });
  });

  it("is refused when it saves its state without end", async () => {
    await expect(readPdf(pdfOf({ content: "q ".repeat(6_000) }))).rejects.toMatchObject({ reason: "broken" });
  });

  it("is read with a warning when more is painted over its text than can be compared", async () => {
    const frames = "0 0 595 842 re 1 1 593 840 re f*\n".repeat(3_000);
    const content = frames + lines(Array(60).fill("Ran 14 models in production on KServe"), 60, 800, 12);
    const { pages, warnings } = await readPdf(pdfOf({ content }));
    expect(pages[0]).toContain("Ran 14 models");
    expect(warnings).toContain("over_picture");
  });
});
