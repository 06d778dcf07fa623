import type { Places, Reading } from "../jurisdictions/place-names.ts";
import { agree } from "../jurisdictions/region.ts";
import { firstDate } from "../text/dates.ts";
import { type Sentence, sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";

/** A place as a text names it, with what it can mean. */
export type StatedPlace = {
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly readings: readonly Reading[];
};
/** What stands beside the name of a credential, each with the end of its words in the text that was given. */
export type Details = {
  readonly number?: { readonly value: string; readonly end: number };
  readonly expires?: { readonly date: string; readonly end: number };
};

const MAX_CHARS_TO_DATE = 14;
const SOON = /^[\s\w,:()./-]{0,14}$/;

/** The day, month or year in which it ends, by words for that right before it. */
function expiryIn(lexicon: Lexicon, sentence: Sentence): Details["expires"] {
  for (const hit of lexicon.find("credential_expiry", sentence)) {
    const start = sentence.tokens[hit.to - 1]?.end ?? 0;
    const stated = firstDate(sentence.text.slice(start, start + 40));
    if (stated === undefined || stated.from > MAX_CHARS_TO_DATE) continue;
    if (!SOON.test(sentence.text.slice(start, start + stated.from))) continue;
    return { date: stated.date, end: start + stated.to };
  }
  return undefined;
}

const SIGN = "(?=[\\w./-]*\\d)[A-Za-z0-9]+(?:[./-]?[A-Za-z0-9]+)*";
const AFTER_LABEL = new RegExp(`^[\\s.:#(]*(?<number>${SIGN})(?![\\w])`);
const AFTER_HASH = new RegExp(`#\\s?(?<number>${SIGN})`);
const AT_ONCE = /^[\s:,(-]{0,3}(?<number>[A-Z]{0,3}-?\d[\dA-Z]{4,12})\b/;
const DATE_LIKE =
  /^(?:(?:19|20)\d\d|\d{1,2}[/.-]\d{2,4}|\d{4}[/-]\d{1,2}(?:[/-]\d{1,2})?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})$/;
/** "24/7" and "3rd" are no numbers of a licence. */
const ENOUGH_FIGURES = /\d.*\d.*\d|(?=.*\d.*\d).{6}/;
const SHORTEST_NUMBER = 4;

/** Its number: after words for one, after `#`, or with five signs or more right behind the name of a licence. */
function numberIn(lexicon: Lexicon, sentence: Sentence, { nameEnd, isLicence }: Behind): Details["number"] {
  const { text, tokens } = sentence;
  const take = (pattern: RegExp, from: number): Details["number"] => {
    const match = pattern.exec(text.slice(from));
    const value = match?.groups?.number;
    if (
      !match ||
      value === undefined ||
      value.length < SHORTEST_NUMBER ||
      !ENOUGH_FIGURES.test(value) ||
      DATE_LIKE.test(value)
    )
      return undefined;
    return { value, end: from + match.index + match[0].length };
  };
  // A name may end with such a word itself: "NMC PIN".
  const labels = lexicon
    .find("credential_number", sentence)
    .map(({ to }) => tokens[to - 1]?.end ?? text.length);
  const labelled = labels.filter((end) => end >= nameEnd).map((end) => take(AFTER_LABEL, end));
  const found = [...labelled, take(AFTER_HASH, nameEnd), isLicence ? take(AT_ONCE, nameEnd) : undefined];
  return found.find((number) => number !== undefined);
}

type Behind = { readonly nameEnd: number; readonly isLicence: boolean };

/** The number and the end that a text states of the credential whose name it begins with, or which it precedes. */
export function detailsIn(lexicon: Lexicon, text: string, behind: Behind): Details {
  if (!/\d/.test(text.slice(behind.nameEnd))) return {};
  const sentence = sentenceOf(text);
  const number = numberIn(lexicon, sentence, behind);
  const expires = expiryIn(lexicon, sentence);
  return { ...(number && { number }), ...(expires && { expires }) };
}

const RUN = /\p{Lu}[\p{L}.'’-]*(?: (?:of )?\p{Lu}[\p{L}.'’-]*){0,5}/gu;
const LONGEST_NAME = 3;
/** Two letters are a code of a place behind a mark, at the beginning, or before what belongs to a licence. */
const BEFORE_CODE = /(?:^|[([,:;/–—|-]\s?|\b(?:in|of|for|and)\s)$/;
/** These stand for a degree or an abbreviation at least as often, and are a place in brackets alone. */
const OTHERWISE = new Set([
  "MD",
  "PA",
  "DO",
  "PE",
  "ID",
  "MS",
  "MA",
  "OR",
  "IN",
  "RN",
  "NP",
  "PT",
  "MN",
  "AP",
  "CE",
  "VA",
]);

/** The states and countries that a text names, in order. */
export function placesIn(places: Places, text: string): StatedPlace[] {
  const found: StatedPlace[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const words = [...run.matchAll(/\S+/g)].map(({ 0: word, index: at }) => ({ word, start: index + at }));
    for (let n = 0; n < words.length; n += 1) {
      for (let size = Math.min(LONGEST_NAME, words.length - n); size > 0; size -= 1) {
        const [first, last] = [words[n], words[n + size - 1]];
        if (!first || !last) continue;
        const end = last.start + last.word.length;
        const name = text.slice(first.start, end).replace(/[.'’-]+$/, "");
        const readings = readingsOf(places, name, text.slice(0, first.start), text.slice(end));
        if (readings.length === 0) continue;
        found.push({ quote: name, start: first.start, end: first.start + name.length, readings });
        n += size - 1;
        break;
      }
    }
  }
  return found;
}

function readingsOf(
  { named, coded }: Places,
  name: string,
  before: string,
  after: string,
): readonly Reading[] {
  if (!/^\p{Lu}{2}$/u.test(name)) return named(name).filter(({ as }) => as !== "city");
  if (name === "UK") return coded(name);
  const inBrackets = /\(\s?$/.test(before) && /^\s?\)/.test(after);
  if (!inBrackets && (OTHERWISE.has(name) || !BEFORE_CODE.test(before))) return [];
  return coded(name).filter(({ as }) => as === "state");
}

/** Whether two lists of places have one in common. */
export const regionsAgree = (a: readonly StatedPlace[], b: readonly StatedPlace[]): boolean =>
  a.some((one) => b.some((other) => one.readings.some((x) => other.readings.some((y) => agree(x, y)))));
