import type { Clause } from "./clauses.ts";
import type { CompiledRubric, ReadySignal } from "./compile.ts";
import { changesOf, type Figure, figuresOf } from "./figures.ts";
import { type Found, findTerms, hasTerm, matchAt, type Terms } from "./terms.ts";
import type { Token } from "./tokens.ts";

/** A clause read once: its figures, its changes, and what hedges the claim. */
export type Reading = {
  readonly clause: Clause;
  readonly figures: readonly Figure[];
  readonly changes: ReturnType<typeof changesOf>;
  readonly negations: readonly Found[];
  /** Only intended, or other people's work. */
  readonly hedges: ReadonlySet<"intended" | "others">;
  readonly down: boolean;
  readonly up: boolean;
};

export function readClause(clause: Clause, language: CompiledRubric["language"]): Reading {
  const { tokens } = clause;
  const figures = figuresOf(tokens);
  const hedges = (["intended", "others"] as const).filter((hedge) => hasTerm(language[hedge], tokens));
  return {
    clause,
    figures,
    changes: changesOf(tokens, figures),
    hedges: new Set(hedges),
    negations: findTerms(language.negated, tokens),
    down: hasTerm(language.down, tokens),
    up: hasTerm(language.up, tokens),
  };
}

type ClauseSignal = Exclude<ReadySignal, { signal: "balance" | "unscaled" }>;

/** How far a figure may stand from what it is about, in tokens. */
const REACH = 16;
const COUNTED = 4;
/** How soon after a figure its measure of scale stands. */
const SCALED = 2;
/** How far a negation reaches forward. */
const NEGATES = 7;

/** Whether a clause shows a signal; a claim that is negated, intended or somebody else's shows nothing. */
export function shows(signal: ClauseSignal, reading: Reading): boolean {
  const { tokens } = reading.clause;
  for (const hedge of reading.hedges) if (!signal.even?.includes(hedge)) return false;
  if (signal.under && !hasTerm(signal.under, reading.clause.under)) return false;
  if (signal.not_under && hasTerm(signal.not_under, reading.clause.under)) return false;
  if (signal.also && !hasTerm(signal.also, tokens)) return false;
  if (signal.never && hasTerm(signal.never, tokens)) return false;
  const anchors = anchorsOf(signal, reading);
  if (signal.even?.includes("negated")) return anchors.length > 0;
  return anchors.some(
    (at) => !reading.negations.some(({ from, to }) => to <= at + 1 && at - from <= NEGATES),
  );
}

/** Where in the clause the signal stands, as token positions. */
function anchorsOf(signal: ClauseSignal, reading: Reading): number[] {
  const { tokens } = reading.clause;
  switch (signal.signal) {
    case "figure":
      return figureAnchors(signal, reading);
    case "count":
      if (signal.near && !hasTerm(signal.near, tokens) && !hasTerm(signal.near, reading.clause.under))
        return [];
      return countAnchors(signal.of, reading);
    case "version":
      return findTerms(signal.of, tokens)
        .filter(({ to }) => versionAt(tokens, to))
        .map(({ from }) => from);
    case "cadence":
      return isCadence(tokens) ? findTerms(signal.of, tokens).map(({ from }) => from) : [];
    case "phrase":
      return findTerms(signal.any, tokens).map(({ from }) => from);
    case "vague":
      return vagueAnchors(signal.any, reading);
  }
}

function figureAnchors(signal: Extract<ClauseSignal, { signal: "figure" }>, reading: Reading): number[] {
  const { tokens } = reading.clause;
  const subjects = findTerms(signal.subject, tokens);
  if (subjects.length === 0) return [];
  const fitting = (figure: Figure) =>
    (signal.units as readonly string[]).includes(figure.unit) &&
    subjects.some(({ from, to }) => figure.from - to <= REACH && from - figure.to <= REACH);
  const told = reading.figures.filter(fitting).map((figure) => figure.from);
  const { change } = signal;
  if (change === undefined && !signal.level) return told;
  if (signal.level && hasTerm(signal.level, tokens) && told.length > 0) return told;
  if (change === undefined) return [];
  const fits = (found: "down" | "up") => change === "either" || change === found;
  const changed = reading.changes
    .filter((c) => fitting(c.after) && fits(c.direction))
    .map((c) => c.after.from);
  return changed.length > 0
    ? changed
    : (reading.down && fits("down")) || (reading.up && fits("up"))
      ? told
      : [];
}

