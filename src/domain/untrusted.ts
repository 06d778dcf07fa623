import * as z from "zod";

/** Text written by somebody outside the team, marked so that readers treat it as data. */
export const Untrusted = z.object({
  source: z.string(),
  text: z.string(),
  /** Characters that nobody sees. */
  hidden_text_removed: z.number(),
  /** Characters of tags, where the source is HTML or Markdown. Absent where there were none. */
  markup_removed: z.number().optional(),
  truncated: z.boolean(),
});
export type Untrusted = z.infer<typeof Untrusted>;

// Characters that a reader does not see but a model does: controls, bidi overrides, zero-width and invisible
// characters, tag characters. Joiners (200C, 200D) and variation selectors are judged by their neighbours below.
const HIDDEN_RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x0000, 0x0008],
  [0x000b, 0x000c],
  [0x000e, 0x001f],
  [0x007f, 0x009f],
  [0x034f, 0x034f], // combining grapheme joiner
  [0x061c, 0x061c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5], // Khmer inherent vowels
  [0x180b, 0x180f], // Mongolian selectors
  [0x200b, 0x200b], // zero-width space
  [0x200e, 0x200f], // direction marks
  [0x202a, 0x202e], // bidi embeddings and overrides
  [0x2060, 0x206f], // word joiner, isolates
  [0x3164, 0x3164],
  [0xfeff, 0xfeff], // byte-order mark
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x13430, 0x13455], // controls of hieroglyphs
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff], // tag characters and variation selectors
];
const codeClass = (ranges: typeof HIDDEN_RANGES): string =>
  ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join("");
