/** A word of its own spelling, shared by all places where it stands. */
export type Word = {
  /** Lower case, without accents: what phrases are compared with. */
  readonly folded: string;
  /** Without what stands behind its apostrophe: "the candidate's" has the word candidate, and "you'll" the word you. */
  readonly base: string;
};

/** How much punctuation stands between two words: none, a comma, or more. */
export type Lead = 0 | 1 | 2;

/**
 * A word, number or sign of a text, with where it stands. `lead` is what stands between it and the token before, and `gap`
 * how strongly that sets it off.
 */
export type Token = {
  readonly kind: "word" | "number" | "sign";
  readonly word: Word;
  readonly folded: string;
  readonly lead: string;
  readonly gap: Lead;
  readonly start: number;
  readonly end: number;
};

// Each alternative is a single run without a choice inside it, so no input makes the scan go back over itself.
const WORD = /[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}]+)?/u;
const NUMBER = /\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?![\d])|\d+(?:[.,]\d+)*/u;
const SIGN = /->|=>|[→➜↓↑%$€£¥₹₦₱₫₩₺₽₪฿₴~×/+]/u;
const TOKEN = new RegExp(
  [/[a-zA-Z]+(?![\p{L}\p{M}\p{N}'’])/u, WORD, NUMBER, SIGN].map(({ source }) => source).join("|"),
  "gu",
);

const PLAIN = /^[a-z]*$/i;

/** Lower case, without accents, straight apostrophes. */
export function fold(word: string): string {
  // Most words have nothing to take off, and taking off is slow.
  if (PLAIN.test(word)) return word.toLowerCase();
  return word.normalize("NFKD").replace(/\p{M}/gu, "").replace(/’/g, "'").toLowerCase();
}

/** More spellings than this are not kept: a hostile text must not fill the memory. */
const MAX_KEPT_WORDS = 20_000;
const LONGEST_KEPT_WORD = 40;
/** Few words make up most of all texts, so each is folded once. */
const words = new Map<string, Word>();

function wordOf(spelling: string): Word {
  const known = words.get(spelling);
  if (known) return known;
  const folded = fold(spelling);
  const at = folded.indexOf("'");
  const word = { folded, base: at > 0 ? folded.slice(0, at) : folded };
  if (spelling.length > LONGEST_KEPT_WORD) return word;
  if (words.size >= MAX_KEPT_WORDS) words.clear();
  words.set(spelling, word);
  return word;
}

/** The tokens of a span of text. Hyphens and other punctuation only part words: `on-call` reads as `on call`. */
export function tokenize(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = [];
  const part = from === 0 && to === text.length ? text : text.slice(from, to);
  let before = 0;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(part); match !== null; match = TOKEN.exec(part)) {
    const { 0: spelling, index } = match;
    const lead = part.slice(before, index);
    before = index + spelling.length;
    const word = wordOf(spelling);
    tokens.push({
      kind: kindOf(spelling),
      word,
      folded: word.folded,
      lead,
      gap: leadOf(lead),
      start: from + index,
      end: from + before,
    });
  }
  return tokens;
}

const LETTER = /^[\p{L}\p{M}]/u;

function kindOf(spelling: string): Token["kind"] {
  const first = spelling.charCodeAt(0);
  if (first >= 48 && first <= 57) return "number";
  return (first >= 97 && first <= 122) || (first >= 65 && first <= 90) || LETTER.test(spelling)
    ? "word"
    : "sign";
}

const STRONG = /[.;:!?|()[\]{}—•…]/;

/** How strongly what stands before a word sets it off from the word before. */
function leadOf(lead: string): Lead {
  if (lead === " " || lead === "") return 0;
  if (STRONG.test(lead) || lead.includes("\n\n")) return 2;
  return lead.includes(",") ? 1 : 0;
}
