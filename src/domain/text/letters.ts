/** Letters that do not come apart into a plain letter and a mark, as they are written where a keyboard lacks them. */
export const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", þ: "th", ð: "d", đ: "d", ø: "o", ł: "l", ħ: "h", ŧ: "t", ı: "i" },
};

const SPECIAL = new RegExp(`[${Object.keys(PLAIN_LETTERS).join("")}]`, "g");

/** A text in lower case with plain letters in the place of these: `straße` is `strasse`. */
export const withPlainLetters = (lower: string): string =>
  lower.replace(SPECIAL, (letter) => PLAIN_LETTERS[letter] ?? letter);
