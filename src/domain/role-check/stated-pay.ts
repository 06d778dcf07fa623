import { CURRENCIES, currencyWritten, rangeFault } from "../text/currencies.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { ListName } from "../text/lists.ts";
import type { OddPay, Passage, StatedPay } from "./job-post.ts";

const CODES = [...Object.keys(CURRENCIES), "EUROS?", "RMB"].join("|");
const CODE = `\\b(?:${CODES})\\b\\s?[$€£¥]?`;
const DOLLAR = "(?:US|CA|C|AU|A|S|NZ|HK|R)?\\$(?:\\s?USD\\b)?";
const SIGN = `(?:${CODE}|${DOLLAR}|(?:CN)?¥|[€£₹₩₪₺₦₱]|\\b(?:Rs\\.?|kr\\.?|zł|Kč|Ft)(?!\\p{L}))`;
const BLANK = " \\u00a0\\u202f";
const GROUPED = `\\d{1,3}(?:[,.'’${BLANK}]\\d{3})+(?:[.,]\\d\\d(?!\\d))?|\\d{1,3}(?:,\\d\\d)+,\\d{3}`;
const DIGITS = `(?!401\\s?\\(?k\\b)(?:${GROUPED}|\\d{1,8}(?:[.,]\\d{1,2}(?!\\d))?)`;
const SCALE = "k\\b|thousand\\b|mil\\b|lakhs?\\b|lacs?\\b|LPA\\b|L\\b|crores?\\b|cr\\b";
const END = (name: string) =>
  `(?<${name}Sign>${SIGN})?\\s?(?<${name}>${DIGITS})\\s?(?<${name}Scale>${SCALE})?\\s?(?<${name}Code>${SIGN})?`;
const UNITS = "hour|hr|hora|h|day|d|week|wk|month|mo|mês|mois|Monat|year|yr|annum|Jahr|a";
const PER = `(?:\\s?(?:gross|base|brutto))?\\s?(?:(?:per|an?)\\s|/\\s?|p\\.)(?:${UNITS})\\b\\.?`;
const TO = "-|–|—|−|~|to|and|until|up to|bis|à|a(?=\\s?R\\$)";
const RANGE = new RegExp(
  `(?<![\\p{L}\\d_.,])(?:${END("low")})(?:${PER})?(?:\\s?(?:${TO})\\s?(?:${END("high")}))?(?![\\p{L}\\d_%])`,
  "giu",
);
const DAYS_A_YEAR = 260;
type Span = NonNullable<StatedPay["period"]>;
/** How many times a year each span is paid, and how it is said behind the amount and before it. */
const SPANS: readonly { span: Span; times: number; behind: RegExp; before?: RegExp }[] = [
  {
    ...{ span: "hour", times: 2_080 },
    behind: /(?:per|an?|\/|p\.)\s?(?:hour|hr|hora|h)\b|\bhourly\b|\bp\.?h\b/i,
    before: /\bhourly\b[^.;]{0,30}$|\bper hour\b[^.;]{0,15}$/i,
  },
  {
    ...{ span: "day", times: DAYS_A_YEAR },
    behind: /(?:per|a|\/)\s?day\b|\b(?:daily|day) rate\b|\bp\.?d\b/i,
    before: /\b(?:daily|day) rate\b[^.;]{0,30}$/i,
  },
  {
    ...{ span: "week", times: 52 },
    behind: /(?:per|a|\/)\s?(?:week|wk)\b|\bweekly\b/i,
    before: /\bweekly (?:rate|pay|salary|wage)\b[^.;]{0,30}$/i,
  },
  {
    ...{ span: "month", times: 12 },
    behind: /(?:per|a|\/)\s?(?:month|mo|mês|mois|monat)\b|\bmonthly\b|\bpcm\b|\bp\.?m\.?(?!\w)/iu,
    before: /\bmonthly (?:salary|pay|payment|rate|wage|compensation)\b[^.;]{0,30}$/i,
  },
  {
    ...{ span: "year", times: 1 },
    behind: /(?:per|a|\/)\s?(?:year|yr|annum)\b|\b(?:annual(?:ly)?|yearly)\b|\bp\.?a\b|\bLPA\b/i,
    before: /\b(?:annual|yearly|per year|per annum)\b[^.;]{0,40}$/i,
  },
];
const SCALES: readonly (readonly [RegExp, number])[] = [
  [/^(?:k|thousand|mil)$/i, 1_000],
  [/^(?:l|lakhs?|lacs?|lpa)$/i, 100_000],
  [/^(?:crores?|cr)$/i, 10_000_000],
];
const RUPEES = /^(?:lakhs?|lacs?|lpa|crores?|cr)$/i;
/** What may follow a range in thousands without a sign, as in "150-250k + equity". */
const BEHIND_BARE =
  /^\+?\s*(?:$|[+|,;()]|[-–]\s|\/|base|salary|gross|doe|dep|plus|per|a year|p\.?a|ote|tc\b)/i;
const LEAST_BARE = 20_000;
const MOST_BARE = 999_000;
const OTE = /\b(?:OTE|on[- ]target|total (?:comp\w*|cash|package))\b/i;
const NO_PAY_BEHIND =
  /^\s?(?:\p{L}+\s){0,2}(?:bonus|stock|equity|rsus?|options|stipend|budget|allowance|credit)\b/iu;
const NEAR_BEFORE = 70;
const NEAR_AFTER = 60;
const LEAST_YEARLY = 15_000;
const MOST_YEARLY = 5_000_000;
const LONGEST_HEADER = 50;

