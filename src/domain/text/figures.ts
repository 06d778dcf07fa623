import { CURRENCIES } from "./currencies.ts";
import type { Token } from "./tokens.ts";

type Unit = "percent" | "money" | "duration" | "times" | "count" | "year";

/**
 * A number as it is meant. `value` is in seconds for durations, else equal to `amount`, the number as written with its k or
 * M. `from` and `to` are token positions, `to` exclusive, unit included.
 */
export type Figure = {
  readonly value: number;
  readonly amount: number;
  /** The number without its k, M or lakh, where it has one. */
  readonly bare?: number;
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
};

const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety";
/** Numbers of one word, by which longer ones are written. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...SMALL.split(" ").map((word, n): [string, number] => [word, n]),
  ...TENS.split(" ").map((word, n): [string, number] => [word, (n + 2) * 10]),
]);
const WORDS = new Map([
  ...NUMBER_WORDS,
  ["hundred", 100],
  ["dozen", 12],
  ["dozens", 24],
  ["hundreds", 200],
  ["none", 0],
  ["twice", 2],
]);
const FRACTIONS = new Map([
  ["half", 50],
  ["third", 100 / 3],
  ["thirds", 100 / 3],
  ["quarter", 25],
  ["quarters", 25],
  ["fifth", 20],
  ["fifths", 20],
  ["tenth", 10],
]);
/** What a part of something is taken from, or comes to: `by a third`, `took half of it`. */
const PARTED = new Set(
  [
    "by in about nearly almost roughly around over than took taking cut cutting",
    "off shaved trimmed saved saving to down dropped only just under less another some",
  ]
    .join(" ")
    .split(" "),
);
const PART_OF = new Set("of off the our less cheaper fewer lower smaller".split(" "));
/** Verbs that are figures by themselves. */
const TIMES = new Map([
  ["halve", 0.5],
  ["halved", 0.5],
  ["halves", 0.5],
  ["halving", 0.5],
  ["doubled", 2],
  ["tripled", 3],
  ["quadrupled", 4],
  ["quartered", 0.25],
]);
const SCALE = new Map(
  Object.entries({
    k: 1e3,
    m: 1e6,
    mn: 1e6,
    mm: 1e6,
    bn: 1e9,
    b: 1e9,
    million: 1e6,
    billion: 1e9,
    thousand: 1e3,
    lakh: 1e5,
    lakhs: 1e5,
    lac: 1e5,
    crore: 1e7,
    crores: 1e7,
    cr: 1e7,
    mio: 1e6,
    mrd: 1e9,
  }),
);
const OTHER_CODES = "isk kes ars clp cop thb vnd idr twd rmb rub uah egp pkr bdt";
const CODES = [...Object.keys(CURRENCIES).map((code) => code.toLowerCase()), ...OTHER_CODES.split(" ")];
const CURRENCY = new Set([..."$€£¥₹₦₱₫₩₺₽₪฿₴", ...CODES, "rp", "rs", "rm", "idr"]);
const CURRENCY_AFTER = new Set([
  ..."$€£¥₹₦₱₫₩₺₽₪฿₴",
  ...CODES,
  "dollars",
  "euros",
  "euro",
  "zł",
  "zl",
  "lira",
  "rand",
  "rupees",
  "yen",
  "cents",
  "cent",
  "pence",
  "pounds",
  "kr",
  "francs",
]);
const DURATION =
  /^(?:ms|msec|s|sec|secs|seconds?|m|mins?|minutes?|h|hrs?|hours?|(?:day|week|month|year|afternoon)s?|us|micros(?:econds)?|milliseconds?)$/;
