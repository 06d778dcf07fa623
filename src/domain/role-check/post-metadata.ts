import { regionOf } from "../jurisdictions/place.ts";
import type { Places } from "../jurisdictions/place-names.ts";
import type { Level } from "../roles/role.ts";
import { type Lexicon, sentenceOf } from "../text/lexicon.ts";
import { firstClaim } from "../text/negation.ts";

const HEAD = 400;

const LEVELS: readonly (readonly [Level, RegExp])[] = [
  ["staff", /\b(?:staff|principal|distinguished)\b/i],
  ["senior", /\b(?:senior|sr|lead)\b/i],
  ["entry", /\b(?:junior|entry[- ]level|graduate|associate)\b/i],
  ["senior", /\bIII\b/i],
  ["mid", /\b(?:mid(?:[- ]level)?|II|intermediate)\b/i],
];

const TITLE = /\b(?:engineer|developer|scientist|mlops|ml ops|architect|specialist|sre|lead)\b/i;
const LABELLED = /^[^\w\n]{0,9}(?:level|seniority|grade)[^\w\n:]{0,9}:\s*(.+)$/im;

/** The level that the title of a post names, or its line about the level; null when there is none. */
export function levelIn(text: string): Level | null {
  const head = text.slice(0, HEAD);
  const title = head.split(/\n|[.!?]\s/).find((line) => TITLE.test(line));
  const named = (line: string | undefined) =>
    LEVELS.find(([, pattern]) => line !== undefined && pattern.test(line));
  return (named(title) ?? named(LABELLED.exec(text)?.[1]))?.[0] ?? null;
}

const HEAD_LINES = 12;
const LONGEST_PIECE = 90;
const PLACE_LABEL =
  /^[^\w\n]{0,9}(?:job |work |office |primary )?(?:location|locations|where|place|site|work site|office|duty station|city)[^\w\n:]{0,3}:[^\w\n]{0,9}(\w.*)$/im;
const PIECES = /\s[|–—-]\s|[|·•;()]|\n|(?<=[a-z\d])\.\s|:\s/;
/** Where the firm sits, or where others do, is not where the job is. */
const ELSEWHERE =
  /\b(?:hq|headquarter\w*|head office|founded|offices in|customers?|clients?|spun out|graduat\w+|universit\w+)\b/i;
const STANDS_IN =
  /\b(?:in|at|near|around|from|based in|office in|located in|outside)\s+((?:downtown |central |the )?\p{Lu}[\p{L}.'’-]+(?:[ ,]+(?:of |de |am |upon )?\p{Lu}[\p{L}.'’-]*){0,4})/gu;

/** The place that a post names: by its label, in its head, or as where the work is; null when it names none that is known. */
export function placeIn(places: Places, text: string): string | null {
  const head = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, HEAD_LINES)
    .join("\n")
    .slice(0, HEAD * 4);
  const labelled = PLACE_LABEL.exec(text)?.[1];
  const pieces = head.split(PIECES).filter((piece) => !ELSEWHERE.test(piece));
  const inProse = [...text.slice(0, HEAD * 8).matchAll(STANDS_IN)]
    .filter((match) => !ELSEWHERE.test(text.slice(Math.max(0, match.index - 30), match.index)))
    .map((match) => match[1] ?? "");
  for (const candidate of [labelled ?? "", ...pieces, ...inProse]) {
    const place = placeNamed(places, candidate);
    if (place !== null) return place;
  }
  return null;
}

/** What a piece of text names as a place, without a title before it: "MLOps Engineer, Milan" is Milan. */
function placeNamed(places: Places, piece: string): string | null {
  const plain = piece
    .replace(/[*_#]|\p{Extended_Pictographic}|\ufe0f/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/(?<=\p{Ll})\.$/u, "");
  if (plain === "" || plain.length > LONGEST_PIECE) return null;
  const parts = plain.split(/,\s+/);
  const from = parts.findIndex((part, n) => isPlace(places, part, parts[n - 1]));
  if (from < 0) return null;
  const to = parts.findLastIndex((part, n) => isPlace(places, part, parts[n - 1]));
  const before = parts[from - 1];
  return parts.slice(before !== undefined && isCity(before) ? from - 1 : from, to + 1).join(", ");
}

const SHORT_CODE = /\b(?!US\b|UK\b|EU\b)\p{Lu}\p{L}\b/gu;

/** Two letters are a place only as a state behind a city: "Kettle AI" is not in Anguilla. */
function isPlace(places: Places, part: string, before: string | undefined): boolean {
  const region = /[$€£]|\d{3}/.test(part) ? null : regionOf(places, part);
  if (region === null) return false;
  if (regionOf(places, part.replace(SHORT_CODE, " ")) !== null) return true;
  const behindCity = before !== undefined && isCity(before) && /^\p{Lu}{2}\b/u.test(part);
  return behindCity || (region.state !== undefined && /^\p{Lu}[\p{L} .]+ \p{Lu}{2}\b/u.test(part));
}

/** A name before a country or a state, not a title or a sentence. */
const isCity = (part: string): boolean => /^(?:\p{Lu}[\p{L}.'’-]+ ?){1,3}$/u.test(part) && !TITLE.test(part);

/** Whether the head of a post says that the work is remote. */
export const remoteIn = (lexicon: Lexicon, text: string): boolean =>
  firstClaim(lexicon, "remote", sentenceOf(text.slice(0, HEAD))) !== undefined;
