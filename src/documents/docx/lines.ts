import type { HiddenPart, HiddenWhy } from "../../domain/candidates/hidden.ts";
import type { Rgb } from "../contrast.ts";

/** Where on the paper a text stands, by estimate: the page from 0, points from its top. */
export type Spot = { readonly page: number; readonly top: number };

/** A text that the paper would hide: it is seen only where something else is painted behind it. */
export type Doubt = Spot & { readonly colour: Rgb; readonly group: symbol | undefined };

/** A stretch of text of one look. */
export type Piece = { readonly text: string; readonly why?: HiddenWhy; readonly doubt?: Doubt };

export type Line = readonly Piece[];

/** The longest cell that stands on one line with its neighbours. */
const MAX_SHORT_CELL_CHARS = 80;

/** Pieces cut where a line ends within them. */
export function linesOf(pieces: readonly Piece[]): Line[] {
  const lines: Piece[][] = [[]];
  for (const piece of pieces) {
    piece.text.split("\n").forEach((text, n) => {
      if (n > 0) lines.push([]);
      if (text !== "") lines.at(-1)?.push({ ...piece, text });
    });
  }
  return lines;
}

const isBlank = (line: Line): boolean => line.every(({ text }) => text.trim() === "");
const charsOf = (line: Line): number => line.reduce((sum, { text }) => sum + text.length, 0);

/**
 * A row of a table. Short cells stand beside each other, apart by a tab: a date beside the first line of its entry. Cells
 * of several lines follow one another.
 */
export function rowLines(cells: readonly (readonly Line[])[]): Line[] {
  const filled = cells.map(withoutBlankEnds).filter((lines) => lines.length > 0);
  const long = filled.filter((lines) => lines.length > 1);
  const isBeside = filled.every(([first = []]) => charsOf(first) <= MAX_SHORT_CELL_CHARS);
  if (long.length > 1 || !isBeside) return filled.flat();
  const first = filled.flatMap(([line = []], n) => (n === 0 ? line : [{ text: "\t" }, ...line]));
  return [first, ...(long[0]?.slice(1) ?? [])].filter((line) => line.length > 0);
}

function withoutBlankEnds(lines: readonly Line[]): readonly Line[] {
  const from = lines.findIndex((line) => !isBlank(line));
  const to = lines.findLastIndex((line) => !isBlank(line));
  return from < 0 ? [] : lines.slice(from, to + 1);
}

/** Joins two runs of lines where a deleted end of paragraph lets the second go on in the last line of the first. */
export const joined = (before: readonly Line[], after: readonly Line[]): Line[] => [
  ...before.slice(0, -1),
  [...(before.at(-1) ?? []), ...(after[0] ?? [])],
  ...after.slice(1),
];

/**
 * The text that is seen, and what is hidden in the order of the file. Hidden blanks and signs alone show nothing and are
 * left out.
 */
export function settle(
  lines: readonly Line[],
  whyOf: (piece: Piece) => HiddenWhy | undefined,
): { shown: string; hidden: HiddenPart[] } {
  const shown: string[] = [];
  const hidden: { text: string; why: HiddenWhy }[] = [];
  for (const line of lines) {
    let text = "";
    let last: { text: string; why: HiddenWhy } | undefined;
    for (const piece of line) {
      const why = piece.text.trim() === "" ? undefined : whyOf(piece);
      if (why === undefined) {
        text += piece.text;
        if (piece.text.trim() !== "") last = undefined;
        else if (last) last.text += piece.text;
      } else if (last?.why === why) last.text += piece.text;
      else {
        last = { text: piece.text, why };
        hidden.push(last);
      }
    }
    const isHiddenOnly = text.trim() === "" && line.some((piece) => piece.text.trim() !== "");
    if (!isHiddenOnly) shown.push(text.trimEnd());
  }
  const text = shown.join("\n").replace(/\n{3,}/g, "\n\n");
  return {
    shown: text.replace(/^\n+|\n+$/g, ""),
    hidden: hidden
      .map(({ text, why }) => ({ text: text.trim(), why }))
      .filter((entry) => /[\p{L}\p{N}]/u.test(entry.text)),
  };
}