/** `took an hour`: an article before a length of time is a one where nothing is counted by it. */
const LASTS = new Set(
  "from of over about took take takes than under nearly almost most to into half".split(" "),
);
/** `40 times a month` is a count of times, `3 times faster` a multiple. */
const OFTEN = new Set("a per in last this over since each every during".split(" "));
/** Words by which a figure without a number may begin. */
const OPENS = new Set(["a", "an", "half", "order", ...TIMES.keys(), ...SMALL.split(" ")]);
/** Every figure in a clause, numbers in words and with k, M, %, currencies and durations included. */
export function figuresOf(tokens: readonly Token[]): Figure[] {
  const figures: Figure[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (isClock(tokens, at)) {
      at += 1;
      continue;
    }
    const figure = figureAt(tokens, at);
    if (!figure) continue;
    figures.push(figure);
    at = figure.to - 1;
  }
  return figures;
}

/** `05:30` and `by 7:00` are times of the day. */
function isClock(tokens: readonly Token[], at: number): boolean {
  const [hours, minutes] = [tokens[at]?.folded ?? "", tokens[at + 1]];
  if (minutes?.lead !== ":" || !/^\d{1,2}$/.test(hours) || !/^[0-5]\d$/.test(minutes.folded)) return false;
  return (
    hours.length === 2 || /^(?:before|by|at|until|till|after|from|to)$/.test(tokens[at - 1]?.folded ?? "")
  );
}

function figureAt(tokens: readonly Token[], at: number): Figure | undefined {
  const token = tokens[at];
  // `net zero` is a goal and counts nothing.
  if (!token || (token.folded === "zero" && tokens[at - 1]?.folded === "net")) return undefined;
  const worded = token.kind === "word" ? wordedAt(tokens, at) : undefined;
  if (worded) return worded;
  const once =
    token.folded === "once" && /^(?:in|last|this|since)$/.test(tokens[at + 1]?.folded ?? "") ? 1 : undefined;
  let value = token.kind === "number" ? numberOf(token.folded) : (WORDS.get(token.folded) ?? once);
  if (value === undefined) return undefined;
  let to = at + 1;
  const word = token.kind === "word";
  const following = word ? WORDS.get(tokens[to]?.folded ?? "") : undefined;
  if (following !== undefined && value >= 20 && following < 10) {
    value += following;
    to += 1;
  }
  const glued = (n: number) => tokens[n]?.start === tokens[n - 1]?.end;
  const money =
    CURRENCY.has(tokens[at - 1]?.folded ?? "") || /^[a-z]{0,2}\$$/.test(tokens[at - 1]?.folded ?? "");
  const bare = value;
  const scaled = tokens[to]?.folded ?? "";
  const beforeCurrency = CURRENCY_AFTER.has(tokens[to + 1]?.folded ?? "");
  // `112 t€` are thousands; a t without a currency is a tonne.
  const scale = beforeCurrency && /^(?:t|tsd)$/.test(scaled) ? 1e3 : SCALE.get(scaled);
  if (scale !== undefined && (glued(to) || (tokens[to]?.folded.length ?? 0) > 2 || money || beforeCurrency)) {
    value *= scale;
    to += 1;
  }
  const next = tokens[to]?.folded ?? "";
  const from = money ? at - 1 : at;
  const amount = value;
  const as = (unit: Unit, end: number, value = amount): Figure => {
    const figure = { value, amount, unit, from, to: end };
    return bare === amount ? figure : { ...figure, bare };
  };
  if (money) return as("money", to);
  if (next === "%" || next === "percent" || next === "pct") return as("percent", to + 1);
  if (next === "per" && tokens[to + 1]?.folded === "cent") return as("percent", to + 2);
  if (next === "nines" && value <= 6) return as("percent", to + 1, 100 - 10 ** (2 - value));
  // `388'000 (2021), CHF 251'000`: the currency is the next figure's.
  if (CURRENCY_AFTER.has(next) && /^\s*$/.test(tokens[to]?.lead ?? "")) return as("money", to + 1);
  if (next === "us" && CURRENCY_AFTER.has(tokens[to + 1]?.folded ?? "")) return as("money", to + 2);
  if (next === "times" && OFTEN.has(tokens[to + 1]?.folded ?? "")) return as("count", to + 1);
  if (next === "x" || next === "×" || next === "times" || next === "fold") return as("times", to + 1);
  const clock = /^h(\d{2})$/.exec(next);
  if (clock) return as("duration", to + 1, amount * 3_600 + Number(clock[1]) * 60);
  if (DURATION.test(next)) return as("duration", to + 1, amount * secondsIn(next));
  const share = ratioAt(tokens, to, value);
  if (share) return as("percent", share.to, share.percent);
  if (!word && scale === undefined && /^(?:19|20)\d\d$/.test(token.folded)) return as("year", to);
  return as("count", to);
}

