import type { LexicalRules } from "./languages.ts";

/** A stretch of a text, by offsets; `to` is behind its last character. */
export type Range = { readonly from: number; readonly to: number };

type Lexed = { readonly comments: readonly Range[]; readonly strings: readonly Range[] };

/** The comments and strings of a text in a language that is not parsed. Reads the text once, from left to right. */
export function lexed(text: string, rules: LexicalRules): Lexed {
  const { line = [], block = [], quotes = [] } = rules;
  const comments: Range[] = [];
  const strings: Range[] = [];
  const endOf = (close: string, from: number, otherwise: number) => {
    const end = text.indexOf(close, from);
    return end < 0 ? otherwise : end + close.length;
  };
  const lineEnd = (from: number) => {
    const end = text.indexOf("\n", from);
    return end < 0 ? text.length : end;
  };
  let at = 0;
  while (at < text.length) {
    const opened = block.find(([open]) => text.startsWith(open, at));
    if (opened) {
      const [open, close] = opened;
      const to = endOf(close, at + open.length, text.length);
      comments.push({ from: at, to });
      at = to;
      continue;
    }
    if (line.some((mark) => text.startsWith(mark, at)) && mayComment(text, at, rules)) {
      const to = lineEnd(at);
      comments.push({ from: at, to });
      at = to;
      continue;
    }
    const quote = quotes.find((mark) => text.startsWith(mark, at));
    if (quote !== undefined) {
      const to = stringEnd(text, at, quote, lineEnd);
      strings.push({ from: at, to });
      at = to;
      continue;
    }
    at += 1;
  }
  return { comments, strings };
}

function mayComment(text: string, at: number, { commentsBetweenWords, commentLines }: LexicalRules): boolean {
  const before = text[at - 1] ?? "\n";
  if (commentLines) return text.slice(text.lastIndexOf("\n", at - 1) + 1, at).trim() === "";
  return !commentsBetweenWords || /[\s;&|(]/.test(before);
}

/** Where a string ends. One of a single quote character ends with its line at the latest, whatever it lacks. */
function stringEnd(text: string, from: number, quote: string, lineEnd: (from: number) => number): number {
  const most = quote.length > 1 ? text.length : lineEnd(from);
  for (let at = from + quote.length; at < most; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text.startsWith(quote, at)) return at + quote.length;
  }
  return most;
}
