import type { Passage, StatedPay } from "./job-post.ts";

const CURRENCY: Record<string, string> = {
  $: "USD",
  "€": "EUR",
  "£": "GBP",
  USD: "USD",
  EUR: "EUR",
  GBP: "GBP",
  CAD: "CAD",
  CHF: "CHF",
};
const SIGN = "(?:[$€£]|(?:USD|EUR|GBP|CAD|CHF)\\s?)";
const AMOUNT = `(${SIGN})\\s?(\\d{1,3}(?:[,.]\\d{3})+|\\d{2,7})\\s?(k\\b)?`;
const RANGE = new RegExp(
  `${AMOUNT}(?:\\s?(?:-|–|—|to|and|until)\\s?(?:${SIGN})?\\s?(\\d{1,3}(?:[,.]\\d{3})+|\\d{2,7})\\s?(k\\b)?)?`,
  "gi",
);
const HOURLY = /\b(?:per|an?)\s+hour\b|\/\s?(?:h|hr|hour)\b|\bhourly\b/i;
const ELSEWHERE =
  /\b(?:spend|spent|bill|costs?|raised|revenue|funding|fund|series|budget|stipend|allowance|conference|predictions|inferences|saved?)\b/i;
const PAID =
  /\b(?:salary|pay|pays|paid|base|compensation|comp|wage|remuneration|rate|per (?:year|annum)|a year|annually|yearly)\b/i;
const HOURS_A_YEAR = 2_080;
const LEAST_YEARLY = 15_000;

/**
 * The pay that a post states: the first range, or single amount beside a word for pay, that is no bill, budget or funding.
 * An hourly rate is counted for 2,080 hours a year.
 */
export function statedPay(passages: readonly Passage[]): StatedPay | null {
  const found = passages.flatMap(inPassage);
  return (found.find((f) => f.sure) ?? found[0])?.pay ?? null;
}

function inPassage({ text, section }: Passage): { pay: StatedPay; sure: boolean }[] {
  return [...text.matchAll(RANGE)].flatMap((match) => {
    const [quote, sign = "$", low = "", k1, high, k2] = match;
    const before = text.slice(Math.max(0, match.index - 80), match.index);
    const around = `${before} ${text.slice(match.index + quote.length, match.index + quote.length + 40)}`;
    const payWords = section === "pay" || PAID.test(around);
    if (section !== "pay" && ELSEWHERE.test(around.replace(/\bbase\b/gi, ""))) return [];
    if (high === undefined && !payWords) return [];
    const hourly = HOURLY.test(text.slice(match.index, match.index + quote.length + 20));
    const scale = hourly ? HOURS_A_YEAR : 1;
    const thousands = k1 ?? k2;
    const max = amountOf(high ?? low, k2 ?? k1) * scale;
    const min = amountOf(low, thousands) * scale;
    if (max < LEAST_YEARLY || min > max || min < max / 10) return [];
    const currency = CURRENCY[sign.trim().toUpperCase()] ?? "USD";
    return [{ pay: { min, max, currency, quote: quote.trim() }, sure: payWords }];
  });
}

const amountOf = (digits: string, k: string | undefined): number =>
  Number(digits.replace(/[,.]/g, "")) * (k === undefined ? 1 : 1_000);
