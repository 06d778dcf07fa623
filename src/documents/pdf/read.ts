import "../no-canvas.ts";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { HiddenWhy, TextWarning } from "../../domain/candidates/hidden.ts";
import type { Extracted } from "../extract.ts";
import { Unreadable } from "../unreadable.ts";
import { linesOf, type Part } from "./columns.ts";
import { IDENTITY, matrixOf } from "./geometry.ts";
import { type Mark, marksOf, stretchesOf } from "./marks.ts";
import { objectsOf } from "./objects.ts";
import type { Resources } from "./operands.ts";
import { Painter } from "./paint.ts";
import { type Segment, segmentsOf } from "./pieces.ts";
import { recognised } from "./scan.ts";
import { isGarbled, lacksSpaces } from "./warnings.ts";
import { type Words, wordsIn } from "./words.ts";

const MAX_PAGES = 50;
/** The folder of pdf.js, with the tables of Asian fonts and the readers of rarer pictures. */
const PDFJS = dirname(createRequire(import.meta.url).resolve("#pdfjs"));

/** What a person sees of a PDF, page by page, and apart from it what nobody sees. Metadata and attachments are ignored. */
export async function readPdf(bytes: Uint8Array): Promise<Extracted> {
  const loading = getDocument({
    data: bytes,
    disableFontFace: true,
    fontExtraProperties: true,
    useSystemFonts: false,
    verbosity: 0,
    cMapUrl: join(PDFJS, "cmaps/"),
    cMapPacked: true,
    wasmUrl: join(PDFJS, "wasm/"),
    standardFontDataUrl: join(PDFJS, "standard_fonts/"),
  });
  try {
    return await readPages(await loading.promise.catch(refuse));
  } finally {
    await loading.destroy();
  }
}

/** A file that pdf.js cannot open, or of which it cannot give a page. */
function refuse(error: { readonly name?: string }): never {
  throw new Unreadable(error.name === "PasswordException" ? "encrypted" : "broken");
}

async function readPages(document: PDFDocumentProxy): Promise<Extracted> {
  if (document.numPages > MAX_PAGES) throw new Unreadable("pages");
  const layers = await document.getOptionalContentConfig().catch(() => undefined);
  const isLayerOn = (layer: unknown) => layers === undefined || layers.isVisible(layer) !== false;
  const read: Extracted = { pages: [], hidden: [], signs_without_letter: 0, warnings: [] };
  const warnings = new Set<TextWarning>();
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number).catch(refuse);
    const { text, hidden, signs } = await readPage(page, isLayerOn, warnings);
    page.cleanup();
    read.pages.push(text);
    read.hidden.push(...hidden);
    read.signs_without_letter += signs;
  }
  const text = read.pages.join("\n");
  if (isGarbled(text)) warnings.add("garbled");
  if (lacksSpaces(text)) warnings.add("no_spaces");
  return { ...read, warnings: [...warnings] };
}

type ReadPage = Pick<Extracted, "hidden"> & { readonly text: string; readonly signs: number };

async function readPage(
  page: PDFPageProxy,
  isLayerOn: (layer: unknown) => boolean,
  warnings: Set<TextWarning>,
): Promise<ReadPage> {
  const operators = await page.getOperatorList().catch(refuse);
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const find = await objectsOf(page, operators);
  const resources: Resources = { fonts: page.commonObjs, find, isLayerOn };
  const painter = new Painter(resources, matrixOf(transform) ?? IDENTITY).walk(operators);
  const look = { sheet: painter.sheet, width, height };
  const marks = marksOf(painter.runs, look);
  const seen = marks.filter(({ glyph, verdict }) => verdict.why === undefined && !glyph.blank);
  const scanned = new Set(recognised(stretchesOf(marks), seen.length, look).flat());
  if (scanned.size > 0) warnings.add("recognised_scan");
  if (seen.some(({ glyph, verdict }) => verdict.doubtful && /[\p{L}\p{N}]/u.test(glyph.letters ?? "")))
    warnings.add("over_picture");
  const isShown = (mark: Mark) => mark.glyph.blank || mark.verdict.why === undefined || scanned.has(mark);
  const { lines, signs, spacedOut } = textOf(marks.filter(isShown));
  if (spacedOut) warnings.add("letter_spaced");
  return { text: lines.join("\n"), hidden: hiddenOf(marks, isShown), signs };
}

type Text = { readonly lines: readonly string[]; readonly signs: number; readonly spacedOut: boolean };

function textOf(marks: readonly Mark[]): Text {
  const all: Words[] = [];
  const lines = segmentsOf(marks).flatMap((segments) =>
    linesOf(
      segments.flatMap((segment) => {
        const words = wordsIn(segment);
        all.push(words);
        return words.text === "" ? [] : [partOf(segment, words.text)];
      }),
    ),
  );
  return {
    lines,
    signs: all.reduce((sum, { signs }) => sum + signs, 0),
    spacedOut: all.some(({ spacedOut }) => spacedOut),
  };
}

function partOf(segment: Segment, text: string): Part {
  const orders = segment.pieces.map(({ mark }) => mark.order);
  const isBold = segment.pieces.every(({ mark }) =>
    /bold|black|heavy|medium|semibold|,b|bx\d/i.test(mark.run.font.name),
  );
  return { ...segment, text, isBold, from: Math.min(...orders), to: Math.max(...orders) };
}

/** What nobody sees, a stretch of signs that are hidden in the same way an entry. Signs without letters accuse nobody. */
function hiddenOf(marks: readonly Mark[], isShown: (mark: Mark) => boolean): Extracted["hidden"] {
  const stretches: { why: HiddenWhy; marks: Mark[] }[] = [];
  let open: { why: HiddenWhy; marks: Mark[] } | undefined;
  for (const mark of marks) {
    if (mark.glyph.blank) open?.marks.push(mark);
    else if (isShown(mark) || mark.verdict.why === undefined) open = undefined;
    else {
      if (open?.why !== mark.verdict.why) {
        open = { why: mark.verdict.why, marks: [] };
        stretches.push(open);
      }
      open.marks.push(mark);
    }
  }
  return stretches.flatMap((stretch) => {
    const text = textOf(stretch.marks).lines.join("\n");
    const isOfWriter = (stretch.why === "off_page" && PAGE_NUMBER.test(text)) || WRITER_MARK.test(text);
    return /[\p{L}\p{N}]/u.test(text) && !isOfWriter ? [{ text, why: stretch.why }] : [];
  });
}
/** What a program that writes PDFs puts on each page where nobody sees it. */
const WRITER_MARK = /^Powered by TCPDF \(www\.tcpdf\.org\)$/;
/** What templates print below a page that is shorter than they think. */
const PAGE_NUMBER = /^(?:\p{L}{1,8}\.? )?\d{1,3}(?: ?(?:\/|\p{L}{1,5}) ?\d{1,3})?$/u;
