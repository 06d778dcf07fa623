import { getDocument, OPS, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { TextItem } from "pdfjs-dist/types/src/display/api.js";
import type { Extracted } from "./extract.ts";
import { isNearWhite, TINY_POINTS } from "./seen.ts";
import { Unreadable } from "./unreadable.ts";

const PAGES = 50;

/** The text of a PDF, page by page. Annotations, metadata, scripts and attachments are ignored. */
export async function readPdf(bytes: Uint8Array): Promise<Extracted> {
  const loading = getDocument({
    data: bytes,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: 0,
  });
  const document = await loading.promise.catch((error: { name?: string }) => {
    throw new Unreadable(error.name === "PasswordException" ? "encrypted" : "broken");
  });
  if (document.numPages > PAGES) throw new Unreadable("pages");
  const pages: string[] = [];
  const hidden: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const read = await readPage(await document.getPage(number));
    pages.push(read.shown);
    if (read.hidden !== "") hidden.push(read.hidden);
  }
  return {
    pages,
    hidden: hidden.map((text) => ({ text, why: "colour" as const })),
    signs_without_letter: 0,
    warnings: [],
  };
}

async function readPage(page: PDFPageProxy): Promise<{ shown: string; hidden: string }> {
  const drawn = await drawnText(page);
  const content = await page.getTextContent({ disableNormalization: true });
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const seen = { shown: "", hidden: "" };
  let at = 0;
  for (const item of content.items) {
    if (!("str" in item)) continue;
    const { hidden, next } = isHidden(item, drawn, at);
    at = next;
    const [, , , , x = 0, y = 0] = item.transform as number[];
    const off = x < left - 1 || x > right + 1 || y < bottom - 1 || y > top + 1;
    const tiny =
      item.str.trim() !== "" &&
      Math.hypot(item.transform[2] as number, item.transform[3] as number) < TINY_POINTS;
    seen[hidden || off || tiny ? "hidden" : "shown"] += item.str + (item.hasEOL ? "\n" : "");
  }
  return { shown: seen.shown.replace(/[ \t]+\n/g, "\n").trim(), hidden: seen.hidden.trim() };
}

/** A character drawn on the page. `unseen` when a reader cannot see it. */
type Drawn = { readonly char: string; readonly unseen: boolean };

type State = { colour: string; mode: number };
const INVISIBLE = 3;
const ON_PAPER: State = { colour: "#000000", mode: 0 };

/**
 * Every character in drawing order, with whether it is visible. White text counts as visible once anything on the page
 * was filled.
 */
async function drawnText(page: PDFPageProxy): Promise<Drawn[]> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const drawn: Drawn[] = [];
  const saved: State[] = [];
  let state = { ...ON_PAPER };
  let filled = false;
  fnArray.forEach((fn, n) => {
    const args = (argsArray[n] ?? []) as unknown[];
    if (fn === OPS.save) saved.push({ ...state });
    else if (fn === OPS.restore) state = saved.pop() ?? { ...ON_PAPER };
    else if (fn === OPS.setFillRGBColor) state.colour = String(args[0]);
    else if (fn === OPS.setTextRenderingMode) state.mode = Number(args[0]);
    else if (fn === OPS.constructPath && !isNearWhite(state.colour)) filled ||= FILLS.has(Number(args[0]));
    else if (fn === OPS.paintImageXObject || fn === OPS.shadingFill) filled = true;
    else if (fn === OPS.showText) {
      const unseen = state.mode === INVISIBLE || (isNearWhite(state.colour) && !filled);
      for (const glyph of (args[0] ?? []) as unknown[]) {
        const unicode =
          typeof glyph === "object" && glyph !== null
            ? String((glyph as { unicode?: unknown }).unicode ?? "")
            : "";
        for (const char of unicode) if (char.trim() !== "") drawn.push({ char, unseen });
      }
    }
  });
  return drawn;
}
const FILLS = new Set<number>([
  OPS.fill,
  OPS.eoFill,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
]);

const LOOK_AHEAD = 40;

/**
 * Matches a text item with the drawn characters, both in drawing order. It is hidden when most of its characters are
 * unseen.
 */
function isHidden(
  { str }: TextItem,
  drawn: readonly Drawn[],
  from: number,
): { hidden: boolean; next: number } {
  let at = from;
  let [unseen, matched] = [0, 0];
  for (const char of str) {
    if (char.trim() === "") continue;
    for (let ahead = at; ahead < Math.min(drawn.length, at + LOOK_AHEAD); ahead += 1) {
      if (drawn[ahead]?.char !== char) continue;
      matched += 1;
      unseen += drawn[ahead]?.unseen ? 1 : 0;
      at = ahead + 1;
      break;
    }
  }
  return { hidden: matched > 0 && unseen > matched / 2, next: at };
}
