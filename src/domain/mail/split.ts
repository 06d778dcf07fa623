import type { Apart } from "../candidates/document.ts";
import { type Head, nextWritten, readHead, subjectIs } from "./head.ts";
import { isMarked, type Opening, openingAt } from "./openings.ts";
import type { MailWords } from "./words.ts";

/** A mail with its sender's own words apart from all others. */
export type SplitMail = {
  /** The headers and the sender's own words; `GAP` stands where others' words stood between or above them. */
  readonly text: string;
  readonly apart: readonly Apart[];
  readonly from: string | undefined;
  readonly subject: string;
  /** Where the subject stands in `text`, when it is that of the mail which this one answers. */
  readonly answeredSubject: { readonly start: number; readonly end: number } | undefined;
  /** The sender's own words below the headers; empty where there are none. */
  readonly own: string;
};

/** Stands for words of others: no word itself, so that nothing is read into it and no quote runs across. */
export const GAP = "[…]";

type Whose = "own" | Apart["what"];

/**
 * Splits a cleaned mail.
 * @param ours letters and digits of our own messages to the candidate: lines that repeat them are ours, marked or not.
 */
export function splitMail(whole: string, words: MailWords, ours: string): SplitMail {
  const lines = whole.replace(/\r\n?/g, "\n").split("\n");
  const head = readHead(lines, words);
  const whose = whoseLines(lines, head, words);
  markOurs(lines, whose, head.end, ours);
  markSignatures(lines, whose, head.end, words);
  const own = ownText(lines, whose, head.end);
  const heading = lines.slice(nextWritten(lines, 0), head.end).join("\n").trimEnd();
  return {
    text: [heading, own].filter((part) => part !== "").join("\n\n") || GAP,
    apart: passages(lines, whose, head.end),
    from: head.from,
    subject: head.subject,
    answeredSubject: answeredSubject(lines, head, words),
    own,
  };
}

/** Letters and digits alone, so that wrapped and differently quoted lines are the same. */
export const bareWords = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

function whoseLines(lines: readonly string[], head: Head, words: MailWords): Whose[] {
  const whose = lines.map((): Whose => "own");
  const isForward = subjectIs(head.subject, words.forwards);
  let n = head.end;
  let before: Opening | undefined;
  while (n < lines.length) {
    const marked = isMarked(lines[n]);
    const opening = marked ? undefined : openingAt(lines, n, words);
    // What is announced as handed on may go on with headers, or line by line.
    const isBelow = before !== undefined && (marked || opening !== undefined);
    const handedOn = isForward ? opening !== undefined : isBelow && before?.what === "forwarded";
    const what = handedOn ? "forwarded" : (opening?.what ?? "quoted");
    // Where the quoted lines are marked one by one, answers stand between and below them.
    const goesOn = opening !== undefined && !goesOnMarked(lines, opening, words);
    const end = goesOn ? lines.length : (opening?.end ?? n + 1);
    if (opening !== undefined || marked) {
      whose.fill(what, opening === undefined ? n : rulerAbove(lines, n, head.end), end);
    }
    if (opening !== undefined) before = { ...opening, what };
    else if (!marked && lines[n]?.trim() !== "") before = undefined;
    n = end;
  }
  return whose;
}

const goesOnMarked = (lines: readonly string[], opening: Opening, words: MailWords): boolean => {
  const n = nextWritten(lines, opening.end);
  return isMarked(lines[n]) || (n < lines.length && openingAt(lines, n, words) !== undefined);
};

/** The line that a program draws above what it quotes; else the line itself. */
function rulerAbove(lines: readonly string[], n: number, from: number): number {
  let above = n - 1;
  while (above >= from && lines[above]?.trim() === "") above -= 1;
  return above >= from && /^\s*[_-]{5,}\s*$/.test(lines[above] ?? "") ? above : n;
}

/** A line this long is nobody's by chance. */
const MIN_REPEATED_CHARS = 24;

