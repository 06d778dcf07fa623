import { type Change, changesOf } from "../text/changes.ts";
import { type Figure, figuresOf } from "../text/figures.ts";
import type { Sentence } from "../text/finder.ts";
import type { Span } from "../text/matcher.ts";
import { covers, type Parts, partsOf } from "../text/parts.ts";
import type { Token } from "../text/tokens.ts";
import type { Clause } from "./clauses.ts";
import type { CompiledRubric } from "./compile.ts";

/** A clause read once: its figures, its changes, and what hedges its claims. */
export type Reading = {
  readonly clause: Clause;
  /** The clauses before and after it in the same block. */
  readonly beside: readonly Sentence[];
  /** The clauses before it, whatever block they stand in. */
  readonly earlier: readonly Sentence[];
  readonly parts: Parts;
  readonly figures: readonly Figure[];
  readonly changes: readonly Change[];
  readonly negations: readonly Span[];
  readonly intended: readonly Span[];
  readonly others: readonly Span[];
  readonly own: readonly Span[];
  readonly reached: readonly Span[];
  readonly down: readonly Span[];
  readonly up: readonly Span[];
};

/** How far a negation reaches forward. */
const NEGATES = 7;

export function readClause(
  clause: Clause,
  language: CompiledRubric["language"],
  { beside = [], earlier = [] }: Partial<Pick<Reading, "beside" | "earlier">> = {},
): Reading {
  const { tokens } = clause;
  const figures = figuresOf(tokens);
  const parts = partsOf(tokens);
  return {
    clause,
    beside,
    earlier,
    parts,
    figures,
    changes: changesOf(tokens, figures),
    negations: language.negated(clause),
    intended: language.intended(clause),
    others: [
      ...language.others(clause).filter((found) => !isCompany(tokens, found)),
      ...groupsOf(tokens, parts, language.groups(clause)),
    ],
    own: language.own(clause),
    reached: language.reached(clause),
    down: [...language.down(clause), ...signsOf(tokens, figures)],
    up: language.up(clause),
  };
}

/** Whether the words at a place prove nothing: denied, only intended, or somebody else's doing. */
export function isHedged(reading: Reading, at: number): boolean {
  const { parts, negations, intended, others, own, reached } = reading;
  return (
    negations.some((negation) => denies(negation, reading, at)) ||
    intended.some((hedge) => covers(parts, hedge, at, reached)) ||
    others.some((hedge) => covers(parts, hedge, at, own))
  );
}

function denies({ from, to }: Span, { parts: { part } }: Reading, at: number): boolean {
  if (to > at + 1 || at - from > NEGATES) return false;
  // `Not yet: Kubernetes, on call` denies the whole list.
  return part[at] === part[to - 1] || (from === 0 && part[to] !== part[to - 1]);
}

/** `Together with the IT department`: who helps has not done it alone. */
const isCompany = (tokens: readonly Token[], { from }: Span): boolean =>
  tokens.slice(Math.max(0, from - 2), from).some(({ folded }) => folded === "with" || folded === "alongside");

const DETERMINERS = new Set("the our a an its their another his her other".split(" "));
const JOINS = new Set(
  "by that which because when and so then since as after where if it's is was were are".split(" "),
);
const MODIFIERS = 4;
/** `Our two-person team` is the writer's own. */
const OURS = new Set("person people man own small tiny whole entire little my".split(" "));

/**
 * Who else is said to have done it: `the platform team`, `our FinOps group`, as who acts or after `by`. `Our team` and
 * `with the platform team` are nobody else.
 */
function groupsOf(tokens: readonly Token[], { part }: Parts, groups: readonly Span[]): Span[] {
  return groups.flatMap(({ from, to }) => {
    let start = from - 1;
    while (start >= 0 && from - start <= MODIFIERS && !DETERMINERS.has(tokens[start]?.folded ?? ""))
      start -= 1;
    const determiner = tokens[start]?.folded ?? "";
    if (!DETERMINERS.has(determiner)) return opens(tokens, from, to) ? [{ from: 0, to }] : [];
    const bare = start === from - 1;
    if (tokens.slice(start, from).some(({ folded }) => OURS.has(folded))) return [];
    if (bare && !/^(?:their|another|other)$/.test(determiner)) return [];
    const before = start - 1;
    const acts = before < 0 || part[before] !== part[start] || JOINS.has(tokens[before]?.folded ?? "");
    return acts ? [{ from: start, to }] : [];
  });
}

/** `Science group retrained 60 models`: without an article, right at the beginning. */
function opens(tokens: readonly Token[], from: number, to: number): boolean {
  const verb =
    /^(?:led|leads?|built|builds|ran|runs?|owns?|grew|met|manages|mentors|coaches|supports)$|(?:ed|ing)$/;
  if (tokens.slice(0, from).some(({ folded }) => /^(?:my|our|we|i|cut|own|whole)$/.test(folded)))
    return false;
  if (from === 0 || from > 3 || verb.test(tokens[0]?.folded ?? "")) return false;
  const next = tokens[to];
  return (
    next?.kind === "word" &&
    next.lead === " " &&
    /(?:ed|s|ran|built|cut|took|brought|runs)$/.test(next.folded)
  );
}

/** A minus sign or an arrow down before a number, or `off` behind it, says which way it went. */
function signsOf(tokens: readonly Token[], figures: readonly Figure[]): Span[] {
  return tokens.flatMap((token, at) => {
    const minus = token.kind === "number" && /[\s(][-−–]$/.test(token.lead);
    const off =
      token.folded === "off" && figures.some((f) => f.to <= at && at - f.to <= 3 && f.unit !== "count");
    return minus || off || token.folded === "↓" ? [{ from: at, to: at + 1 }] : [];
  });
}
