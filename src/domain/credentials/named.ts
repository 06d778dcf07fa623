import { type Sentence, sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { ListName } from "../text/lists.ts";
import type { Span } from "../text/matcher.ts";
import { isDenied } from "../text/negation.ts";
import type { Token } from "../text/tokens.ts";
import type { Credential, CredentialFinder, Named } from "./known.ts";

/** Where a credential stands in a text, with the lines that belong to it. */
export type Standing = Named & {
  readonly start: number;
  readonly end: number;
  /** The words around it: its line, with what was wrapped. */
  readonly around: Sentence;
  readonly lineStart: number;
  /** Where in the text what is said of it may end: at the next credential, or with the lines about it. */
  readonly regionEnd: number;
  /** The first of its line: what stands before it may belong to it. */
  readonly isFirst: boolean;
  readonly planned: boolean;
  readonly lapsed: boolean;
  readonly active: boolean;
};

const NEAR = 4;
const REACH = { planned: 8, lapsed: 2, active: 2, others: 1 };
const REACH_AFTER = { planned: 4, lapsed: 9, active: 6, others: 1 };
const STRONG = 2;

/**
 * The credentials that a text names as its author's own: not what is denied, another's, or means something else.
 * @param isWanted whether the role asks for one: then its abbreviation is taken for it wherever it stands
 */
export function standingsIn(
  text: string,
  find: CredentialFinder,
  lexicon: Lexicon,
  isWanted: (credential: Credential) => boolean,
): Standing[] {
  const whole = sentenceOf(text);
  const hits = joined(
    whole,
    find(whole).filter((hit) => !isInNumber(whole, hit)),
  );
  const lines = new Map<number, Line>();
  return hits.flatMap((hit, n) => {
    const [start, end] = [whole.tokens[hit.from]?.start ?? 0, whole.tokens[hit.to - 1]?.end ?? 0];
    const bounds = lineOf(text, start, end);
    const line = lines.get(bounds.from) ?? readLine(whole, hit, bounds);
    lines.set(bounds.from, line);
    const [before, next] = [hits[n - 1], hits[n + 1]];
    const nextStart = next ? (whole.tokens[next.from]?.start ?? text.length) : text.length;
    const isFirst = before === undefined || (whole.tokens[before.to - 1]?.end ?? 0) <= bounds.from;
    const around = { ...line, span: spanIn(line.sentence, start, end), nextStart };
    if (isDenied(lexicon, line.sentence, around.span) || stands(lexicon, "others", around)) return [];
    // "PMP? No, but" asks and claims nothing.
    if (text[end] === "?") return [];
    const isUnclear = hit.unclear && !isWanted(hit.credential);
    if (isUnclear && !isCredential(lexicon, text, { start, end, bounds, ...around })) return [];
    const planned = stands(lexicon, "planned", around);
    const lapsed = stands(lexicon, "lapsed", around);
    return [
      {
        ...hit,
        ...{ start, end, isFirst, planned, lapsed },
        around: line.sentence,
        lineStart: bounds.from,
        regionEnd: Math.min(nextStart, regionEnd(lexicon, text, end, bounds.to)),
        active: !lapsed && stands(lexicon, "active", around),
      },
    ];
  });
}

/** "RN" of "#RN.445566" and of "2019045RN" is part of a number. */
const isInNumber = ({ text, tokens }: Sentence, { from, to }: Span): boolean =>
  /[#\d]/.test(text[(tokens[from]?.start ?? 0) - 1] ?? "") ||
  /^[./-]?\d/.test(text.slice(tokens[to - 1]?.end).slice(0, 2));

/** Names of one credential side by side are one: "Certified Kubernetes Administrator (CKA)". */
function joined({ text, tokens }: Sentence, hits: readonly Named[]): Named[] {
  const kept: Named[] = [];
  for (const hit of hits) {
    const last = kept[kept.length - 1];
    const between = last && text.slice(tokens[last.to - 1]?.end, tokens[hit.from]?.start);
    const isBeside = last !== undefined && hit.from - last.to < 3 && !/[\n\d]/.test(between ?? "");
    if (isBeside && last.credential.id === hit.credential.id)
      kept[kept.length - 1] = { ...last, to: hit.to, unclear: last.unclear && hit.unclear };
    else kept.push(hit);
  }
  return kept;
}

type Bounds = { readonly from: number; readonly to: number };
type Line = { readonly sentence: Sentence };
type Around = Line & { readonly span: Span; readonly nextStart: number };
const MAX_WRAPPED = 2;
const GOES_ON = /^[ \t]*[\p{Ll}(]/u;

/** The line of a place, with those that were wrapped: one that begins in lower case goes on with the one before. */
function lineOf(text: string, start: number, end: number): Bounds {
  let from = text.lastIndexOf("\n", start - 1) + 1;
  let to = endOfLine(text, end);
  for (let n = 0; n < MAX_WRAPPED && from > 1 && GOES_ON.test(text.slice(from, from + 20)); n += 1)
    from = text.lastIndexOf("\n", from - 2) + 1;
  for (let n = 0; n < MAX_WRAPPED && GOES_ON.test(text.slice(to + 1, to + 21)); n += 1)
    to = endOfLine(text, to + 1);
  return { from, to };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** The words of a line; "No." before a number is no denial. */
function readLine({ text, tokens }: Sentence, at: Span, { from, to }: Bounds): Line {
  let [first, last] = [at.from, at.to];
  while (first > 0 && (tokens[first - 1]?.start ?? -1) >= from) first -= 1;
  while (last < tokens.length && (tokens[last]?.end ?? to + 1) <= to) last += 1;
  const own = tokens.slice(first, last);
  const isLabel = ({ folded }: Token, n: number) => folded === "no" && /\d/.test(own[n + 1]?.folded ?? "");
  return { sentence: { text, tokens: own.filter((token, n) => !isLabel(token, n)), kept: [] } };
}

function spanIn({ tokens }: Sentence, start: number, end: number): Span {
  const from = tokens.findIndex((token) => token.start >= start);
  const to = tokens.findIndex((token) => token.start >= end);
  return { from, to: to < 0 ? tokens.length : to };
}

/** Whether words of a list stand before a place, or those of its counterpart behind it, in the same sentence. */
const stands = (lexicon: Lexicon, list: keyof typeof REACH, around: Around): boolean =>
  standsBefore(lexicon, `credential_${list}`, around, REACH[list]) ||
  standsAfter(lexicon, `credential_${list}_after`, around, REACH_AFTER[list]);

function standsBefore(lexicon: Lexicon, list: ListName, { sentence, span }: Around, reach: number): boolean {
  const turns = lexicon.find("turn", sentence);
  return lexicon.find(list, sentence).some(({ to }) => {
    if (to > span.from || span.from - to >= reach) return false;
    if (turns.some(({ from }) => from >= to && from < span.from)) return false;
    return !sentence.tokens
      .slice(to, span.from + 1)
      .some(({ gap, lead }) => gap === STRONG && !/^(?:\s?\(|:\s?)$/.test(lead));
  });
}

/** Whether words behind such a text belong to what it names last, as in "OSCP, Security analyst (expired)". */
function isOfAnother(between: string): boolean {
  const opened = between.lastIndexOf("(");
  const isOpen = opened >= 0 && !between.slice(opened).includes(")");
  if (isOpen && /,|\p{Lu}/u.test(between.slice(0, opened))) return true;
  const comma = between.lastIndexOf(",");
  return comma >= 0 && /\p{Lu}/u.test(between.slice(comma));
}

const SENTENCE_END = /[.!?;|•·]\s|\n/;

function standsAfter(
  lexicon: Lexicon,
  list: ListName,
  { sentence, span, nextStart }: Around,
  reach: number,
): boolean {
  const { tokens } = sentence;
  return lexicon.find(list, sentence).some(({ from }) => {
    if (from < span.to || from - span.to >= reach || (tokens[from]?.start ?? nextStart) >= nextStart)
      return false;
    if (tokens.slice(span.to, from + 1).some(({ lead }) => SENTENCE_END.test(lead))) return false;
    return !isOfAnother(sentence.text.slice(tokens[span.to - 1]?.end, tokens[from]?.start));
  });
}

const CUT = /[.!?]\s+(?=\p{Lu})/gu;
const ABBREVIATED = /(?:^|[\s(#])(?:no|nr|lic|reg|exp|cert|st|p\.e|r\.n|\p{L})\.\s+$/iu;
/** The beginning of a sentence that a text leaves open. */
export function lastSentence(text: string): string {
  let from = 0;
  for (const { 0: cut, index } of text.matchAll(CUT)) {
    const at = index + cut.length;
    if (!ABBREVIATED.test(text.slice(Math.max(0, at - LONGEST_ABBREVIATION), at))) from = at;
  }
  return text.slice(from);
}

const LONGEST_ABBREVIATION = 8;
const MAX_LINES_BELOW = 3;

/** The end of what is said of a credential: its sentence, and the sentences and lines behind it that begin with a detail. */
function regionEnd(lexicon: Lexicon, text: string, start: number, lineEnd: number): number {
  const beginsDetail = (from: number) =>
    lexicon.has("credential_detail", sentenceOf(text.slice(from, from + 60).replace(/^[^\p{L}\p{N}]+/u, "")));
  for (const match of text.slice(start, lineEnd).matchAll(CUT)) {
    const at = start + match.index + match[0].length;
    if (ABBREVIATED.test(text.slice(Math.max(0, at - LONGEST_ABBREVIATION), at))) continue;
    if (!beginsDetail(at)) return start + match.index;
  }
  let end = lineEnd;
  for (let n = 0; n < MAX_LINES_BELOW && end < text.length; n += 1) {
    const next = endOfLine(text, end + 1);
    if (text.slice(end + 1, next).trim() === "" || !beginsDetail(end + 1)) break;
    end = next;
  }
  return end;
}

type Place = Around & { readonly start: number; readonly end: number; readonly bounds: Bounds };

const NUMBER_BEHIND = /^\s?[(:]?\s?(?:#\s?\d{3}|(?:no\.?\s)?(?!(?:19|20)\d\d\b)\d{4,})/i;

/** Whether an abbreviation that means other things too is one of a credential here. */
function isCredential(lexicon: Lexicon, text: string, place: Place): boolean {
  const { sentence, span, start, end, bounds } = place;
  const words = lexicon.find("credential_word", sentence);
  const isNear = ({ from, to }: Span) => {
    const [first, next] = to <= span.from ? [to, span.from] : [span.to, from];
    if (next < first || next - first >= NEAR) return false;
    return !sentence.tokens.slice(first, next + 1).some(({ lead }) => SENTENCE_END.test(lead));
  };
  return (
    words.some(isNear) ||
    NUMBER_BEHIND.test(text.slice(end, end + 20)) ||
    isInSection(lexicon, text, sentence, bounds.from) ||
    isBehindName(text, bounds.from, start, end)
  );
}

const LABEL_WORDS = 4;
const MAX_LINES_ABOVE = 25;
const LONGEST_HEADING = 60;

/** Under a heading of certificates, or on a line that such a word begins. */
export function isInSection(lexicon: Lexicon, text: string, line: Sentence, lineStart: number): boolean {
  if (lexicon.find("credential_section", line).some(({ from }) => from < LABEL_WORDS)) return true;
  if (lexicon.has("credential_elsewhere", line)) return false;
  const above = text
    .slice(0, lineStart)
    .split("\n")
    .slice(-MAX_LINES_ABOVE - 1, -1)
    .reverse();
  for (const [n, line] of above.entries()) {
    const words = line.trim();
    if (words === "") continue;
    if (lexicon.has("credential_elsewhere", sentenceOf(words.slice(0, LONGEST_HEADING)))) return false;
    if (words.length > LONGEST_HEADING || /\d/.test(words)) continue;
    if (/[.,;!?]$/.test(words) || words.split(/\s+/).length > 6) continue;
    if (lexicon.has("credential_section", sentenceOf(words))) return true;
    const isSetOff = /^#|^\*\*|:$/.test(words) || (words === words.toUpperCase() && /\p{Lu}{4}/u.test(words));
    if (isSetOff || (above[n + 1]?.trim() === "" && /^\p{Lu}/u.test(words) && !/,/.test(words))) return false;
  }
  return false;
}

const MAX_LINES_OF_NAME = 4;
const NAME =
  /^[#*\s]*\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){1,4}(?<mark>,?) ?(?<letters>(?:[\p{Lu}][\p{L}.-]*[,/| ()-]{0,3})*)$/u;

/** Letters behind a name at the top of a document: "Maria Lopez, BSN, RN". */
function isBehindName(text: string, lineStart: number, start: number, end: number): boolean {
  const above = text
    .slice(0, lineStart)
    .split("\n")
    .filter((line) => line.trim() !== "");
  if (above.length >= MAX_LINES_OF_NAME) return false;
  const before = text.slice(lineStart, start);
  const match = NAME.exec(before);
  if (!match) return false;
  const isCapitals = before === before.toUpperCase();
  return (
    before.includes(",") ||
    (!isCapitals && /^[\s,.|]*$/.test(text.slice(end, endOfLine(text, end)).slice(0, 3)))
  );
}
