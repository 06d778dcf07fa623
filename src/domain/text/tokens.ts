/**
 * A word, number or sign of a text, with where it stands. `folded` is what terms are compared with; `lead` is what stands
 * between it and the token before.
 */
export type Token = {
  readonly kind: "word" | "number" | "sign";
  readonly folded: string;
  readonly lead: string;
  readonly start: number;
  readonly end: number;
};

// Each alternative is a single run without a choice inside it, so no input makes the scan go back over itself.
const WORD = /([\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}]+)?)/u;
const NUMBER = /(\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?![\d])|\d+(?:[.,]\d+)*)/u;
const SIGN = /(?:->|=>|→|➜|↓|↑|[%$€£¥₹₦₱₫₩₺₽₪฿₴~×/+])/u;
const TOKEN = new RegExp([WORD, NUMBER, SIGN].map(({ source }) => source).join("|"), "gu");

const PLAIN = /^[a-z]*$/i;

/** Lower case, without accents, straight apostrophes. */
export function fold(word: string): string {
  // Most words have nothing to take off, and taking off is slow.
  if (PLAIN.test(word)) return word.toLowerCase();
  return word.normalize("NFKD").replace(/\p{M}/gu, "").replace(/’/g, "'").toLowerCase();
}

/** The tokens of a span of text. Hyphens and other punctuation only part words: `on-call` reads as `on call`. */
export function tokenize(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = [];
  for (const match of text.slice(from, to).matchAll(TOKEN)) {
    const [, word, number] = match;
    const start = from + match.index;
    const kind = word !== undefined ? "word" : number !== undefined ? "number" : "sign";
    tokens.push({
      kind,
      folded: word === undefined ? match[0] : fold(word),
      lead: text.slice(tokens.at(-1)?.end ?? from, start),
      start,
      end: start + match[0].length,
    });
  }
  return tokens;
}
