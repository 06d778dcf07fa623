import type { Lexicon } from "../text/lexicon.ts";
import type { ListName } from "../text/lists.ts";
import type { OddPay, Passage, StatedPay } from "./job-post.ts";

const CURRENCIES: Readonly<Record<string, string>> = {
  ...{ $: "USD", US$: "USD", C$: "CAD", CA$: "CAD", CAD$: "CAD", A$: "AUD", AU$: "AUD", S$: "SGD" },
  ...{ "€": "EUR", EURO: "EUR", EUROS: "EUR", "£": "GBP", "₹": "INR", RS: "INR", ZŁ: "PLN", FR: "CHF" },
};
const CODES = "USD|EUR|EUROS?|GBP|CAD|CHF|AUD|SGD|INR|SEK|NOK|DKK|PLN";
const SIGN = `(?:(?:US|CA|CAD|C|AU|A|S)?\\$|[€£₹]|\\bRs\\.?|\\b(?:${CODES})\\b)`;
const DIGITS = "\\d{1,3}(?:[,.'’ ]\\d{3})+(?:[.,]\\d\\d(?!\\d))?|\\d{1,7}(?:[.,]\\d{1,2}(?!\\d))?";
const SCALE = "k\\b|thousand\\b|lakhs?\\b|lacs?\\b|LPA\\b|L\\b";
const END = (name: string) =>
  `(?<${name}Sign>${SIGN})?\\s?(?<${name}>${DIGITS})\\s?(?<${name}Scale>${SCALE})?\\s?(?<${name}Code>${SIGN})?`;
const PER =
  "(?:\\s?(?:gross|base|brutto))?\\s?(?:(?:per|an?)\\s|/\\s?|p\\.)(?:hour|hr|h|day|d|week|month|mo|year|yr|annum|a)\\b\\.?";
const RANGE = new RegExp(
  `(?<![\\w.,])(?:${END("low")})(?:${PER})?(?:\\s?(?:-|–|—|−|to|and|until|up to|bis)\\s?(?:${END("high")}))?(?![\\w%])`,
  "gi",
);
const DAYS_A_YEAR = 260;
/** How many times a year each span is paid. */
const SPANS: readonly (readonly [number, RegExp])[] = [
  [2_080, /(?:per|an?|\/|p\.)\s?(?:hour|hr|h)\b|\bhourly\b/i],
  [DAYS_A_YEAR, /(?:per|a|\/)\s?day\b|\b(?:daily|day) rate\b/i],
  [52, /(?:per|a|\/)\s?week\b|\bweekly (?:rate|pay)\b/i],
  [12, /(?:per|a|\/)\s?(?:month|mo)\b|\bmonthly\b|\bpcm\b/i],
];
const SCALES: readonly (readonly [RegExp, number])[] = [
  [/^(?:k|thousand)$/i, 1_000],
  [/^(?:l|lakhs?|lacs?|lpa)$/i, 100_000],
];
const NEAR_BEFORE = 70;
const NEAR_AFTER = 40;
const LEAST_YEARLY = 15_000;
const MOST_YEARLY = 5_000_000;
const RUPEES_A_DOLLAR = 100; // near enough to tell a salary from a slip
const LONGEST_HEADER = 50;
const WIDEST = 10; // times the lower end

type Found = { readonly pay: StatedPay; readonly sure: boolean; readonly odd: string | null };

/**
 * The pay that a post states: the first range, or single amount beside a word for pay, that is no bill, budget or funding.
 * By the hour, day, week and month it is counted for 2,080 hours, 260 days, 52 weeks and 12 months a year. What cannot be
 * a year's pay, or is the wrong way round, is told apart.
 */
export function statedPay(
  lexicon: Lexicon,
  passages: readonly Passage[],
): { pay: StatedPay | null; odd: OddPay | null } {
  const found = passages.filter((p) => p.section !== "on_call").flatMap((p) => inPassage(lexicon, p));
  const sound = found.filter((f) => f.odd === null);
  const pay = (sound.find((f) => f.sure) ?? sound[0])?.pay ?? null;
  const odd = pay === null ? found.find((f) => f.odd !== null && f.sure) : undefined;
  return { pay, odd: odd?.odd ? { quote: odd.pay.quote, why: odd.odd } : null };
}