/** Figures without a number: half, a third, halved, tenfold, an order of magnitude, an hour. */
function wordedAt(tokens: readonly Token[], at: number): Figure | undefined {
  const opening = tokens[at]?.folded ?? "";
  if (!OPENS.has(opening) && !opening.endsWith("fold")) return undefined;
  const word = (n: number) => tokens[n]?.folded ?? "";
  const figure = (unit: Unit, value: number, to: number): Figure => ({
    value,
    amount: value,
    unit,
    from: at,
    to,
  });
  const times = TIMES.get(word(at)) ?? WORDS.get(/^(\p{L}+)fold$/u.exec(word(at))?.[1] ?? "");
  if (times !== undefined) return figure("times", times, at + 1);
  if (word(at) === "order" && word(at + 2) === "magnitude") return figure("times", 10, at + 3);
  const article = word(at) === "a" || word(at) === "an";
  const length = word(at + 1);
  if (article && LASTS.has(word(at - 1)) && DURATION.test(length) && length.length > 2)
    return figure("duration", secondsIn(length) * (word(at - 1) === "half" ? 0.5 : 1), at + 2);
  if (word(at) === "half" && (PARTED.has(word(at - 1)) || PART_OF.has(word(at + 1))))
    return figure("percent", 50, at + 1);
  const part = FRACTIONS.get(word(at + 1));
  const number = article ? 1 : WORDS.get(word(at));
  if (part === undefined || number === undefined || number > 9 || number === 0) return undefined;
  const follows = tokens[at + 2];
  const taken = PARTED.has(word(at - 1)) || (follows !== undefined && PART_OF.has(follows.folded));
  return taken && (word(at + 1) !== "half" || article) ? figure("percent", number * part, at + 2) : undefined;
}

/** `4 in 100`, `3 out of 1,000`: a share. */
function ratioAt(tokens: readonly Token[], at: number, value: number) {
  const word = tokens[at]?.folded;
  const to = word === "in" ? at + 1 : word === "out" && tokens[at + 1]?.folded === "of" ? at + 2 : undefined;
  const whole = to !== undefined && tokens[to]?.kind === "number" ? numberOf(tokens[to].folded) : 0;
  if (
    to === undefined ||
    whole < 100 ||
    whole % 100 !== 0 ||
    whole <= value ||
    (whole > 1900 && whole < 2100)
  )
    return undefined;
  return { to: to + 1, percent: (100 * value) / whole };
}

/** A written number: groups of three are thousands, any other separator is decimal. NaN-free by construction. */
function numberOf(text: string): number {
  if (/^\d{1,3}(?:[.,\s\u00a0\u202f'’]\d{3})+$/.test(text) && !/^0/.test(text))
    return Number(text.replace(/\D/g, ""));
  const parts = text.split(/[.,]/);
  return Number(parts.length === 1 ? text : `${parts.slice(0, -1).join("")}.${parts.at(-1)}`);
}

function secondsIn(unit: string): number {
  if (/^(?:us|micro)/.test(unit)) return 1e-6;
  if (/^(?:ms|milli)/.test(unit)) return 1e-3;
  if (unit.startsWith("mo")) return 2_629_800;
  const lengths: Record<string, number> = {
    a: 14_400,
    m: 60,
    h: 3_600,
    d: 86_400,
    w: 604_800,
    y: 31_557_600,
  };
  return lengths[unit[0] ?? ""] ?? 1;
}
