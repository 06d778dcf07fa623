import type { Change } from "../text/changes.ts";
import type { Figure } from "../text/figures.ts";
import { hasTerm, type Terms } from "../text/finder.ts";
import type { Span } from "../text/matcher.ts";
import { nearest } from "../text/parts.ts";
import type { Token } from "../text/tokens.ts";
import { cadencesOf, versionAt } from "../text/versions.ts";
import type { ReadySignal } from "./compile.ts";
import { isHedged, type Reading } from "./reading.ts";

/** How far a figure may stand from what it is about, in tokens and what parts them. */
const REACH = 24;
/** How far a word for a direction may stand from its figure. */
const DIRECTS = 14;
/** How many words may stand between a count and what is counted. */
const COUNTED = 6;
/** How far behind what is counted its count stands, after a colon. */
const LABEL = 12;
/** How soon after a figure its measure of scale stands. */
const SCALED = 2;
/** How far a cadence may stand from what is done so often. */
const CADENCE = 18;

/** Whether a clause shows a signal; a claim that is negated, intended or somebody else's shows nothing. */
export function shows(signal: ReadySignal, reading: Reading): boolean {
  const { clause } = reading;
  const { under } = clause;
  // What most clauses lack is asked first.
  if (signal.signal !== "count" && !hasTerm(signal.of, clause)) return false;
  if (signal.under && !hasTerm(signal.under, under)) return false;
  if (signal.not_under && hasTerm(signal.not_under, under)) return false;
  if (signal.with && !hasTerm(signal.with, clause)) return false;
  const { around } = signal;
  if (around && ![clause, under, ...reading.beside].some((one) => hasTerm(around, one))) return false;
  if (signal.without && !WEIGHED.has(signal.signal) && hasTerm(signal.without, clause)) return false;
  return anchorsOf(signal, reading).some((at) => signal.hedged === true || !isHedged(reading, at));
}

/** Signals whose `without` counts by where it stands. */
const WEIGHED = new Set<ReadySignal["signal"]>(["figure", "count", "vague"]);

/** Where in the clause the signal stands, as token positions. */
function anchorsOf(signal: ReadySignal, reading: Reading): number[] {
  const { clause } = reading;
  const { tokens } = clause;
  switch (signal.signal) {
    case "figure":
      return figureAnchors(signal, reading);
    case "count":
      return countAnchors(signal, reading);
    case "version":
      return signal
        .of(clause)
        .filter(({ from, to }) => versionAt(tokens, from, to))
        .map(({ from }) => from);
    case "cadence": {
      const often = cadencesOf(tokens, reading.figures);
      return signal
        .of(clause)
        .filter((found) => nearest(reading.parts, often, found) <= CADENCE)
        .map(({ from }) => from);
    }
    case "phrase":
      return signal.of(clause).map(({ from }) => from);
    case "vague":
      return vagueAnchors(signal, reading);
    case "scale":
      return scaleAnchors(signal.of, reading);
  }
}

/** The figures that are about the subject: it stands nearer to them than anything that rules it out. */
function figureAnchors(signal: Extract<ReadySignal, { signal: "figure" }>, reading: Reading): number[] {
  const { clause } = reading;
  const { tokens } = clause;
  const ruledOut = signal.without ? signal.without(clause) : [];
  // `forecast error`, `retention spend`: what stands right behind a word that rules out belongs to it.
  const inside = (a: Span) => ruledOut.some((b) => a.from >= b.from && a.from <= b.to);
  const subjects = signal.of(clause).filter((found) => !inside(found));
  if (subjects.length === 0) return [];
  const { parts } = reading;
  const fitting = (figure: Figure, about = subjects) => {
    if (isRelease(tokens, figure)) return false;
    const near = nearest(parts, about, figure);
    const fits = (signal.units as readonly string[]).includes(figure.unit);
    return fits && near <= REACH && near <= nearest(parts, ruledOut, figure);
  };
  const low = (f: Figure) => signal.above !== undefined && f.unit === "percent" && f.value <= signal.above;
  const told = reading.figures.filter((figure) => fitting(figure) && !low(figure));
  const places = (figures: readonly Figure[]) => figures.map((figure) => figure.from);
  const inChange = new Set(reading.changes.flatMap(({ before, after }) => [before.from, after.from]));
  const alone = told.filter(({ from }) => !inChange.has(from));
  const { change, near: level } = signal;
  if (change === undefined && !level) return places(told);
  if (level) {
    const levels = level(clause);
    const held = told.filter((figure) => nearest(parts, levels, figure) <= DIRECTS);
    if (held.length > 0 || change === undefined) return places(held);
  }
  const fits = (found: "down" | "up") => change === "either" || change === found;
  // What is told inside a change, from 1 in 40 alerts to 1 in 11, is not what it is about.
  const outside = (c: Change) => subjects.filter(({ from }) => from < c.before.from || from >= c.after.from);
  const about = (c: Change) => (outside(c).length > 0 || ruledOut.length > 0 ? outside(c) : subjects);
  const changed = reading.changes.filter(
    (c) => fits(c.direction) && (fitting(c.after, about(c)) || fitting(c.before, about(c))),
  );
  if (changed.length > 0) return places(changed.map((c) => c.after));
  if (signal.pair) return [];
  if (change === "either")
    return places(
      alone.filter((f) => isChange(f) || nearest(parts, [...reading.down, ...reading.up], f) <= DIRECTS),
    );
  return places(alone.filter((figure) => directs(change, reading, figure)));
}