/** `12 models`, `between 35 and 40 live model services`: a count right before what is counted. */
function countAnchors(of: Terms, { clause: { tokens }, figures }: Reading): number[] {
  const counts = figures.filter(
    (figure) => figure.unit === "count" && figure.value >= 2 && Number.isInteger(figure.value),
  );
  const counted = (from: number) =>
    counts.some((f) => f.to <= from && from - f.to < COUNTED && !versionBefore(tokens, f));
  return findTerms(of, tokens)
    .filter(({ from }) => counted(from))
    .map(({ from }) => from);
}

/** A number right behind a name with nothing between is a version, not a count. */
const versionBefore = (tokens: readonly Token[], figure: Figure): boolean =>
  /[.]/.test(tokens[figure.from]?.folded ?? "");

function versionAt(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at];
  const before = tokens[at - 1];
  if (!next || !before || next.start - before.end > 2) return false;
  if (next.kind === "word")
    return (
      /^v\d/.test(next.folded) ||
      (/^(?:v|version|release)$/.test(next.folded) && tokens[at + 1]?.kind === "number")
    );
  if (next.kind !== "number" || /^(?:19|20)\d\d$/.test(next.folded)) return false;
  const unit = tokens[at + 1]?.folded ?? "";
  return (
    /[.]/.test(next.folded) || unit === "x" || (next.end - next.start <= 2 && !/^\p{L}{4,}s$|^%$/u.test(unit))
  );
}

const OFTEN = new Set(["weekly", "daily", "monthly", "fortnightly", "biweekly", "nightly"]);
const PERIOD = /^(?:day|night|week|weekend|month|quarter|year|shift|rotation)s?$/;

/** One in five, every other week, two pages a week, 24/7 with a period, a dozen incidents a year. */
function isCadence(tokens: readonly Token[]): boolean {
  const figures = figuresOf(tokens);
  return tokens.some((token, at) => {
    if (OFTEN.has(token.folded)) return true;
    if (token.folded === "every" && tokens.slice(at + 1, at + 4).some((t) => PERIOD.test(t.folded)))
      return true;
    const counted = figures.some(
      (figure) => figure.to <= at && at - figure.to <= 3 && figure.unit !== "year",
    );
    if ((token.folded === "in" || token.folded === "of" || token.folded === "out") && counted) {
      return figures.some((figure) => figure.from > at && figure.from - at <= 2 && figure.unit === "count");
    }
    return (
      (token.folded === "a" || token.folded === "per" || token.folded === "each" || token.folded === "/") &&
      counted &&
      PERIOD.test(tokens[at + 1]?.folded ?? "")
    );
  });
}

/** Vague until something further on in the same clause is specific: a figure, or a version. */
function vagueAnchors(any: Terms, { clause: { tokens }, figures }: Reading): number[] {
  const backed = (from: number) => figures.some((figure) => figure.unit !== "year" && figure.from > from);
  return findTerms(any, tokens)
    .filter(({ from }) => !backed(from))
    .map(({ from }) => from);
}

/** Whether one of `terms` stands in or right after a figure; money is a scale by itself. */
export function isScaled(terms: Terms, { clause: { tokens }, figures }: Reading): boolean {
  return figures.some((figure) => {
    if (figure.unit === "money") return true;
    if (figure.unit === "year" || figure.value === 1) return false;
    for (let at = figure.from; at < figure.to + SCALED; at += 1)
      if (matchAt(terms, tokens, at) > 0) return true;
    return false;
  });
}
