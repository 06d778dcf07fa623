import { mean, standardDeviation } from "simple-statistics";
import type { Unit } from "../statistics/alpha.ts";
import type { Kit, Rating, Scorecard } from "./scorecard.ts";

type Rated = { readonly member: string; readonly level: number; readonly evidence: string };

/** One criterion of one round, with everyone's rating of it. */
type Criterion = {
  readonly round: string;
  readonly criterion: string;
  readonly label: string;
  readonly rated: readonly Rated[];
};

/** Figures for the ratings of one criterion. */
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

/** The parts of a scorecard from which the figures are computed. */
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

/** A criterion with fewer ratings than this rests on one person's rating, or on none. */
const MIN_RATINGS_PER_CRITERION = 2;

/** Criteria that fewer than `MIN_RATINGS_PER_CRITERION` people rated. */
export function coverageGaps(criteria: readonly Criterion[]) {
  return criteria
    .filter(({ rated }) => rated.length < MIN_RATINGS_PER_CRITERION)
    .map(({ round, criterion, label, rated }) => ({ round, criterion, label, n: rated.length }));
}

/** The levels of each criterion, for computing agreement. */
export const unitsOf = (criteria: readonly Criterion[]): Unit[] =>
  criteria.map(({ rated }) => rated.map((r) => r.level));

/**
 * How a rater's levels compare with the others'. A difference may come from the rater, or from something that only they
 * saw.
 */
export type Rater = {
  readonly member: string;
  readonly ratings: number;
  /** Mean of the rater's level minus the others' mean on the same criteria. `n` is the number of shared criteria. */
  readonly leniency: { readonly value: number | null; readonly n: number; readonly needed: number };
  /**
   * `sd` is the mean standard deviation of the rater's levels within a card. `n` counts ratings on cards with enough
   * criteria.
   */
  readonly halo: {
    readonly sd: number | null;
    readonly n: number;
    readonly needed: number;
    readonly cards: number;
    /** Cards with the same level for every criterion. Null when `sd` is. */
    readonly flat_cards: number | null;
  };
};

/**
 * Below this many ratings of one rater, no figure is given for them. There are two reasons. Two raters who share 15
 * criteria make the 30 paired ratings that agreement needs. And levels of two raters differ by about one on a criterion
 * (standard deviation), so the mean of 15 differences is known to half a level (1.96 / sqrt 15 = .51). Less than half a
 * level would not change a reading.
 */
const MIN_RATINGS_OF_RATER = 15;
/** A card with fewer criteria does not show whether the rater tells criteria apart. */
const MIN_CRITERIA_PER_CARD = 3;

/** Leniency and halo of every rater. The values are null for raters with too few ratings. */
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
