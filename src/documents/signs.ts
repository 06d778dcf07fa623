const PRIVATE = /\p{Co}/gu;
// Between letters the sign stands for some of them, and a mark shows that they are missing.
const PRIVATE_IN_WORD = /(?<=[\p{L}\p{N}])\p{Co}(?=[\p{L}\p{N}])/gu;

/** What stands for a printed sign without a letter, where the file names the sign by a picture font. */
export const SIGN = "\uf000";

/**
 * A text without its signs that stand for no letter (icons, glyphs of private codes), and their number. Within a word
 * each leaves U+FFFD.
 */
export function withoutSigns(text: string): { text: string; signs: number } {
  const signs = text.match(PRIVATE)?.length ?? 0;
  if (signs === 0) return { text, signs };
  return { text: text.replace(PRIVATE_IN_WORD, "\ufffd").replace(PRIVATE, ""), signs };
}