/**
 * `merged in 2.9` and `scikit-learn 1.3` name a release: a bare number with a point, with nothing that it measures behind it.
 * `9.4/10` is a mark.
 */
const isRelease = (tokens: readonly Token[], { unit, from, to }: Figure): boolean =>
  unit === "count" &&
  to - from === 1 &&
  /^\d+\.\d{1,2}$/.test(tokens[from]?.folded ?? "") &&
  tokens[from - 1]?.kind === "word" &&
  tokens[to]?.kind !== "word" &&
  !(tokens[to]?.folded === "/" && /^(?:5|10|100)$/.test(tokens[to + 1]?.folded ?? ""));

const isChange = (figure: Figure): boolean => figure.unit === "times" && figure.from + 1 === figure.to;

/** The nearest word for a direction says which way a figure went. */
function directs(change: "down" | "up" | undefined, { parts, down, up }: Reading, figure: Figure): boolean {
  const [downs, ups] = [nearest(parts, down, figure), nearest(parts, up, figure)];
  return change === "down" ? downs <= DIRECTS && downs <= ups : ups <= DIRECTS && ups <= downs;
}

// What cannot stand between a count and what is counted.
const PARTS_COUNT = new Set(
  "for from with in on to by at per a an the is are was were who i we served serving into via using behind across under than as spent people's have has had about".split(
    " ",
  ),
);
const OF_WHAT = new Set("of our the these those my its".split(" "));

/** `12 models`, `between 35 and 40 live model services`, `models in production: 14`, `fourteen of them`. */
function countAnchors(signal: Extract<ReadySignal, { signal: "count" }>, reading: Reading): number[] {
  const { parts, clause, figures } = reading;
  const { tokens, under } = clause;
  const ruledOut = signal.without ? signal.without(clause) : [];
  const inside = (a: Span) => ruledOut.some((b) => a.from >= b.from && a.to <= b.to);
  const near = (signal.near ? signal.near(clause) : []).filter((found) => !inside(found));
  if (signal.near && near.length === 0 && !hasTerm(signal.near, under)) return [];
  const things = signal.of(clause);
  const counts = figures.filter(
    ({ unit, value, from }) =>
      unit === "count" && value >= 2 && Number.isInteger(value) && isFree(tokens[from], tokens[from - 1]),
  );
  return counts
    .filter((figure) => {
      const said = things.some((thing) => isCounted(reading, figure, thing));
      // `Today I run thirty-one in production`: of what, the words around tell.
      // `23 incidents, four of them severe`: of what was counted right before.
      const isOfOthers = things.length === 0 && counts.some(({ to }) => to <= figure.from);
      const meant = !said && !isOfOthers && isElliptic(tokens, figure) && isAbout(signal.of, things, reading);
      if (!said && !meant) return false;
      return nearest(parts, near, figure) <= nearest(parts, ruledOut, figure) + 3;
    })
    .map(({ from }) => from);
}

/** `CIFAR-10`, version 3 and 1.27 count nothing. */
const isFree = (token: Token | undefined, before: Token | undefined): boolean =>
  token !== undefined &&
  !/[.]/.test(token.folded) &&
  token.lead !== "-" &&
  !/^(?:version|v|top|phase|level|release|gpt|llama)$/.test(before?.folded ?? "");

