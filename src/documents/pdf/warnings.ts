import { FOLLOWERS } from "./followers.ts";

const MIN_PAIRS = 40;
const USUAL_SHARE = 0.88;
const MIN_LETTERS = 40;
const LETTER_SHARE = 0.45;

/**
 * Whether a font gave other letters than it drew. In languages written in Latin letters nearly all pairs of letters are
 * among those that follow each other in one of them; letters that were exchanged make other pairs. Words in capitals or
 * with digits are not counted, other scripts neither.
 */
export function isGarbled(text: string): boolean {
  const printed = text.replace(/\s/g, "").length;
  const letters = text.match(/[\p{L}\p{M}\d]/gu)?.length ?? 0;
  if (printed >= MIN_LETTERS && letters < printed * LETTER_SHARE) return true;
  const words =
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .match(/(?<![\p{L}\d])\p{L}?[a-z]{3,}(?![\p{L}\d])/gu) ?? [];
  let [usual, pairs] = [0, 0];
  for (const word of words)
    for (let n = 1; n < word.length; n += 1) {
      const first = word[n - 1]?.toLowerCase() ?? "";
      pairs += 1;
      if (!(first in FOLLOWERS) || FOLLOWERS[first]?.includes(word[n] ?? "")) usual += 1;
    }
  return pairs >= MIN_PAIRS && usual < pairs * USUAL_SHARE;
}

const MIN_SPACELESS_LETTERS = 80;
const LONG_LETTERS = 22;

/** Whether a text in an alphabet has hardly any spaces. */
export function lacksSpaces(text: string): boolean {
  const words = text.match(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+/gu) ?? [];
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const long = words.filter((word) => word.length > LONG_LETTERS).reduce((sum, word) => sum + word.length, 0);
  return letters >= MIN_SPACELESS_LETTERS && long > letters / 2;
}
