import { type Sentence, sentenceOf } from "../text/finder.ts";
import { fold, tokenize } from "../text/tokens.ts";

/** A sentence, bullet or entry of a document: what a claim is made in, and what is quoted for it. */
export type Clause = Sentence & {
  readonly start: number;
  readonly end: number;
  /** The folded headings that it stands under, outermost first; empty before the first one. */
  readonly heading: string;
  /** Those headings, shared by all that stands under them. */
  readonly under: Sentence;
  /** Position of the block (bullet or paragraph) that it belongs to: clauses of one block speak of one thing. */
  readonly block: number;
};

// Any lone sign that opens a line marks an entry: people use whatever their editor offers.
const ENTRY_SIGNS = [
  /[^\p{L}\p{N}\s"'“‘([$€£@#&~<=|]/u,
  /\[[ +*xX–-]?\]/u,
  /\(?\d{1,2}(?:\.\d{1,2})?[.)]/u,
  /\d{1,2}\.\d{1,2}(?=[ \t]{2})/u,
  /\(?[a-z]\)/u,
  /[o~](?=[ \t]+[\p{Lu}\d])/u,
];
const BULLET = new RegExp(
  `^[ \\t]*(?:${ENTRY_SIGNS.map(({ source }) => source).join("|")})[ \\t]+|^[ \\t]*[・•●▪‣]|^[ \\t]*\\|[ \\t]*`,
  "u",
);
const RULE = /^[ \t]*[=\-_*~#]{3,}[ \t]*$/;
const MAX_CLAUSE_CHARS = 700;
/** No margin is wider than this: a text with a longer line was not wrapped at one. */
const WIDEST = 130;

type Block = { start: number; end: number; heading: string };

/** Splits a document into clauses. Lines that were wrapped belong together; headings are kept as where things stand. */
export function splitClauses(text: string): Clause[] {
  const headings = new Map<string, Sentence>();
  const under = (heading: string): Sentence => {
    const known = headings.get(heading) ?? sentenceOf(heading);
    headings.set(heading, known);
    return known;
  };
  return blocksOf(text).flatMap((block, position) =>
    sentencesOf(text, block).map(({ start, end }) => ({
      text,
      kept: [],
      start,
      end,
      heading: block.heading,
      under: under(block.heading),
      block: position,
      tokens: tokenize(text, start, end),
    })),
  );
}

function blocksOf(text: string): Block[] {
  const lines = linesOf(text);
  const hardWrapped = !lines.some(({ start, end }) => end - start > WIDEST);
  const blocks: Block[] = [];
  const headings: { style: string; words: string }[] = [];
  let heading = "";
  let afterHeading = false;
  let open: Block | undefined;
  let lastLine = "";
  let line = "";
  lines.forEach(({ start, end }, n) => {
    lastLine = line;
    line = text.slice(start, end);
    if (line.trim() === "" || RULE.test(line)) {
      open = undefined;
      return;
    }
    const next = lines[n + 1];
    const underlined = next !== undefined && /^[ \t]*[=-]{3,}[ \t]*$/.test(text.slice(next.start, next.end));
    const listed = next !== undefined && BULLET.test(text.slice(next.start, next.end));
    if (isHeading(line, underlined, open !== undefined || afterHeading) || (listed && isLabel(line))) {
      afterHeading = true;
      const style = styleOf(line, underlined);
      const outer = headings.findIndex((one) => one.style === style);
      if (outer >= 0) headings.splice(outer);
      headings.push({ style, words: wordsOf(line) });
      heading = headings.map(({ words }) => words).join(" ");
      open = undefined;
      return;
    }
    afterHeading = false;
    const bullet = BULLET.exec(line);
    if (open && !bullet && !startsAnew(line, lastLine, hardWrapped)) {
      open.end = end;
      return;
    }
    open = { start: start + (bullet?.[0].length ?? line.length - line.trimStart().length), end, heading };
    blocks.push(open);
  });
  return blocks;
}

function linesOf(text: string): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  for (let start = 0; start <= text.length; ) {
    const at = text.indexOf("\n", start);
    const end = at < 0 ? text.length : at;
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

/**
 * A heading is marked as one, underlined, in capitals, or a few words alone on a line that opens a part. Inside a block and
 * right under a heading a plain line is text.
 */
function isHeading(line: string, underlined: boolean, expectsText: boolean): boolean {
  const text = line.trim();
  if (text.length > 70) return false;
  if (/^#{1,6}\s/.test(text) || underlined || /^[[(*=-]{1,3} ?[^-*=[\]()]+ ?[\])*=-]{1,3}$/.test(text))
    return true;
  if (BULLET.test(line) || /[.;,!?]$/.test(text) || /\d/.test(text)) return false;
  const words = text.split(/\s+/).length;
  const capitals = text === text.toUpperCase() && /\p{Lu}{3}/u.test(text);
  if (capitals && words <= 6) return true;
  return !expectsText && words <= 4 && /^\p{Lu}/u.test(text) && !/[@|]/.test(text);
}

/** `Operations half:` right above a list. */
function isLabel(line: string): boolean {
  const text = line.trim();
  return /^\p{Lu}[^.;,!?\d|@]*:$/u.test(text) && text.split(/\s+/).length <= 4 && !BULLET.test(line);
}

const wordsOf = (line: string): string =>
  fold(
    line
      .replace(/[^\p{L}\p{N} ]+/gu, " ")
      .replace(/\s+/g, " ")
      .trim(),
  );

/** Headings that look alike are of one rank: the next one ends the part of the last. One that looks otherwise stands below. */
function styleOf(line: string, underlined: boolean): string {
  const text = line.trim();
  const level = /^#{1,6}/.exec(text)?.[0];
  if (level) return level;
  if (underlined) return "underlined";
  const indent = line.length - line.trimStart().length > 1 ? "indented " : "";
  const mark = /^[^\p{L}\p{N}]+/u.exec(text)?.[0];
  if (mark) return `${indent}marked ${mark}`;
  return `${indent}${text === text.toUpperCase() ? "capitals" : "plain"}`;
}

/**
 * In an unmarked list each line is an entry; a line that goes on in lower case, or after an open end, was wrapped. So was,
 * in a text whose lines end at a margin, what follows a full line.
 */
function startsAnew(line: string, lastLine: string, hardWrapped: boolean): boolean {
  if (/^\s*[\p{Ll}(]/u.test(line)) return false;
  return (
    (!hardWrapped || lastLine.trim().length < 60) &&
    /[.;:!?)]?\s*$/.test(lastLine) &&
    !/(?:,|\band|\bof|\bfor|\bto|\bwith|\bin|\bthe|\ba|[-–—/])\s*$/.test(lastLine)
  );
}

// A sentence ends before a capital or a figure, and before the letter of the next entry in a list run on in a line (`b. `).
const END = /[.!?](?=["')\]]*\s+(?:["'([]*[\p{Lu}\d]|[a-z][.)]\s+\p{Lu}))|;(?=\s)/gu;
const ABBREVIATED = /(?:^|[\s(])(?:e\.g|i\.e|approx|ca|vs|no|inc|ltd|dr|mr|ms|st|\p{L})\.$/iu;

function sentencesOf(text: string, { start, end }: Block): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  const block = text.slice(start, end);
  let from = 0;
  const push = (to: number) => {
    for (let at = from; at < to; at += MAX_CLAUSE_CHARS)
      add(found, text, start + at, start + Math.min(at + MAX_CLAUSE_CHARS, to));
    from = to;
  };
  for (const match of block.matchAll(END)) {
    const to = match.index + 1;
    if (match[0] === "." && ABBREVIATED.test(block.slice(Math.max(from, to - 12), to))) continue;
    push(to);
  }
  push(block.length);
  return found;
}

function add(found: { start: number; end: number }[], text: string, from: number, to: number): void {
  const raw = text.slice(from, to);
  const lead = raw.length - raw.trimStart().length;
  const trimmed = raw
    .trim()
    .replace(/[.;,:|]$/, "")
    .trimEnd();
  if (trimmed.length > 0) found.push({ start: from + lead, end: from + lead + trimmed.length });
}
