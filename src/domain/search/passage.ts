import { RUN, searchWords } from "./words.ts";

/** About so many characters are shown around a match. */
const PASSAGE_CHARS = 160;

type Place = { readonly start: number; readonly end: number };

/**
 * The part of a text around the first place where one of the phrases stands, in whole words on one line.
 * @returns undefined where none of them stands
 */
export function passageAround(text: string, phrases: readonly (readonly string[])[]): string | undefined {
  const match = firstMatch(text, phrases);
  if (match === undefined) return undefined;
  const spare = Math.max(0, PASSAGE_CHARS - (match.end - match.start));
  const start = wordStart(text, Math.max(0, match.start - Math.floor(spare / 2)), match.start);
  const end = wordEnd(text, Math.min(text.length, start + PASSAGE_CHARS), match.end);
  const cut = text.slice(start, end).replace(/\s+/g, " ").trim();
  return `${start > 0 ? "… " : ""}${cut}${end < text.length ? " …" : ""}`;
}

function firstMatch(text: string, phrases: readonly (readonly string[])[]): Place | undefined {
  const wanted = phrases.filter((phrase) => phrase.length > 0);
  const longest = Math.max(0, ...wanted.map((phrase) => phrase.length));
  let last: { word: string; start: number }[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    for (const word of searchWords(run)) {
      last.push({ word, start: index });
      const found = wanted.find((phrase) => endsWith(last, phrase));
      const start = found && last.at(-found.length)?.start;
      if (start !== undefined) return { start, end: index + run.length };
      if (last.length > 4 * longest) last = last.slice(-longest);
    }
  }
  return undefined;
}

const endsWith = (last: readonly { readonly word: string }[], phrase: readonly string[]): boolean =>
  last.length >= phrase.length &&
  phrase.every((word, n) => last[last.length - phrase.length + n]?.word === word);

/** The beginning of the first whole word from `at` on, at the latest `latest`. */
function wordStart(text: string, at: number, latest: number): number {
  if (at === 0) return 0;
  const blank = text.slice(at - 1, latest).search(/\s\S/);
  return blank < 0 ? latest : at + blank;
}

/** The end of the last whole word before `at`, at the earliest `earliest`. */
function wordEnd(text: string, at: number, earliest: number): number {
  if (at <= earliest) return earliest;
  if (at === text.length) return at;
  const blank = text.slice(earliest, at + 1).search(/\s\S*$/);
  return blank < 0 ? earliest : earliest + blank;
}
