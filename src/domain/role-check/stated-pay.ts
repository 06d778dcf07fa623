import { CURRENCY_SIGNS, currencyOf, payFault } from "../roles/currencies.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { ListName } from "../text/lists.ts";
import type { OddPay, Passage, StatedPay } from "./job-post.ts";

const escaped = (sign: string): string => sign.replace(/[$.]/g, "\\$&");
const isWord = (sign: string): boolean => /^\p{L}+$/u.test(sign);
const SIGN = CURRENCY_SIGNS.map((sign) => {
  const plain = sign === "RS" || sign === "FR" ? `${sign}\\.?` : escaped(sign);
  return isWord(sign) ? `(?<!\\p{L})${plain}(?!\\p{L})` : plain;
}).join("|");
const DIGITS = "\\d{1,3}(?:[,.'’ ]\\d{3})+(?:[.,]\\d\\d(?!\\d))?|\\d{1,8}(?:[.,]\\d{1,2}(?!\\d))?";
const SCALE = "k(?!\\p{L})|thousand|lakhs?|lacs?|LPA|crores?|cr(?!\\p{L})|L(?!\\p{L})";
const END = (name: string) =>
  `(?<${name}Sign>${SIGN})?\\s?(?<${name}>${DIGITS})\\s?(?<${name}Scale>${SCALE})?\\+?\\s?(?<${name}Code>${SIGN})?`;
const PER =
  "(?:\\s?(?:gross|base|brutto))?\\s?(?:(?:per|an?)\\s|/\\s?|p\\.)(?:hour|hr|h|day|d|week|wk|month|mo|year|yr|annum|a)\\b\\.?";
const RANGE = new RegExp(
  `(?<![\\p{L}\\d.,])(?:${END("low")})(?:${PER})?(?:\\s?(?:-|–|—|−|to|and|until|up to|bis)\\s?(?:${END("high")}))?(?![\\p{L}\\d%])`,
  "giu",
);
/** How many times a year each period is paid. */
const PERIODS: readonly (readonly [StatedPay["period"], number, RegExp])[] = [
  ["hour", 2_080, /(?:per|an?|\/|p\.)\s?(?:hour|hr|h)\b|\bhourly\b/i],
  ["day", 260, /(?:per|a|\/)\s?day\b|\b(?:daily|day) rate\b/i],
  ["week", 52, /(?:per|a|\/)\s?(?:week|wk)\b|\bweekly (?:rate|pay)\b/i],
  ["month", 12, /(?:per|a|\/)\s?(?:month|mo)\b|\bmonthly\b|\bpcm\b/i],
];
const YEAR: (typeof PERIODS)[number] = ["year", 1, /(?:)/];
const SCALES: readonly (readonly [RegExp, number])[] = [
  [/^(?:k|thousand)$/i, 1_000],
  [/^(?:l|lakhs?|lacs?|lpa)$/i, 100_000],
  [/^(?:cr|crores?)$/i, 10_000_000],
];
const INDIAN = /^(?:lakhs?|lacs?|lpa|crores?)$/i;
const NEAR_BEFORE = 70;
const NEAR_AFTER = 40;
const LEAST_YEARLY = 12_000;
const LONGEST_HEADER = 50;
/** What stands behind thousands that are pay, where no sign and no word says so: "150-250k + equity". */
const ENDS_AS_PAY =
  /^\s*(?:$|[|;,.)\]+–—-]|(?:plus|equity|base|bonus|ote|doe|depending|annual|salary|per|a year|pa|gross|brutto)\b)/i;
const UP_TO = /(?:\bup to|\bmax(?:imum)?(?: of)?|\bbis(?: zu)?|\bcapped at)\s*$/i;
const FROM = /(?:\bfrom|\bstarting(?: at)?|\bat least|\bmin(?:imum)?(?: of)?|\bupwards of)\s*$/i;

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
    const quote = match[0].trim();
    if (/^401\s?\(?k/i.test(text.slice(match.index + match[0].indexOf(quote)))) return []; // a pension plan
    const scale = scaleOf(g.lowScale ?? g.highScale);
    const isIndian = INDIAN.test(g.lowScale ?? g.highScale ?? "");
    const sign = g.lowSign ?? g.lowCode ?? g.highSign ?? g.highCode ?? (isIndian ? "INR" : undefined);
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - NEAR_BEFORE), match.index);
    const after = text.slice(end, end + NEAR_AFTER);
    const said = `${match[0]}${after.slice(0, 20)}`;
    const [period, times] = PERIODS.find(([, , pattern]) => pattern.test(said)) ?? YEAR;
    const clause = { from: match.index - clauseEnd(before).length, to: end + clauseStart(after).length };
    const alone = g.high === undefined;
    const words =
      section === "pay" ||
      isIndian ||
      (sign !== undefined && (period === "day" || period === "hour")) ||
      placesWithin(lexicon, "money_paid", passage, clause).length > 0;
    const bare = !alone && scale === 1_000 && Number(digits(g.low)) >= 20 && ENDS_AS_PAY.test(after);
    const isMany = Number(digits(g.low)) * scale >= LEAST_YEARLY;
    if (sign === undefined && !bare && (!words || (alone && scale === 1) || !isMany)) return [];
    const isNamed = placesWithin(lexicon, "money_paid", passage, { ...clause, to: match.index }).length > 0;
    // "150k to 250k users a day" counts users.
    if (sign === undefined && section !== "pay" && !isNamed && !ENDS_AS_PAY.test(after)) return [];
    if (alone && !words && !(isHeader(text) && isMany)) return [];
    const near = { from: end, to: end + nearAfter(after) };
    if (isElsewhere(lexicon, passage, { from: clause.from, to: match.index }, near)) return [];
    const low = amountOf(g.low, scale) * times;
    const max = alone ? low : amountOf(g.high, scaleOf(g.highScale ?? g.lowScale)) * times;
    const min = sharedThousands(low, max);
    const pay = {
      ...{ min: Math.round(min), max: Math.round(max), period, quote },
      currency: sign === undefined ? null : (currencyOf(sign) ?? sign),
      ...(alone && UP_TO.test(before) && { open: "below" as const }),
      ...(alone && (FROM.test(before) || /\+$/.test(quote)) && { open: "above" as const }),
    };
    return [{ pay, sure: words || bare, odd: oddity(pay) }];
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
  switch (payFault(min, max, currency)) {
    case "wrong_way_round":
      return `It begins at ${min} and ends at ${max}: the wrong way round.`;
    case "too_little":
      return `${max} is no year's pay; say by what span it is, or whether thousands are meant.`;
    case "cannot_be_meant":
      return `From ${min} to ${max} a year cannot be meant.`;
    case undefined:
      return null;
  }
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
