import { namesPlace, regionOf } from "../jurisdictions/place.ts";
import type { Places } from "../jurisdictions/place-names.ts";
import { levelOf } from "../roles/level.ts";
import type { Level } from "../roles/role.ts";
import { type Lexicon, quoteAt, sentenceOf } from "../text/lexicon.ts";
import { firstClaim } from "../text/negation.ts";
import { linesOf } from "../text/segments.ts";

/** What a post says of something, with its own words; null where the caller said it. */
export type Stated<T> = { readonly value: T; readonly quote: string | null };

const HEAD = 400;
const HEAD_LINES = 12;
const LONGEST_TITLE = 140;

const TITLE =
  /\b(?:engineers?|developers?|scientists?|mlops|ml ops|architects?|specialists?|sres?|leads?|analysts?|managers?|nurses?|designers?|technicians?|officers?|assistants?|programmers?|administrators?|consultants?)\b/i;
const LABELLED = /^[^\w\n]{0,9}(?:level|seniority|grade|experience level)[^\w\n:]{0,9}:\s*(.+)$/im;

/** The line of a post that names the job: the first with a word for one, else its first line. */
export function titleIn(text: string): string | undefined {
  const lines = linesOf(text.slice(0, HEAD * 4)).slice(0, HEAD_LINES);
  const titles = lines.flatMap((line) => line.text.split(/(?<!\b(?:Sr|Jr|Snr|Jnr))[.!?]\s/));
  const title = titles.find((line) => line.length <= LONGEST_TITLE * 2 && TITLE.test(line)) ?? titles[0];
  return title?.slice(0, LONGEST_TITLE * 2);
}

/** The level that the title of a post names, or its line about the level. */
export function levelIn(lexicon: Lexicon, text: string): Stated<Level> | undefined {
  const named = (line: string | undefined) => (line === undefined ? undefined : levelOf(lexicon, line));
  return named(titleIn(text)) ?? named(LABELLED.exec(text)?.[1]);
}

const LONGEST_PIECE = 90;
const PLACE_LABEL =
  /^[^\w\n]{0,9}(?:(?:job|work|office|primary) )?(?:locations?|where|place|site|work site|office|duty station|city)[^\w\n:]{0,3}:[^\w\n]{0,9}(\w.*)$/im;
const PIECES = /\s[|–—-]\s|[|·•;()]|(?<=[a-z\d])\.\s|:\s/;
/** Where the firm sits, or where others do, is not where the job is. */
const ELSEWHERE =
  /\b(?:hq|headquarter\w*|head office|founded|offices in|customers?|clients?|spun out|graduat\w+|universit\w+)\b/i;
const STANDS_IN =
  /\b(?:in|at|near|around|from|based in|office in|located in|outside)\s+((?:downtown |central |the )?\p{Lu}[\p{L}.'’-]+(?:[ ,]+(?:of |de |am |upon )?\p{Lu}[\p{L}.'’-]*){0,4})/gu;

/**
 * The places that a post names: those of its label, else those of the first line of its head that has any, else the first
 * that is told as where the work is. A label counts also where no place is known by its words.
 */
export function placeIn(places: Places, text: string): Stated<string> | undefined {
  const labelled = PLACE_LABEL.exec(text)?.[1]?.trim();
  const head = linesOf(text.slice(0, HEAD * 4)).slice(0, HEAD_LINES);
  for (const line of [...(labelled === undefined ? [] : [labelled]), ...head.map((one) => one.text)]) {
    const pieces = line.split(PIECES).filter((piece) => !ELSEWHERE.test(piece));
    const named = pieces.flatMap((piece) => placeNamed(places, piece) ?? []);
    if (named.length > 0) return { value: [...new Set(named)].join("; "), quote: quoteFrom(line, named) };
    if (line === labelled && namesPlace(places, line)) return { value: line, quote: line };
  }
  for (const match of text.slice(0, HEAD * 8).matchAll(STANDS_IN)) {
    if (ELSEWHERE.test(text.slice(Math.max(0, match.index - 30), match.index))) continue;
    const place = placeNamed(places, match[1] ?? "");
    if (place !== undefined) return { value: place, quote: place };
  }
  return undefined;
}

/** From the first to the last of some words of a line. */
function quoteFrom(line: string, words: readonly string[]): string {
  const [first = "", last = ""] = [words[0], words[words.length - 1]];
  const [from, to] = [line.indexOf(first), line.lastIndexOf(last)];
  return from < 0 || to < from ? line : line.slice(from, to + last.length);
}

/** What a piece of text names as a place, without a title before it: "MLOps Engineer, Milan" is Milan. */
function placeNamed(places: Places, piece: string): string | undefined {
  const plain = piece
    .replace(/[*_#]|\p{Extended_Pictographic}|\ufe0f/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/(?<=\p{Ll})\.$/u, "");
  if (plain === "" || plain.length > LONGEST_PIECE) return undefined;
  const parts = plain.split(/,\s+/);
  const from = parts.findIndex((part, n) => isPlace(places, part, parts[n - 1]));
  if (from < 0) return undefined;
  const to = parts.findLastIndex((part, n) => isPlace(places, part, parts[n - 1]));
  const before = parts[from - 1];
  return parts.slice(before !== undefined && isCity(before) ? from - 1 : from, to + 1).join(", ");
}

const SHORT_CODE = /\b(?!US\b|UK\b|EU\b)\p{Lu}\p{L}\b/gu;
const ROW_OF_CODES = /\b\p{Lu}{2}(?:\s?\/\s?\p{Lu}{2})+\b/u;

/** Two letters are a place only as a state behind a city, or in a row of codes: "Kettle AI" is not in Anguilla. */
function isPlace(places: Places, part: string, before: string | undefined): boolean {
  const region = /[$€£]|\d{3}|^\p{Ll}{2}$/u.test(part) ? null : regionOf(places, part);
  if (region === null) return false;
  const withoutCodes = part.replace(SHORT_CODE, (code) => (places.named(code).length > 0 ? code : " "));
  if (ROW_OF_CODES.test(part) || regionOf(places, withoutCodes) !== null) return true;
  const behindCity = before !== undefined && isCity(before) && /^\p{Lu}{2}\b/u.test(part);
  return behindCity || (region.state !== undefined && /^\p{Lu}[\p{L} .]+ \p{Lu}{2}\b/u.test(part));
}

/** A name before a country or a state, not a title or a sentence. */
const isCity = (part: string): boolean => /^(?:\p{Lu}[\p{L}.'’-]+ ?){1,3}$/u.test(part) && !TITLE.test(part);

/** Whether a post says that the work is remote: in its head, or of the job anywhere. */
export function remoteIn(lexicon: Lexicon, text: string): Stated<boolean> | undefined {
  const head = sentenceOf(text.slice(0, HEAD));
  const remote = firstClaim(lexicon, "remote", head);
  if (remote) return { value: true, quote: quoteAt(head, remote) };
  for (const line of linesOf(text)) {
    const sentence = sentenceOf(line.text);
    const stated = firstClaim(lexicon, "remote_stated", sentence);
    if (stated) return { value: true, quote: quoteAt(sentence, stated) };
  }
  const [onSite] = lexicon.find("on_site", head);
  return onSite && { value: false, quote: quoteAt(head, onSite) };
}