type Found = {
  readonly pay: StatedPay;
  readonly sure: boolean;
  readonly ote: boolean;
  readonly odd: string | null;
};

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
  const base = sound.filter((f) => !f.ote);
  const pay = (base.find((f) => f.sure) ?? base[0] ?? sound[0])?.pay ?? null;
  const odd = pay === null ? found.find((f) => f.odd !== null && f.odd !== "" && f.sure) : undefined;
  return { pay, odd: odd?.odd ? { quote: odd.pay.quote, why: odd.odd } : null };
}

function inPassage(lexicon: Lexicon, passage: Passage): Found[] {
  const { text, section } = passage;
  if (!/\d/.test(text)) return [];
  return [...text.matchAll(RANGE)].flatMap((match) => {
    const g = match.groups ?? {};
    const scaled = g.lowScale ?? g.highScale;
    const signs = [g.lowSign, g.lowCode, g.highSign, g.highCode].filter((each) => each !== undefined);
    // "$81,200 - $121,800 CAD": letters say more than the sign.
    const sign =
      signs.find((each) => /\p{L}/u.test(each)) ??
      signs[0] ??
      (RUPEES.test(scaled ?? "") ? "INR" : undefined);
    const scale = scaleOf(scaled);
    const quote = match[0].trim();
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - NEAR_BEFORE), match.index);
    const after = text.slice(end, end + NEAR_AFTER);
    const ownClause = clauseEnd(before);
    const behind = `${match[0]}${after.slice(0, 20)}`;
    const span =
      SPANS.find((s) => s.behind.test(behind)) ?? SPANS.find((s) => s.before?.test(ownClause) ?? false);
    const times = span?.times ?? 1;
    const clause = { from: match.index - ownClause.length, to: end + clauseStart(after).length };
    const words =
      section === "pay" || times > 1 || placesWithin(lexicon, "money_paid", passage, clause).length > 0;
    const alone = g.high === undefined;
    const lowest = amountOf(g.low, scale);
    const isBare =
      !alone && scale === 1_000 && lowest >= LEAST_BARE && lowest <= MOST_BARE && BEHIND_BARE.test(after);
    if (sign === undefined && !isBare && (!words || (alone && scale === 1) || lowest < LEAST_YEARLY))
      return [];
    if (alone && !words && !(isHeader(text) && lowest >= LEAST_YEARLY)) return [];
    if (NO_PAY_BEHIND.test(after)) return [];
    const around = [
      { from: clause.from, to: match.index },
      { from: end, to: end + nearAfter(after) },
    ] as const;
    if (isElsewhere(lexicon, passage, ...around)) return [];
    const low = lowest * times;
    const max = g.high === undefined ? low : amountOf(g.high, scaleOf(g.highScale ?? g.lowScale)) * times;
    const min = sharedThousands(low, max);
    const bound = alone ? boundOf(before, after) : undefined;
    const pay: StatedPay = {
      ...{
        min: Math.round(min),
        max: Math.round(max),
        currency: sign === undefined ? null : currencyWritten(sign),
        quote,
      },
      period: span?.span ?? null,
      ...(bound && { bound }),
    };
    const ote = OTE.test(ownClause.slice(ownClause.lastIndexOf(",") + 1)) || /^\s*\(?OTE\b/i.test(after);
    const isOdd = words && lexicon.has("about_pay", passage);
    return [{ pay, sure: words, ote, odd: oddity(pay) === null ? null : isOdd || !alone ? oddity(pay) : "" }];
  });
}

/** "up to" and "from" give one end alone. */
function boundOf(before: string, after: string): StatedPay["bound"] {
  if (/\b(?:up to|max(?:imum)?(?: of)?|bis zu|jusqu'à)[\s:]*$/i.test(before)) return "up_to";
  return /\b(?:from|starting (?:at|from)|min(?:imum)?(?: of)?|at least|ab)[\s:]*$/i.test(before) ||
    /^\s?\+/.test(after)
    ? "from"
    : undefined;
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
  /^(?:(?! and | plus | incl)[^,;.|()+]){0,50}/.exec(after)?.[0].length ?? 0;

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
  const fault = rangeFault(min, max);
  if (fault === "reversed") return `It begins at ${min} and ends at ${max}: the wrong way round.`;
  if (max < LEAST_YEARLY)
    return `${max} is no year's pay; say by what span it is, or whether thousands are meant.`;
  const most = MOST_YEARLY * (CURRENCIES[currency ?? ""]?.aDollar ?? 1);
  return max > most || fault !== null ? `From ${min} to ${max} a year cannot be meant.` : null;
}

/** "$150-190k" and "$150-190,000": the lower end has the thousands of the higher. */
const sharedThousands = (low: number, high: number): number =>
  low < 1_000 && high >= LEAST_YEARLY ? low * 1_000 : low;

const digits = (text: string | undefined): string =>
  (text ?? "").replace(/[.,]\d\d?$/, "").replace(/[,.'’\s]/g, "");

function amountOf(text: string | undefined, scale: number): number {
  const decimals = /[.,](\d\d?)$/.exec(text ?? "")?.[1];
  return (Number(digits(text)) + (decimals === undefined ? 0 : Number(`0.${decimals}`))) * scale;
}

const scaleOf = (word: string | undefined): number =>
  word === undefined ? 1 : (SCALES.find(([pattern]) => pattern.test(word))?.[1] ?? 1);
