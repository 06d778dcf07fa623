import type { Figure } from "./figures.ts";
import type { Token } from "./tokens.ts";

/** Two figures of one quantity, before and after. */
export type Change = { readonly before: Figure; readonly after: Figure; readonly direction: "down" | "up" };

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

const ARROWS = words("to -> => → ➜ into became becomes");
const EARLIER = words("was from formerly previously were instead versus vs against");
const NOW = words("now today currently nowadays");
const LATER = words(
  [
    "now today currently then after afterwards since later became ended closed",
    "left last eventually still finally latest recent recently takes needs needed",
  ].join(" "),
);
const FORMER = words(
  "was were used when before originally initially joined started began came then took taken had read",
);
/** Behind the second figure: it is the one from before. */
const OF_OLD = words("when before originally initially formerly previously earlier");
const DATES =
  /^(?:q[1-4]|spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december)$/;
/** How many tokens may stand between the two. */
const BETWEEN = 16;
/** The same where nothing but an arrow or a word such as `to` and `was` tells that they belong together. */
const CLOSE = 7;
/** From what to what, with what was done in between: `from 96% of calls answered in time we went to 99%`. */
const FROM_TO = 14;

/** Pairs of figures that say from what to what, in order. */
export function changesOf(tokens: readonly Token[], figures: readonly Figure[]): Change[] {
  const said = figures.filter((f) => f.unit !== "year");
  return said.flatMap((first, n) => {
    const next = changeOf(tokens, figures, first, said[n + 1]);
    // `99.2% of calls inside 200 ms, up from 95%`: one of another kind may stand between.
    const other = said[n + 1];
    const beyond =
      next || !other || other.unit === first.unit || other.unit === "count" ? undefined : said[n + 2];
    const change =
      next ?? (beyond?.unit === first.unit ? changeOf(tokens, figures, first, beyond) : undefined);
    return change ? [change] : [];
  });
}

function changeOf(
  tokens: readonly Token[],
  figures: readonly Figure[],
  first: Figure,
  second: Figure | undefined,
): Change | undefined {
  if (!second || second.from - first.to > BETWEEN) return undefined;
  const folded = (from: number, to: number) => tokens.slice(Math.max(0, from), to).map((t) => t.folded);
  const pair = align(first, second);
  if (!pair || isVersions(tokens, first, second) || isPart(tokens, second)) return undefined;
  const between = folded(first.to, second.from);
  const has = (list: readonly string[], of: ReadonlySet<string>) => list.some((word) => of.has(word));
  const gap = second.from - first.to;
  const earlier = has(between, EARLIER) && !between.includes("to") && !has(between, LATER);
  const from = tokens[first.from - 1]?.folded === "from";
  const arrow = gap <= (from ? FROM_TO : CLOSE) && has(between, ARROWS);
  const around = folded(second.to, second.to + 6);
  const yearIn = (from: number, to: number) =>
    figures.some((f) => f.unit === "year" && f.from >= from && f.from < to) ||
    folded(from, to).some((word) => DATES.test(word));
  const dated = yearIn(first.to, second.from) && (yearIn(second.to, second.to + 5) || has(around, LATER));
  const labelled =
    yearIn(first.from - 3, first.from) && yearIn(Math.max(first.to, second.from - 3), second.from);
  const lead = folded(first.from - 12, second.from);
  const told = has(lead, FORMER) && (has(between, LATER) || has(around, LATER));
  const updated = gap <= 4 && first.unit === second.unit && has(between, NOW);
  const of = folded(second.to, second.to + 5);
  const looksBack = has(folded(first.from - 6, second.from), words(NOW_OR_THIS)) && has(of, OF_OLD);
  // `Formerly 3 hours, is 20 minutes`.
  const once = OF_OLD.has(folded(first.from - 1, first.from)[0] ?? "") && has(between, IS) && gap <= CLOSE;
  if (!arrow && !once && !(earlier && gap <= CLOSE) && !dated && !labelled && !told && !updated && !looksBack)
    return undefined;
  if (arrow && isRange(tokens, first, second)) return undefined;
  const back = (earlier && !told && !once) || (looksBack && !arrow);
  const [before, after] = back ? [pair[1], pair[0]] : pair;
  if (before.value === after.value) return undefined;
  return { before, after, direction: after.value < before.value ? "down" : "up" };
}

/** `38 callouts, four of which became incidents`: some of them, not what became of them. */
const isPart = (tokens: readonly Token[], { to }: Figure): boolean =>
  tokens[to]?.folded === "of" && /^(?:which|them|these|those|whom)$/.test(tokens[to + 1]?.folded ?? "");

const IS = words("is are now");

const NOW_OR_THIS = "now today currently nowadays this reads";

/** `3 to 6 pages a week` is no change, where no word says that it went from one to the other. */
function isRange(tokens: readonly Token[], first: Figure, second: Figure): boolean {
  if (second.from - first.to !== 1 || tokens[first.to]?.folded !== "to") return false;
  if (
    first.unit !== "count" ||
    first.to - first.from > 1 ||
    second.unit === "percent" ||
    second.unit === "money"
  )
    return false;
  return (
    first.value < second.value &&
    !/^(?:from|of|:|was|went|rose|grew|up)$/.test(tokens[first.from - 1]?.folded ?? "")
  );
}

/** `Kubernetes 1.26 to 1.29`: releases, no amounts. */
function isVersions(tokens: readonly Token[], first: Figure, second: Figure): boolean {
  const dotted = ({ from, to }: Figure) => to - from === 1 && /^\d+\.\d+/.test(tokens[from]?.folded ?? "");
  if (first.unit !== "count" || second.unit !== "count" || !dotted(first) || !dotted(second)) return false;
  return tokens
    .slice(Math.max(0, first.from - 6), second.to + 4)
    .some(({ folded }) => /^(?:upgrad|version|release|kubernetes|k8s|airflow|mlflow|python)/.test(folded));
}

/** Up to this a number without its own k or lakh, before one that has it, shares it: `from 41 to 27 lakh`. */
const SHARES = 1_000;

/** `from 47 to 9 minutes`: the unit that is said once counts for both, and the amounts as written are compared. */
function align(first: Figure, second: Figure): [Figure, Figure] | undefined {
  const shared = first.bare === undefined && second.bare !== undefined && first.amount < SHARES;
  const after = shared ? (second.bare ?? second.amount) : second.amount;
  const bare = (figure: Figure, told: Figure): Figure => ({ ...figure, unit: told.unit });
  if (first.unit === second.unit)
    return [first, shared && first.unit === "count" ? { ...second, value: after } : second];
  if (first.unit === "count") return [bare(first, second), { ...second, value: after }];
  if (second.unit === "count") return [{ ...first, value: first.amount }, bare(second, first)];
  return undefined;
}
