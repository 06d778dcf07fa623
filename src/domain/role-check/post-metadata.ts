import { type NamedPlace, namedPlaces } from "../jurisdictions/place.ts";
import type { Places } from "../jurisdictions/place-names.ts";
import { Level } from "../roles/role.ts";
import { quoteAt, sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { firstClaim } from "../text/negation.ts";
import { linesOf, sentencesOf } from "../text/segments.ts";

const HEAD = 400;

/** What a post states, in its own words. */
export type StatedLevel = { readonly level: Level; readonly quote: string };

const OCCUPATIONS = [
  "engineer developer scientist architect specialist sre sde analyst manager",
  "nurse designer administrator consultant accountant technician programmer",
].join(" ");
const TITLE = new RegExp(
  `\\b(?:(?:${OCCUPATIONS.replaceAll(" ", "|")})s?|mlops|ml ops|lead|director)\\b`,
  "i",
);
const LABELLED =
  /^[^\w\n]{0,9}(?:job |career |experience |seniority )?(?:level|seniority|grade)[^\w\n:]{0,9}:\s*(.{1,80})$/im;
const TITLE_LABEL = /^[^\w\n]{0,9}(?:job title|title|position|role)[^\w\n:]{0,3}:\s*(.+)$/i;
const IN_A_SENTENCE =
  /^(?:you|we|our|the|as|this|is|are|join)\b|\b(?:you|we|our|looking for|is a|is hiring)\b/i;
const LONGEST_TITLE = 100;

/** The words that name the job: the first piece of a line of the head with a word for one, else the first piece. */
export function titleIn(text: string): string | undefined {
  const lines = text.slice(0, HEAD * 2).split(/\n|(?<=[a-z\d]{3})[.!?]\s/);
  const pieces = lines.flatMap((line) =>
    (TITLE_LABEL.exec(line)?.[1] ?? line.replace(LINK, "")).split(/\s[|–—·•-]\s|\|/),
  );
  const titles = pieces.filter((piece) => piece.length <= LONGEST_TITLE && !IN_A_SENTENCE.test(piece));
  return (titles.find((piece) => TITLE.test(piece)) ?? titles.find((piece) => piece.trim() !== ""))?.trim();
}

/** The level that the title of a post names, or its line about the level, with its words; null when there is none. */
export function statedLevel(lexicon: Lexicon, text: string): StatedLevel | null {
  for (const line of [titleIn(text), LABELLED.exec(text)?.[1]]) {
    const stated = line === undefined ? null : levelNamed(lexicon, line);
    if (stated) return stated;
  }
  return null;
}

const IDS: Readonly<Record<string, Level>> = {
  entry_grade: "entry",
  mid_grade: "mid",
  senior_grade: "senior",
  staff_grade: "staff",
};

/**
 * The level that a title or a company's own word names, with that word. A word wins over a grade; of several, as in
 * "Mid/Senior", the lowest counts, for that is where the range begins.
 */
export function levelNamed(lexicon: Lexicon, line: string): StatedLevel | null {
  const sentence = sentenceOf(line);
  const hits = lexicon.find("level", sentence);
  const words = hits.filter(({ entry }) => entry.category === "word");
  const levels = (words.length > 0 ? words : hits).flatMap((hit) => {
    const level = Level.safeParse(IDS[hit.entry.id] ?? hit.entry.id);
    return level.success ? [{ level: level.data, quote: quoteAt(sentence, hit) }] : [];
  });
  const order = Level.options;
  return levels.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level))[0] ?? null;
}

const HEAD_LINES = 12;
const LONGEST_PIECE = 90;
const PLACE_LABEL =
  /^[^\w\n]{0,9}(?:job |work |office |primary )?(?:location|locations|where|place|site|work site|office|duty station|city)[^\w\n:]{0,3}:[^\w\n]{0,9}(\w.*)$/im;
const PIECES = /\s[|–—-]\s|[|·•;()`]|\n|(?<=[a-z\d])\.\s|:\s/;
/** Where the firm sits, or where others do, is not where the job is. */
const ELSEWHERE =
  /\b(?:hq|headquarter\w*|head office|founded|offices in|customers?|clients?|spun out|graduat\w+|universit\w+)\b/i;
const OF_THE_FIRM = /(?:headquarters|hq|head office)[^\w\n:]{0,4}:[^|·;\n]+/i;
const LINK = /\]\([^)\s]*\)|https?:\/\/\S+/g;
const LONGEST_LINE = 140;
const STANDS_IN =
  /\b(?:in|at|near|around|from|based in|office in|located in|outside)\s+((?:downtown |central |the )?\p{Lu}[\p{L}.'’-]+(?:[ ,]+(?:of |de |am |upon )?\p{Lu}[\p{L}.'’-]*){0,4})/gu;

/**
 * Every place that a post names for the work, with its words: by its label, else in the first line of its head that has
 * one, else as where the work is. A place that is labelled and not known here is among them, with no region.
 */
export function statedPlaces(places: Places, text: string): NamedPlace[] {
  const labelled = PLACE_LABEL.exec(text)?.[1];
  if (labelled !== undefined) {
    const named = placesNamed(places, labelled, true);
    if (named.length > 0) return named;
  }
  const head = text
    .slice(0, HEAD * 4)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, HEAD_LINES);
  for (const line of head) {
    if (line.length > LONGEST_LINE && !/[|·•`]|\s[–—-]\s|\blocations?\b/i.test(line)) continue; // a paragraph
    const named = line
      .replace(LINK, "")
      .replace(OF_THE_FIRM, "")
      .split(PIECES)
      .filter((piece) => !ELSEWHERE.test(piece))
      .flatMap((piece) => placesNamed(places, piece, false));
    if (named.length > 0) return named;
  }
  const start = text.slice(0, HEAD * 8);
  for (const match of start.matchAll(STANDS_IN)) {
    if (ELSEWHERE.test(start.slice(Math.max(0, match.index - 30), match.index))) continue;
    const named = placesNamed(places, match[1] ?? "", false);
    if (named.length > 0) return named;
  }
  return [];
}

