import { PLAIN_LETTERS } from "../text/letters.ts";

/**
 * The one form in which a query's words are compared with those of documents. The database does the same to what is
 * stored (function `greenflag_words` of the migrations), independently of its locale; a test compares the two.
 */

/** Marks on letters, which are left out: accents, and the voice marks of kana. */
const MARKS: readonly (readonly [first: number, last: number])[] = [
  [0x0300, 0x036f],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0x3099, 0x309a],
];

/** What is no part of a word: punctuation, signs, emoji. Decomposed text has no others that are common. */
const SEPARATORS: readonly (readonly [first: number, last: number])[] = [
  [0x0001, 0x002f],
  [0x003a, 0x0040],
  [0x005b, 0x0060],
  [0x007b, 0x00bf],
  [0x00d7, 0x00d7],
  [0x00f7, 0x00f7],
  [0x02b9, 0x02ff],
  [0x0559, 0x055f],
  [0x0589, 0x058a],
  [0x05be, 0x05be],
  [0x05f3, 0x05f4],
  [0x060c, 0x060d],
  [0x061b, 0x061f],
  [0x066a, 0x066d],
  [0x06d4, 0x06d4],
  [0x0964, 0x0965],
  [0x1680, 0x1680],
  [0x2000, 0x2bff],
  [0x2e00, 0x2e7f],
  [0x3000, 0x3004],
  [0x3008, 0x3030],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe6f],
  [0xfff0, 0xffff],
  [0x1f000, 0x1faff],
  [0xe0000, 0xe01ef],
];

/** Scripts that write no blank between words: each of their characters is a word, and a word of several a phrase. */
const UNSPACED: readonly (readonly [first: number, last: number])[] = [
  [0x3040, 0x30ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0x20000, 0x323af],
];

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, n) => first + n);
const shifted = (first: number, last: number, by: number) =>
  range(first, last).map((code) => [String.fromCodePoint(code), String.fromCodePoint(code + by)] as const);

/** Letters with case, and those with a plain form. */
const LETTERS: readonly (readonly [letter: string, folded: string])[] = [
  ...shifted(0x41, 0x5a, 32),
  ...shifted(0x391, 0x3a1, 32),
  ...shifted(0x3a3, 0x3a9, 32),
  ["ς", "σ"],
  ...shifted(0x410, 0x42f, 32),
  ...shifted(0x400, 0x40f, 80),
  ...shifted(0x531, 0x556, 48),
  ...[..."ҐҒҖҚҢҮҰҲҺӘӨ"].map((upper) => [upper, upper.toLowerCase()] as const),
  ["Ŋ", "ŋ"],
  ...Object.entries(PLAIN_LETTERS),
  ...[..."ẞÆŒÞÐĐØŁĦŦ"].map((upper) => [upper, PLAIN_LETTERS[upper.toLowerCase()] ?? upper] as const),
];

const FOLDED = new Map(LETTERS);

/** Longer words than any; of what is longer, the beginning is compared. */
const MAX_WORD_CHARS = 100;

const classOf = (ranges: typeof MARKS): string =>
  ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join("");
const MARK = new RegExp(`[${classOf(MARKS)}]+`, "gu");
const SEPARATOR = new RegExp(`[${classOf(SEPARATORS)}]+`, "u");
const ALONE = new RegExp(`[${classOf(UNSPACED)}]`, "gu");
/** Runs between blanks and signs. A character of a script that writes no blanks is a run of its own. */
export const RUN = new RegExp(`[${classOf(UNSPACED)}]|[^\\s!-/:-@[-\`{-~${classOf(UNSPACED)}]+`, "gu");
const PLAIN_WORD = /^[a-z0-9]{1,100}$/;

/** The words of a text, folded, in their order. */
export function searchWords(text: string): string[] {
  if (PLAIN_WORD.test(text)) return [text];
  return [...text.normalize("NFKD").replace(MARK, "")]
    .map((letter) => FOLDED.get(letter) ?? letter)
    .join("")
    .replace(ALONE, " $& ")
    .split(SEPARATOR)
    .filter((word) => word !== "")
    .map((word) => (word.length > MAX_WORD_CHARS ? [...word].slice(0, MAX_WORD_CHARS).join("") : word));
}