function isCounted({ parts: { part }, clause: { tokens } }: Reading, figure: Figure, thing: Span): boolean {
  const gap = thing.from - figure.to;
  if (gap >= 0) {
    if (gap > COUNTED || isNamedAfter(tokens[thing.to])) return false;
    return tokens
      .slice(figure.to, thing.from)
      .every(
        ({ folded }, n, all) =>
          !(PARTS_COUNT.has(folded) || (folded === "of" && n > 0)) ||
          (OF_WHAT.has(folded) && all[n - 1]?.folded === "of"),
      );
  }
  const first = tokens[figure.from];
  // `Recommender traffic: 6k requests` counts requests.
  if (thing.to > figure.from || !first || isPlural(tokens[figure.to])) return false;
  const behind = figure.from - thing.to;
  // `Services in production that I answer for: 19`, in one part up to the colon.
  const labelled =
    /:\s*~?$/.test(first.lead) && behind <= LABEL && part[thing.from] === part[figure.from - 1];
  return labelled || (behind <= 3 && /[:(=]\s*~?$/.test(first.lead));
}

/** `48 message types` counts types. */
const isNamedAfter = (next: Token | undefined): boolean =>
  next?.lead === " " &&
  /^(?:types?|kinds?|formats?|class(?:es)?|fields?|columns?|famil(?:y|ies))$/.test(next.folded);

const isPlural = (next: Token | undefined): boolean =>
  next?.kind === "word" && next.lead === " " && /^\p{L}{3,}s$/u.test(next.folded);

/** A count of what was named before: `fourteen of them`, `31 in production`. */
function isElliptic(tokens: readonly Token[], figure: Figure): boolean {
  const [next, second] = [tokens[figure.to]?.folded ?? "", tokens[figure.to + 1]?.folded ?? ""];
  // `Eleven years, the last five of them with models` counts years.
  if (/^(?:last|first|past|latest)$/.test(tokens[figure.from - 1]?.folded ?? "")) return false;
  return next === "of"
    ? /^(?:them|these|those|which|mine)$/.test(second)
    : next === "in" && /^(?:prod|production)$/.test(second);
}

const isAbout = (of: Terms, things: readonly Span[], { beside, earlier, clause }: Reading): boolean =>
  things.length > 0 || [clause.under, ...beside, ...earlier].some((words) => hasTerm(of, words));

/** Vague until the clause is specific: a figure or a version, or words that go on to say what was done. */
function vagueAnchors(
  { of, without }: Extract<ReadySignal, { signal: "vague" }>,
  reading: Reading,
): number[] {
  const { clause, figures } = reading;
  const specifics = without ? without(clause) : [];
  const isBacked = (from: number) =>
    figures.some((f) => f.unit !== "year" && (f.from > from || f.unit === "percent" || f.unit === "money")) ||
    reading.changes.length > 0 ||
    specifics.some((found) => found.from > from);
  return of(clause)
    .filter(({ from }) => !isBacked(from))
    .map(({ from }) => from);
}

const isThousands = (number: string): boolean => /^\d{1,3}(?:\.\d{3})+$/.test(number);
const MEASURE =
  /^(?:[kmgtp]b|[kmgtp]ib|(?:giga|tera|peta)bytes?|ms|qps|rps|tps|fps|[kmgt]w(?:h|p|ac|dc)?|(?:mega|giga)watts?)$/;

/** From this many on, what comes so often is a scale, whatever it is: `12,000 rulings a week`, `200,000 lines each night`. */
const MANY = 1_000;
const RATED = 5;

const isRate = (tokens: readonly Token[], from: number): boolean =>
  tokens
    .slice(from, from + RATED)
    .some(
      ({ folded }, n) =>
        /^(?:daily|nightly|hourly|weekly)$/.test(folded) ||
        (/^(?:a|an|per|each|every)$/.test(folded) &&
          /^(?:second|minute|hour|day|night|week|month)$/.test(tokens[from + n + 1]?.folded ?? "")),
    );

/** Figures with one of `terms` in, right after or right before them; from many on, also what comes so often. */
function scaleAnchors(terms: Terms, { clause, figures }: Reading): number[] {
  const { tokens } = clause;
  const measures = new Set(terms(clause).map(({ from }) => from));
  const isScale = ({ unit, value, from, to }: Figure): boolean => {
    if (tokens[from]?.lead === "." || unit === "year" || unit === "times") return false;
    if (value === 1 || value === 0) return false;
    // A version is no count: nobody has 1.27 clusters, or 2.0 of them.
    const dotted =
      to - from === 1 &&
      /\.\d+$/.test(tokens[from]?.folded ?? "") &&
      !isThousands(tokens[from]?.folded ?? "");
    if (unit === "count" && dotted && !MEASURE.test(tokens[to]?.folded ?? "")) return false;
    for (let at = from; at < to + SCALED; at += 1) if (measures.has(at)) return true;
    if (unit === "count" && value >= MANY && isRate(tokens, to)) return true;
    const isPart = tokens[from - 1]?.folded === "of" && unit === "count";
    if (isPart) return measures.has(from - 2);
    return /[:(]\s*$/.test(tokens[from]?.lead ?? "") && measures.has(from - 1);
  };
  return figures.filter(isScale).map(({ from }) => from);
}