const LABELLED_CODES =
  /^(?:\p{Lu}{2,3}|U\.S\.A?\.?)(?:(?:\s?[/,&]\s?|\s(?:or|and)\s)(?:\p{Lu}{2,3}|U\.S\.))*$/u;
const WORKING =
  /^(?:[\s,/-]|\b(?:fully|100%|remote(?:ly)?|onsite|on-site|hybrid|in-office|only|within|in|the|or|and|from|based)\b)*/i;

/** What a piece of text names as places, without a title before them: "MLOps Engineer, Milan" is Milan. */
function placesNamed(places: Places, piece: string, isLabelled: boolean): NamedPlace[] {
  const plain = piece
    .replace(/[*_#`]|\p{Extended_Pictographic}|[\ufe0f\u{1f1e6}-\u{1f1ff}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/(?<=\p{Ll})\.$/u, "");
  if (plain === "" || plain.length > LONGEST_PIECE || /[$€£¥₹]|\d{3},\d{3}/.test(plain)) return [];
  if (isLabelled) return namedPlaces(places, plain);
  const rest = plain.replace(WORKING, "");
  const codes = rest.replace(/\s(?:only|based|remote|-based)$/i, "");
  const named = namedPlaces(places, plain).filter(({ region }) => region !== null);
  if (LABELLED_CODES.test(codes)) {
    // "Kettle AI" is not in Anguilla; "Remote (DE)" and "US/CA" are said as places.
    const isSaid =
      /^(?:US|USA|UK|EU|EMEA|U\.S\.A?\.?|NYC|SF)$/.test(codes) || /[/,&]/.test(codes) || rest !== plain;
    return isSaid ? named : [];
  }
  return named.flatMap((place) => withoutTitle(places, place));
}

/** A place without what stands before it in the same piece: a title, a firm. */
function withoutTitle(places: Places, place: NamedPlace): NamedPlace[] {
  const parts = place.quote.split(/,\s+/);
  const from = parts.findIndex((part, n) => isPlace(places, part, parts[n - 1]));
  if (from < 0) return [];
  const to = parts.findLastIndex((part, n) => isPlace(places, part, parts[n - 1]));
  const before = parts[from - 1];
  const quote = parts.slice(before !== undefined && isCity(before) ? from - 1 : from, to + 1).join(", ");
  if (quote === place.quote) return [place];
  return namedPlaces(places, quote);
}

const SHORT_CODE = /\b(?!US\b|UK\b|EU\b|SF\b)\p{Lu}\p{L}\b/gu;

/** Two letters are a place only as a state behind a city: "Kettle AI" is not in Anguilla. */
function isPlace(places: Places, part: string, before: string | undefined): boolean {
  const region = /\d{3}/.test(part.replace(/\b\d{4,5}\b/, ""))
    ? undefined
    : namedPlaces(places, part)[0]?.region;
  if (!region) return false;
  if (namedPlaces(places, part.replace(SHORT_CODE, " "))[0]?.region) return true;
  const behindCity = before !== undefined && isCity(before) && /^\p{Lu}{2}\b/u.test(part);
  return behindCity || (region.state !== undefined && /^\p{Lu}[\p{L} .]+ \p{Lu}{2}\b/u.test(part));
}

/** A name before a country or a state, not a title or a sentence. */
const isCity = (part: string): boolean => /^(?:\p{Lu}[\p{L}.'’-]+ ?){1,3}$/u.test(part) && !TITLE.test(part);

/** Where the work is done, with the words that say so. */
export type StatedMode = { readonly mode: "remote" | "hybrid" | "onsite"; readonly quote: string };

const ABOUT_THE_WORK =
  /\b(?:role|position|job|opportunity|fully|100%|work(?:ing)? (?:remotely|from)|location|workplace|candidates?)\b/i;
const EITHER = /\bremote\b[^.]{0,9}(?:\bor\b|\/|,)\s*hybrid|\bhybrid\s*(?:\bor\b|\/|,)\s*(?:fully )?remote/i;

/** Whether a post says that the work is remote, hybrid or on site: in its head, or where it speaks of the work. */
export function statedMode(lexicon: Lexicon, text: string): StatedMode | null {
  const lines = linesOf(text.slice(0, HEAD * 30).replace(LINK, "")).flatMap((line, n) =>
    sentencesOf(line.text).map((said) => ({ said, n })),
  );
  for (const { said, n } of lines) {
    if (n >= HEAD_LINES && !ABOUT_THE_WORK.test(said)) continue;
    const sentence = sentenceOf(said);
    const hits = (["hybrid", "remote", "onsite"] as const).flatMap((mode) => {
      const hit = firstClaim(lexicon, mode, sentence);
      return hit ? [{ mode, quote: quoteAt(sentence, hit) }] : [];
    });
    const remote = hits.find(({ mode }) => mode === "remote");
    if (remote && EITHER.test(said)) return remote;
    if (hits[0]) return hits[0];
  }
  return null;
}
