import type { Token } from "./tokens.ts";

type Unit = "percent" | "money" | "duration" | "times" | "count" | "year";

/**
 * A number as it is meant. `value` is in seconds for durations, else equal to `amount`, the number as written with its k or
 * M. `from` and `to` are token positions, `to` exclusive, unit included.
 */
export type Figure = {
  readonly value: number;
  readonly amount: number;
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
};

/** Two figures of one quantity, before and after. */
export type Change = { readonly before: Figure; readonly after: Figure; readonly direction: "down" | "up" };

const WORDS = new Map(
  Object.entries({
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
    hundred: 100,
    dozen: 12,
  }),
);
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
  }),
);
const CODES = [
  "usd",
  "eur",
  "gbp",
  "chf",
  "sek",
  "nok",
  "dkk",
  "cad",
  "aud",
  "pln",
  "inr",
  "isk",
  "jpy",
  "brl",
  "zar",
];
const CURRENCY = new Set(["$", "€", "£", "¥", "₹", ...CODES]);
const CURRENCY_AFTER = new Set([
  "$",
  "€",
  "£",
  ...CODES,
  "dollars",
  "euros",
  "euro",
  "pounds",
  "kr",
  "francs",
]);
const DURATION =
  /^(?:ms|msec|s|sec|secs|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?|weeks?|months?|us|micros(?:econds)?|milliseconds?)$/;
const ARROWS = new Set(["to", "->", "=>", "→", "➜", "into"]);
const EARLIER = new Set(["was", "from", "formerly", "previously", "were"]);
const BETWEEN = 7;

/** Every figure in a clause, numbers in words and with k, M, %, currencies and durations included. */
export function figuresOf(tokens: readonly Token[]): Figure[] {
  const figures: Figure[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const figure = figureAt(tokens, at);
    if (!figure) continue;
    figures.push(figure);
    at = figure.to - 1;
  }
  return figures;
}

function figureAt(tokens: readonly Token[], at: number): Figure | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  let value = token.kind === "number" ? numberOf(token.folded) : WORDS.get(token.folded);
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
  const scale = SCALE.get(tokens[to]?.folded ?? "");
  const beforeCurrency = CURRENCY_AFTER.has(tokens[to + 1]?.folded ?? "");
  if (scale !== undefined && (glued(to) || (tokens[to]?.folded.length ?? 0) > 2 || money || beforeCurrency)) {
    value *= scale;
    to += 1;
  }
  const next = tokens[to]?.folded ?? "";
  const from = money ? at - 1 : at;
  const amount = value;
  const as = (unit: Unit, end: number, value = amount): Figure => ({ value, amount, unit, from, to: end });
  if (money) return as("money", to);
  if (next === "%" || next === "percent" || next === "pct") return as("percent", to + 1);
  if (next === "per" && tokens[to + 1]?.folded === "cent") return as("percent", to + 2);
  if (next === "nines" && value <= 6) return as("percent", to + 1, 100 - 10 ** (2 - value));
  if (CURRENCY_AFTER.has(next)) return as("money", to + 1);
  if (next === "x" || next === "×" || next === "times" || next === "fold") return as("times", to + 1);
  const clock = /^h(\d{2})$/.exec(next);
  if (clock) return as("duration", to + 1, amount * 3_600 + Number(clock[1]) * 60);
  if (DURATION.test(next)) return as("duration", to + 1, amount * secondsIn(next));
  if (!word && scale === undefined && /^(?:19|20)\d\d$/.test(token.folded)) return as("year", to);
  return as("count", to);
}

/** A written number: groups of three are thousands, any other separator is decimal. NaN-free by construction. */
function numberOf(text: string): number {
  if (/^\d{1,3}(?:[.,\s\u00a0\u202f]\d{3})+$/.test(text) && !/^0/.test(text))
    return Number(text.replace(/\D/g, ""));
  const parts = text.split(/[.,]/);
  return Number(parts.length === 1 ? text : `${parts.slice(0, -1).join("")}.${parts.at(-1)}`);
}

function secondsIn(unit: string): number {
  if (/^(?:us|micro)/.test(unit)) return 1e-6;
  if (/^(?:ms|milli)/.test(unit)) return 1e-3;
  if (unit.startsWith("mo")) return 2_629_800;
  const lengths: Record<string, number> = { m: 60, h: 3_600, d: 86_400, w: 604_800 };
  return lengths[unit[0] ?? ""] ?? 1;
}

/** Pairs of figures that say from what to what, in order. */
export function changesOf(tokens: readonly Token[], figures: readonly Figure[]): Change[] {
  const changes: Change[] = [];
  const told = figures.filter((f) => f.unit !== "year");
  for (let n = 0; n + 1 < told.length; n += 1) {
    const [first, second] = [told[n], told[n + 1]];
    if (!first || !second || second.from - first.to > BETWEEN) continue;
    const between = tokens.slice(first.to, second.from).map((t) => t.folded);
    const pair = align(first, second);
    if (!pair) continue;
    const earlier = between.some((word) => EARLIER.has(word)) && !between.includes("to");
    const arrow = between.some((word) => ARROWS.has(word));
    const dated = figures.some((f) => f.unit === "year" && f.from >= first.to && f.from < second.from);
    if (!arrow && !earlier && !dated) continue;
    const [before, after] = earlier ? [pair[1], pair[0]] : pair;
    if (before.value !== after.value)
      changes.push({ before, after, direction: after.value < before.value ? "down" : "up" });
  }
  return changes;
}

/** `from 47 to 9 minutes`: the unit that is said once counts for both, and the amounts as written are compared. */
function align(first: Figure, second: Figure): [Figure, Figure] | undefined {
  if (first.unit === second.unit) return [first, second];
  const bare = (figure: Figure, told: Figure): Figure => ({ ...figure, unit: told.unit });
  if (first.unit === "count") return [bare(first, second), { ...second, value: second.amount }];
  if (second.unit === "count") return [{ ...first, value: first.amount }, bare(second, first)];
  return undefined;
}
