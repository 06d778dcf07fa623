import * as z from "zod";

/** Somebody else's words: data, wherever they are shown. */
export const Untrusted = z.object({
  source: z.string(),
  text: z.string(),
  hidden_text_removed: z.number(),
  truncated: z.boolean(),
});
export type Untrusted = z.infer<typeof Untrusted>;

// What a reader does not see and a model does: controls, bidi overrides, zero-width and invisible signs, tag characters.
// Joiners (200C, 200D) and variation selectors are judged by their neighbours below.
const HIDDEN_RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x0000, 0x0008],
  [0x000b, 0x000c],
  [0x000e, 0x001f],
  [0x007f, 0x009f],
  [0x00ad, 0x00ad], // soft hyphen
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
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff], // tag characters and variation selectors
];
const codeClass = (ranges: typeof HIDDEN_RANGES): string =>
  ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join("");
const HIDDEN = new RegExp(`[${codeClass(HIDDEN_RANGES)}]`, "gu");
// A joiner joins letters, marks or emoji on both sides, and never Latin letters.
const JOINERS = [
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\ufe0f\u{1f3fb}-\u{1f3ff}])[\u200c\u200d]/gu,
  /[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu,
  /(?<=\p{Script=Latin})[\u200c\u200d]|[\u200c\u200d](?=\p{Script=Latin})/gu,
];
const SELECTOR = /(?<![\p{Extended_Pictographic}\p{Emoji}\p{Script=Han}])[\ufe00-\ufe0f]/gu;
// Comments and tags. A tag's name is followed by a blank, a slash or the bracket: `<200 ms` and `<kim@mail.test>` are text.
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const TAG = /<[/!?]?[a-zA-Z][\w-]*(?::[\w-]+)?(?:[\s/][^<>]{0,2000})?>/g;
// What only markup has: a comment, or a tag that HTML knows.
const MARKUP =
  /<!--|<\/?(?:a|b|i|u|p|br|hr|div|span|img|ul|ol|li|em|strong|table|t[rdh]|h[1-6]|pre|code|font|script|style)(?:[\s/][^<>]{0,2000})?>/i;
// Where one of these stands, a reader sees a new line: without it the entries of a list would run into one word.
const LINE_TAG = /<(?:\/?(?:p|div|li|ul|ol|tr|table|section|article|h[1-6])|br)\b[^<>]{0,2000}>/gi;
const ENTITY = /&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi;
const FENCE_INFO = /^([ \t]*(?:`{3,}|~{3,}))([^\n`]{49,})$/gm;

const ROUNDS = 8;

/** Whether a pasted text is HTML, or Markdown with HTML in it. Other text may hold angle brackets that are seen. */
export const isMarkup = (text: string): boolean => MARKUP.test(text);

/**
 * Text as a person would see it, and how many characters were taken out. Cleaning what is clean changes nothing.
 * @param markup whether comments and tags are markup, which nobody sees, or text as it stands.
 */
function clean(original: string, markup: boolean): { text: string; removed: number } {
  let text = original.normalize("NFC");
  let removed = 0;
  const drop = (pattern: RegExp, keep = "") => {
    text = text.replace(pattern, (match: string, first: unknown) => {
      const kept = keep === "$1" && typeof first === "string" ? first : keep;
      removed += match.length - kept.length;
      return kept;
    });
  };
  // What is removed can bring together what was kept apart, so it is done until nothing changes.
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = text;
    if (markup) {
      text = text.replace(ENTITY, (match: string, hex?: string, decimal?: string) =>
        decodeHidden(match, hex, decimal),
      );
    }
    drop(HIDDEN);
    for (const joiner of JOINERS) drop(joiner);
    drop(SELECTOR);
    if (markup) {
      drop(COMMENT);
      drop(LINE_TAG, "\n");
      drop(TAG);
      drop(FENCE_INFO, "$1");
    }
    if (text === before) return { text, removed };
  }
  // Only nested markup still changes after that many rounds, and by no accident: no bracket of it is kept.
  const flat = text.replace(/[<>&]/g, "");
  return { text: flat, removed: removed + text.length - flat.length };
}

/** Only what would be hidden is decoded, to be removed in the same round; `&amp;` and `&#233;` are text as written. */
function decodeHidden(match: string, hex: string | undefined, decimal: string | undefined): string {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return match;
  const char = String.fromCodePoint(code);
  return char.replace(HIDDEN, "") === "" || /[\u200c\u200d\ufe00-\ufe0f<>]/.test(char) ? char : match;
}

/**
 * The one function that everything written outside the team goes through before it is shown or stored.
 * @param max the most that is kept, in UTF-16 units; a surrogate pair is never split.
 * @param markup false for what is no HTML and no Markdown: its angle brackets are text.
 */
export function untrusted(
  text: string,
  {
    source,
    max,
    markup = true,
  }: { readonly source: string; readonly max: number; readonly markup?: boolean },
): Untrusted {
  const { text: cleaned, removed } = clean(text.slice(0, max * 4), markup);
  const truncated = cleaned.length > max || text.length > max * 4;
  const cut = cleaned.slice(0, max);
  const whole = truncated && /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
  return { source, text: whole, hidden_text_removed: removed, truncated };
}

/** A short foreign string, such as a branch or a file name, fit for one line. */
export function plainLine(text: string, max = 200): string {
  const { text: cleaned } = clean(text.slice(0, max * 4), true);
  const line = cleaned.replace(/\s+/g, " ").trim();
  return line.length > max ? `${[...line].slice(0, max - 1).join("")}…` : line;
}
