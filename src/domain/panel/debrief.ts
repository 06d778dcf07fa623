import { mean, standardDeviation } from "simple-statistics";
import { pluralize } from "../pluralize.ts";
import type { Unit } from "../statistics/alpha.ts";
import type { Kit, Rating, Scorecard } from "./scorecard.ts";

type Rated = { readonly member: string; readonly level: number; readonly evidence: string };

/** One criterion of one round, and everyone who rated it. */
type Criterion = {
  readonly round: string;
  readonly criterion: string;
  readonly label: string;
  readonly rated: readonly Rated[];
};

/** What the ratings of a criterion come to, by arithmetic and nothing else. */
export type Aggregate = {
  readonly round: string;
  readonly criterion: string;
  readonly label: string;
  readonly n: number;
  /** Mean level, two decimals. */
  readonly mean: number;
  readonly spread: { readonly low: number; readonly high: number; readonly sd: number };
  readonly levels: readonly { readonly member: string; readonly level: number }[];
};

type ByOne = Pick<Scorecard, "round" | "member"> & { readonly ratings: readonly Rating[] };

const rounded = (value: number, decimals = 2): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

/** Every criterion of the kits with its ratings, in the order of the loop. */
export function criteriaOf(kits: readonly Kit[], cards: readonly ByOne[]): Criterion[] {
  return kits.flatMap(({ round, criteria }) =>
    criteria.map(({ id, label }) => ({
      round,
      criterion: id,
      label,
      rated: cards
        .filter((card) => card.round === round)
        .flatMap(({ member, ratings }) =>
          ratings
            .filter((r) => r.criterion === id)
            .map(({ level, evidence }) => ({ member, level, evidence })),
        ),
    })),
  );
}

/** Mean, count and spread of each criterion that somebody rated. */
export function aggregateOf(criteria: readonly Criterion[]): Aggregate[] {
  return criteria
    .filter(({ rated }) => rated.length > 0)
    .map(({ round, criterion, label, rated }) => {
      const levels = rated.map((r) => r.level);
      const spread = {
        low: Math.min(...levels),
        high: Math.max(...levels),
        sd: rounded(standardDeviation(levels)),
      };
      const by = rated.map(({ member, level }) => ({ member, level }));
      return { round, criterion, label, n: rated.length, mean: rounded(mean(levels)), spread, levels: by };
    });
}

/** Fewer than two ratings are one person's word: criteria that rest on that, or on nobody's. */
const COVERED = 2;
export function coverageGaps(criteria: readonly Criterion[]) {
  return criteria
    .filter(({ rated }) => rated.length < COVERED)
    .map(({ round, criterion, label, rated }) => ({ round, criterion, label, n: rated.length }));
}

/** The levels of each criterion, for a coefficient of agreement. */
export const unitsOf = (criteria: readonly Criterion[]): Unit[] =>
  criteria.map(({ rated }) => rated.map((r) => r.level));

/** How a rater stands to the others. Readings, never findings: each carries what else would explain it. */
export type Rater = {
  readonly member: string;
  readonly ratings: number;
  /** Mean of their level minus the others' mean on the same criteria; null where they share none. */
  readonly leniency: { readonly value: number; readonly n: number; readonly reading: string } | null;
  /** How far their levels differ within a card; null for cards of fewer than three criteria. */
  readonly halo: { readonly sd: number; readonly n: number; readonly reading: string } | null;
};

const FEW = 5;
const CARD = 3;

export function ratersOf(criteria: readonly Criterion[]): Rater[] {
  const members = [...new Set(criteria.flatMap(({ rated }) => rated.map((r) => r.member)))];
  return members.map((member) => ({
    member,
    ratings: criteria.filter(({ rated }) => rated.some((r) => r.member === member)).length,
    leniency: leniencyOf(member, criteria),
    halo: haloOf(member, criteria),
  }));
}

function leniencyOf(member: string, criteria: readonly Criterion[]): Rater["leniency"] {
  const differences = criteria.flatMap(({ rated }) => {
    const own = rated.find((r) => r.member === member);
    const others = rated.filter((r) => r.member !== member).map((r) => r.level);
    return own && others.length > 0 ? [own.level - mean(others)] : [];
  });
  if (differences.length === 0) return null;
  const value = rounded(mean(differences));
  const n = differences.length;
  const lead =
    value === 0
      ? "Rates like the others"
      : `Rates ${Math.abs(value)} ${value > 0 ? "above" : "below"} the others`;
  const caveat =
    n < FEW ? "too few to read anything into" : "it may be the rater, and it may be what only they saw";
  return {
    value,
    n,
    reading: `${lead} on ${pluralize(n, "shared criterion", "shared criteria")}; ${caveat}.`,
  };
}

function haloOf(member: string, criteria: readonly Criterion[]): Rater["halo"] {
  const rounds = [...new Set(criteria.map((c) => c.round))];
  const cards = rounds
    .map((round) =>
      criteria
        .filter((c) => c.round === round)
        .flatMap(({ rated }) => rated.filter((r) => r.member === member).map((r) => r.level)),
    )
    .filter((levels) => levels.length >= CARD);
  if (cards.length === 0) return null;
  const n = cards.flat().length;
  const sd = rounded(mean(cards.map((levels) => standardDeviation(levels))));
  const flat = cards.filter((levels) => new Set(levels).size === 1).length;
  const reading =
    flat > 0
      ? `The same level throughout on ${flat} of ${pluralize(cards.length, "card")}: one impression may have coloured all, or the candidate is that even.`
      : "Tells the criteria apart.";
  return { sd, n, reading };
}
