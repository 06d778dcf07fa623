import type { Piece, Segment } from "./pieces.ts";

/** The text of a segment, and what was found on the way. */
export type Words = { readonly text: string; readonly signs: number; readonly spacedOut: boolean };

/** How much wider than the usual gap one is that parts words, as a part of the height; less where a blank was drawn too. */
const SPACE_EMS = 0.1;
const DRAWN_SPACE_EMS = 0.04;
/** Between signs that fill a square each, such as those of Chinese. */
const WIDE_SPACE_EMS = 0.4;
/** From this gap between most letters on, they are spaced out, and only a wider gap parts words. */
const SPACED_OUT_EMS = 0.12;
const MIN_SPACED_OUT = 5;
const WIDER = 1.5;
/** More than the height of a letter has in widths of one. */
const EMS_PER_WIDTH = 3;
/** A line of that many letters without any wider gap is taken for more words than one. */
const LONG_WORD = 30;

/** A sign that stands for no letter within a word. */
const NO_LETTER = "\ufffd";

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u;
const isWide = (piece: Piece | undefined): boolean => WIDE.test(piece?.letters ?? "");
const isAlphabetic = (piece: Piece | undefined): boolean =>
  /[\p{L}\p{N}]/u.test(piece?.letters ?? "") && !isWide(piece);

export function wordsIn({ pieces }: Segment): Words {
  // Letters that are squeezed have gaps that are squeezed.
  const wide = pieces.reduce((sum, { left, right }) => sum + right - left, 0) / pieces.length;
  const gaps = pieces.slice(1).map((piece, n) => {
    const before = pieces[n] ?? piece;
    return (
      (piece.left - before.right) / Math.min(Math.max(piece.em, before.em), wide * EMS_PER_WIDTH || piece.em)
    );
  });
  const between = gaps.filter((_, n) => isAlphabetic(pieces[n]) && isAlphabetic(pieces[n + 1]));
  const usual = [...between].sort((a, b) => a - b)[Math.floor(between.length / 2)] ?? 0;
  const isSpacedOut = between.length >= MIN_SPACED_OUT && usual > SPACED_OUT_EMS;
  const parts = (piece: Piece, before: Piece | undefined, gap: number) => {
    if (isSpacedOut) return gap > usual * WIDER;
    if (piece.spaced && gap > DRAWN_SPACE_EMS) return true;
    return gap > (isWide(piece) && isWide(before) ? WIDE_SPACE_EMS : Math.max(0, usual) + SPACE_EMS);
  };
  const words: Piece[][] = [];
  for (const [n, piece] of pieces.entries()) {
    if (n === 0 || parts(piece, pieces[n - 1], gaps[n - 1] ?? 0)) words.push([piece]);
    else words.at(-1)?.push(piece);
  }
  const texts = words.map(wordOf).filter((text) => text !== "");
  return {
    text: inReadingOrder(texts).join(" "),
    signs: pieces.filter(({ letters }) => letters === undefined).length,
    spacedOut: isSpacedOut && words.length === 1 && between.length > LONG_WORD,
  };
}

/**
 * The letters of a word. Signs without letters are left out at its ends when they come from another font, as icons do, and
 * when it has no letters at all.
 */
function wordOf(pieces: readonly Piece[]): string {
  const lettered = pieces.findIndex(({ letters }) => letters !== undefined);
  const last = pieces.findLastIndex(({ letters }) => letters !== undefined);
  const isIcon = (piece: Piece, n: number): boolean =>
    piece.letters === undefined &&
    (n < lettered || n > last) &&
    piece.mark.run.font !== pieces[n < lettered ? lettered : last]?.mark.run.font;
  if (lettered === -1) return "";
  return accented(pieces.filter((piece, n) => !isIcon(piece, n)))
    .map(({ letters }) => letters ?? NO_LETTER)
    .join("");
}

/** Accents that are signs of their own, with the marks that join a letter. */
const ACCENTS: Readonly<Record<string, string>> = {
  ...{
    "`": "\u0300",
    "´": "\u0301",
    ˆ: "\u0302",
    "^": "\u0302",
    "˜": "\u0303",
    "~": "\u0303",
    "¯": "\u0304",
  },
  ...{ "˘": "\u0306", "˙": "\u0307", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b", ˇ: "\u030c" },
  ...{ "¸": "\u0327", "˛": "\u0328" },
};
const DOTLESS: Readonly<Record<string, string>> = { ı: "i", ȷ: "j" };
/** How much of the narrower of a letter and its accent stands over the other. */
const OVER_SHARE = 0.6;

/** Letters with the accents that are drawn over them, as TeX does in its older fonts. */
function accented(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    const letters = last && (withAccent(last, piece) ?? withAccent(piece, last));
    if (last && letters !== undefined) out[out.length - 1] = { ...last, letters };
    else out.push(piece);
  }
  return out;
}

function withAccent(accent: Piece, base: Piece): string | undefined {
  const mark = ACCENTS[accent.letters ?? ""];
  const letter = DOTLESS[base.letters ?? ""] ?? base.letters ?? "";
  if (mark === undefined || !/^\p{L}\p{M}*$/u.test(letter)) return undefined;
  const over = Math.min(accent.right, base.right) - Math.max(accent.left, base.left);
  const narrower = Math.min(accent.right - accent.left, base.right - base.left);
  const together = (letter + mark).normalize("NFC");
  return over > narrower * OVER_SHARE ? together : undefined;
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** Words as they stand from left to right, in the order in which they are read. */
function inReadingOrder(words: readonly string[]): string[] {
  const reversed = words.filter((word) => RIGHT_TO_LEFT.test(word)).length;
  if (reversed === 0) return [...words];
  const turned = (word: string) => (RIGHT_TO_LEFT.test(word) ? [...word].reverse().join("") : word);
  const isMain = reversed * 2 >= words.length;
  const groups: string[][] = [];
  let side: boolean | undefined;
  for (const word of words) {
    const other = RIGHT_TO_LEFT.test(word) !== isMain;
    if (other && side === other) groups.at(-1)?.push(word);
    else groups.push([word]);
    side = other;
  }
  // In a line from right to left the groups are turned, in one from left to right the words of a group.
  const lines = isMain
    ? groups.reverse()
    : groups.map((group) => (group.some((w) => RIGHT_TO_LEFT.test(w)) ? group.reverse() : group));
  return lines.flat().map(turned);
}