const HIDDEN = new RegExp(`[${codeClass(HIDDEN_RANGES)}]`, "gu");
// A joiner may only stand between letters, marks or emoji, and never beside Latin letters.
const JOINERS = [
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\ufe0f\u{1f3fb}-\u{1f3ff}])[\u200c\u200d]/gu,
  /[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu,
  /(?<=\p{Script=Latin})[\u200c\u200d]|[\u200c\u200d](?=\p{Script=Latin})/gu,
];
// A selector chooses the form of an emoji or of a Chinese character. Behind a digit it is one only in a keycap.
const SELECTOR =
  /(?<![\p{Extended_Pictographic}\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}\p{Script=Han}])[\ufe00-\ufe0f](?!(?<=[0-9#*]\ufe0f)\u20e3)/gu;
// A space of no width parts words in scripts that are written without spaces.
const PARTING = /(?<=(?!\p{Script=Latin})[\p{L}\p{M}])\u200b|\u200b(?=(?!\p{Script=Latin})[\p{L}\p{M}])/gu;
// The flag of a part of a country: a black flag, letters as tags, and their end.
const FLAG = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{2,6}\u{e007f}/gu;
// A place where a word may be parted at the end of a line. Honest programs write many of them.
const SOFT_HYPHEN = /\u00ad/g;
const SEPARATOR = /[\u2028\u2029]/g;
// Comments and tags. The name of a tag is followed by a blank, a slash or the closing bracket, so `<200 ms` and
// `<kim@mail.test>` are text.
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
// What a clipboard writes around a copied text.
const CLIPBOARD_MARK = /<!--(?:Start|End)Fragment-->/g;
const TAG = /<[/!?]?[a-zA-Z][\w-]*(?::[\w-]+)?(?:[\s/][^<>]{0,2000})?>/g;
// Signs of markup: a comment, or a tag of HTML.
const MARKUP =
  /<!--|<\/?(?:a|b|i|u|p|br|hr|div|span|img|ul|ol|li|em|strong|table|t[rdh]|h[1-6]|pre|code|font|script|style)(?:[\s/][^<>]{0,2000})?>/i;
// Tags that begin a new line on a page. They become line breaks, so that entries of a list do not run together.
const LINE_TAG = /<(?:\/?(?:p|div|li|ul|ol|tr|table|section|article|h[1-6])|br)\b[^<>]{0,2000}>/gi;
const ENTITY = /&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi;
const FENCE_INFO = /^([ \t]*(?:`{3,}|~{3,}))([^\n`]{49,})$/gm;

const ROUNDS = 8;

/** Whether a pasted text is HTML, or Markdown with HTML in it. In other texts angle brackets are visible. */
export const isMarkup = (text: string): boolean => MARKUP.test(text);

/** Where a text holds characters that nobody sees, as far as its script has no use for them. */
export function hiddenIn(text: string): { readonly at: number; readonly code: number }[] {
  const blank = (used: string) => " ".repeat(used.length);
  const left = text.replace(FLAG, blank).replace(PARTING, blank);
  return [HIDDEN, ...JOINERS, SELECTOR]
    .flatMap((pattern) => [...left.matchAll(pattern)])
    .map(({ index, 0: char }) => ({ at: index, code: char.codePointAt(0) ?? 0 }))
    .sort((a, b) => a.at - b.at);
}

type Cleaned = { readonly text: string; readonly hidden: number; readonly markup: number };

/**
 * The visible text, and the numbers of characters removed: hidden ones, and those of tags. Cleaning a clean text changes
 * nothing.
 * @param markup whether comments and tags are invisible markup; otherwise they are text.
 */
function clean(original: string, markup: boolean): Cleaned {
  let text = original.normalize("NFC");
  const removed = { hidden: 0, markup: 0 };
  const drop = (pattern: RegExp, { keep = "", as = "hidden" as keyof typeof removed } = {}) => {
    text = text.replace(pattern, (match: string, first: unknown) => {
      const kept = keep === "$1" && typeof first === "string" ? first : keep;
      removed[as] += match.length - kept.length;
      return kept;
    });
  };
  // Removing something can join the text around it into new markup, so this repeats until nothing changes.
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = text;
    if (markup) {
      text = text.replace(ENTITY, (match: string, hex?: string, decimal?: string) =>
        decodeHidden(match, hex, decimal),
      );
    }
    text = text.replace(SOFT_HYPHEN, "").replace(SEPARATOR, () => {
      removed.hidden += 1;
      return "\n";
    });
    drop(HIDDEN);
    for (const joiner of JOINERS) drop(joiner);
    drop(SELECTOR);
    if (markup) {
      drop(CLIPBOARD_MARK, { as: "markup" });
      drop(COMMENT);
      drop(LINE_TAG, { keep: "\n", as: "markup" });
      drop(TAG, { as: "markup" });
      drop(FENCE_INFO, { keep: "$1" });
    }
    if (text === before) return { text, ...removed };
  }
  // Only deliberately nested markup still changes after that many rounds, so all its brackets are removed.
  const flat = text.replace(/[<>&]/g, "");
  return { text: flat, hidden: removed.hidden, markup: removed.markup + text.length - flat.length };
}

/**
 * Decodes an entity only if its character would be removed, so that it is removed in the same round. Others, such as
 * `&amp;` and `&#233;`, stay as written.
 */
function decodeHidden(match: string, hex: string | undefined, decimal: string | undefined): string {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return match;
  const char = String.fromCodePoint(code);
  const isRemoved = /[\u00ad\u2028\u2029\u200c\u200d\ufe00-\ufe0f<>]/.test(char);
  return isRemoved || char.replace(HIDDEN, "") === "" ? char : match;
}

/**
 * Cleans a text from outside the team. Every such text passes through here before it is shown or stored.
 * @param max the most UTF-16 units that are kept; a surrogate pair is never split.
 * @param markup false when the text is neither HTML nor Markdown, so that its angle brackets are text.
 */
export function untrusted(
  text: string,
  {
    source,
    max,
    markup = true,
  }: { readonly source: string; readonly max: number; readonly markup?: boolean },
): Untrusted {
  const { text: cleaned, ...removed } = clean(text.slice(0, max * 4), markup);
  const truncated = cleaned.length > max || text.length > max * 4;
  const cut = cleaned.slice(0, max);
  const whole = truncated && /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
  return {
    ...{ source, text: whole, hidden_text_removed: removed.hidden },
    ...(removed.markup > 0 && { markup_removed: removed.markup }),
    truncated,
  };
}

/** A short text from outside, such as a branch or a file name, cleaned to one line. */
export function plainLine(text: string, max = 200): string {
  const { text: cleaned } = clean(text.slice(0, max * 4), true);
  const line = cleaned.replace(/\s+/g, " ").trim();
  return line.length > max ? `${[...line].slice(0, max - 1).join("")}…` : line;
}
