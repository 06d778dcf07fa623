import { mean, standardDeviation } from "simple-statistics";
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

/** What of a card the figures are computed from. */
type RatedCard = Pick<Scorecard, "round" | "member"> & { readonly ratings: readonly Rating[] };

const rounded = (value: number, decimals = 2): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

/** Every criterion of the kits with its ratings, in the order of the loop. */
export function criteriaOf(kits: readonly Kit[], cards: readonly RatedCard[]): Criterion[] {
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

/** Fewer ratings of a criterion than this are one person's word, or nobody's. */
const MIN_RATINGS_PER_CRITERION = 2;

/** Criteria that rest on one person's word, or on nobody's. */
export function coverageGaps(criteria: readonly Criterion[]) {
  return criteria
    .filter(({ rated }) => rated.length < MIN_RATINGS_PER_CRITERION)
    .map(({ round, criterion, label, rated }) => ({ round, criterion, label, n: rated.length }));
}

/** The levels of each criterion, for a coefficient of agreement. */
export const unitsOf = (criteria: readonly Criterion[]): Unit[] =>
  criteria.map(({ rated }) => rated.map((r) => r.level));

/** How a rater stands to the others: figures, which may be the rater and may be what only they saw. */
export type Rater = {
  readonly member: string;
  readonly ratings: number;
  /** Mean of their level minus the others' mean on the same criteria; `n` is how many they share. */
  readonly leniency: { readonly value: number | null; readonly n: number; readonly needed: number };
  /** Mean standard deviation of their levels within a card; `n` is their ratings on cards that are long enough. */
  readonly halo: {
    readonly sd: number | null;
    readonly n: number;
    readonly needed: number;
    readonly cards: number;
    /** Cards with the same level throughout; null where `sd` is. */
    readonly flat_cards: number | null;
  };
};

/**
 * Below this many ratings of one rater nothing is said about them. Two raters who share 15 criteria make the 30 paired
 * ratings that agreement takes; and levels of two raters differ by about one on a criterion (standard deviation), so that
 * the mean of 15 differences is known to half a level (1.96 / sqrt 15 = .51), the least that would change a reading.
 */
const MIN_RATINGS_OF_RATER = 15;
/** Levels of fewer criteria on one card do not show whether the rater tells them apart. */
const MIN_CRITERIA_PER_CARD = 3;

/** Leniency and halo of everyone who rated, without values for those who rated too little. */
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
  const n = differences.length;
  const value = n < MIN_RATINGS_OF_RATER ? null : rounded(mean(differences));
  return { value, n, needed: MIN_RATINGS_OF_RATER };
}

function haloOf(member: string, criteria: readonly Criterion[]): Rater["halo"] {
  const rounds = [...new Set(criteria.map((c) => c.round))];
  const cards = rounds
    .map((round) =>
      criteria
        .filter((c) => c.round === round)
        .flatMap(({ rated }) => rated.filter((r) => r.member === member).map((r) => r.level)),
    )
    .filter((levels) => levels.length >= MIN_CRITERIA_PER_CARD);
  const counts = { n: cards.flat().length, needed: MIN_RATINGS_OF_RATER, cards: cards.length };
  if (counts.n < MIN_RATINGS_OF_RATER) return { ...counts, sd: null, flat_cards: null };
  return {
    ...counts,
    sd: rounded(mean(cards.map((levels) => standardDeviation(levels)))),
    flat_cards: cards.filter((levels) => new Set(levels).size === 1).length,
  };
}