function inPassage(lexicon: Lexicon, passage: Passage): Found[] {
  const { text, section } = passage;
  return [...text.matchAll(RANGE)].flatMap((match) => {
    const g = match.groups ?? {};
    const sign = g.lowSign ?? g.lowCode ?? g.highSign ?? g.highCode;
    const scale = scaleOf(g.lowScale ?? g.highScale);
    const quote = match[0].trim();
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - NEAR_BEFORE), match.index);
    const after = text.slice(end, end + NEAR_AFTER);
    const span = SPANS.find(([, pattern]) => pattern.test(`${match[0]}${after.slice(0, 20)}`))?.[0] ?? 1;
    const clause = { from: match.index - clauseEnd(before).length, to: end + clauseStart(after).length };
    const words =
      section === "pay" ||
      span >= DAYS_A_YEAR ||
      placesWithin(lexicon, "money_paid", passage, clause).length > 0;
    const alone = g.high === undefined;
    if (
      sign === undefined &&
      (!words || (alone && scale === 1) || Number(digits(g.low)) * scale < LEAST_YEARLY)
    )
      return [];
    if (alone && !words && !(isHeader(text) && Number(digits(g.low)) * scale >= LEAST_YEARLY)) return [];
    if (
      isElsewhere(
        lexicon,
        passage,
        { from: clause.from, to: match.index },
        { from: end, to: end + nearAfter(after) },
      )
    )
      return [];
    const low = amountOf(g.low, scale) * span;
    const max = g.high === undefined ? low : amountOf(g.high, scaleOf(g.highScale ?? g.lowScale)) * span;
    const min = sharedThousands(low, max);
    const currency = currencyOf(sign);
    const pay = { min: Math.round(min), max: Math.round(max), currency, quote };
    return [{ pay, sure: words, odd: oddity(pay) }];
  });
}

/** A short entry of its own, as between the bars of a headline: "$165k, same for everyone". */
const isHeader = (text: string): boolean => text.length <= LONGEST_HEADER;

const clauseEnd = (before: string): string => before.slice(before.search(/[^.;]*$/));
const clauseStart = (after: string): string => /^[^.;]*/.exec(after)?.[0] ?? "";

type Chars = { readonly from: number; readonly to: number };

/** Where words of a list stand in part of a passage. */
function placesWithin(lexicon: Lexicon, list: ListName, p: Passage, part: Chars): number[] {
  return lexicon.find(list, p).flatMap(({ from, to }) => {
    const [start, end] = [p.tokens[from]?.start ?? 0, p.tokens[to - 1]?.end ?? 0];
    return start >= part.from && end <= part.to ? [start] : [];
  });
}

const nearAfter = (after: string): number =>
  /^(?:(?! and | plus | incl)[^,;.|()+]){0,30}/.exec(after)?.[0].length ?? 0;

/** Words for other money outweigh a word for pay that stands further off. */
function isElsewhere(lexicon: Lexicon, p: Passage, before: Chars, near: Chars): boolean {
  if (/^\W*budget\W*$/i.test(p.text.slice(before.from, before.to))) return false; // a recruiter's label for the pay
  const last = (list: ListName) => placesWithin(lexicon, list, p, before).at(-1) ?? -1;
  const other = last("money_elsewhere");
  if (other >= 0 && other >= last("money_paid")) return true;
  const isNear = (list: ListName) => placesWithin(lexicon, list, p, near).length > 0;
  return isNear("money_elsewhere") && !isNear("money_paid");
}

/** Why an amount cannot be a year's pay; null for one that can. */
function oddity({ min, max, currency }: StatedPay): string | null {
  if (min > max) return `It begins at ${min} and ends at ${max}: the wrong way round.`;
  if (max < LEAST_YEARLY)
    return `${max} is no year's pay; say by what span it is, or whether thousands are meant.`;
  const most = MOST_YEARLY * (currency === "INR" ? RUPEES_A_DOLLAR : 1);
  if (max > most || min < max / WIDEST) return `From ${min} to ${max} a year cannot be meant.`;
  return null;
}

/** "$150-190k" and "$150-190,000": the lower end has the thousands of the higher. */
const sharedThousands = (low: number, high: number): number =>
  low < 1_000 && high >= LEAST_YEARLY ? low * 1_000 : low;

const digits = (text: string | undefined): string =>
  (text ?? "").replace(/[.,]\d\d?$/, "").replace(/[,.'’ ]/g, "");

function amountOf(text: string | undefined, scale: number): number {
  const decimals = /[.,](\d\d?)$/.exec(text ?? "")?.[1];
  return (Number(digits(text)) + (decimals === undefined ? 0 : Number(`0.${decimals}`))) * scale;
}

const scaleOf = (word: string | undefined): number =>
  word === undefined ? 1 : (SCALES.find(([pattern]) => pattern.test(word))?.[1] ?? 1);

function currencyOf(sign: string | undefined): string {
  const plain = (sign ?? "$").replace(/[\s.]/g, "").toUpperCase();
  return CURRENCIES[plain] ?? plain;
}