function markOurs(lines: readonly string[], whose: Whose[], from: number, ours: string): void {
  if (ours === "") return;
  const bare = lines.map((line, n) => (n >= from && whose[n] === "own" ? bareWords(line) : ""));
  const repeats = (text: string) => text.length >= MIN_REPEATED_CHARS && ours.includes(text);
  for (const [n, line] of bare.entries()) {
    const next = bare[n + 1] ?? "";
    if (repeats(line)) whose[n] = "quoted";
    // A line wrapped in two may leave a short rest.
    if (line !== "" && next !== "" && repeats(line + next)) whose.fill("quoted", n, n + 2);
  }
}

const MAX_SIGNATURE_LINES = 10;
const MAX_SIGNATURE_CHARS = 600;
const MAX_MOBILE_CHARS = 70;

/** Below `-- ` at the end of somebody's words, and the line with which a telephone signs. */
function markSignatures(lines: readonly string[], whose: Whose[], from: number, words: MailWords): void {
  for (let end = lines.length; end > from; end -= 1) {
    const isEnd = whose[end - 1] === "own" && (end === lines.length || whose[end] !== "own");
    if (!isEnd) continue;
    let start = end;
    while (start > from && whose[start - 1] === "own") start -= 1;
    let last = end - 1;
    while (last >= start && lines[last]?.trim() === "") last -= 1;
    const below = lines.slice(start, last + 1).findLastIndex((line) => /^(?:--|—)\s?$/.test(line));
    const first = below < 0 ? -1 : start + below;
    if (first >= 0 && isShort(lines.slice(first, last + 1))) whose.fill("signature", first, last + 1);
    else if (isMobileLine(lines[last] ?? "", words)) whose[last] = "signature";
  }
}

const isShort = (lines: readonly string[]): boolean =>
  lines.filter((line) => line.trim() !== "").length <= MAX_SIGNATURE_LINES &&
  lines.join("\n").length <= MAX_SIGNATURE_CHARS;

function isMobileLine(line: string, { mobile }: MailWords): boolean {
  const words = line.trim().replace(/^[([<*_]+/, "");
  return words.length <= MAX_MOBILE_CHARS && !/[!?]$|[^.]\.$/.test(words) && mobile.test(words);
}

/** The sender's own lines, with a mark where others' words stood above or between them. */
function ownText(lines: readonly string[], whose: readonly Whose[], from: number): string {
  const kept: string[] = [];
  let isGap = false;
  for (let n = from; n < lines.length; n += 1) {
    const line = lines[n] ?? "";
    if (whose[n] === "own") {
      if (isGap && line.trim() !== "") {
        while (kept.at(-1)?.trim() === "") kept.pop();
        kept.push(...(kept.length > 0 ? ["", GAP, ""] : [GAP, ""]));
        isGap = false;
      }
      kept.push(line);
    } else if (whose[n] !== "signature") isGap = true;
  }
  return kept
    .join("\n")
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd();
}

/** Others' words and signatures, each passage whole; blank lines between two of a kind join them. */
function passages(lines: readonly string[], whose: readonly Whose[], from: number): Apart[] {
  const apart: { what: Apart["what"]; lines: string[] }[] = [];
  let open: (typeof apart)[number] | undefined;
  for (let n = from; n < lines.length; n += 1) {
    const [line = "", what = "own"] = [lines[n], whose[n]];
    if (what === "own") {
      if (line.trim() !== "") open = undefined;
      else open?.lines.push(line);
      continue;
    }
    if (open?.what !== what) {
      open = { what, lines: [] };
      apart.push(open);
    }
    open.lines.push(line);
  }
  return apart
    .map(({ what, lines: passage }) => ({ what, text: passage.join("\n").trim() }))
    .filter(({ text }) => text !== "");
}

function answeredSubject(
  lines: readonly string[],
  head: Head,
  words: MailWords,
): SplitMail["answeredSubject"] {
  const answers = subjectIs(head.subject, words.answers) || subjectIs(head.subject, words.forwards);
  if (!answers) return undefined;
  const [first, end] = head.subjectLines;
  const above = lines.slice(nextWritten(lines, 0), first);
  const start = above.reduce((sum, line) => sum + line.length + 1, 0);
  return { start, end: start + lines.slice(first, end).join("\n").length };
}
