import { DomainError } from "../errors.ts";

/** An end of a band, known only to a range; whole currency units a year. */
export type BandEnd = { readonly from: number; readonly to: number };

/** An end of the band inside whose range an offer starts or ends: there the reading could be another. */
type UncertainEnd = {
  readonly end: "low_end" | "high_end";
  /** What of the offer lies there: a range has a start and an end. */
  readonly part: "offer" | "start" | "end";
};

/** Where pay lies against a band, and by how much; whole currency units. */
export type PayPosition = {
  readonly reading: "below" | "starts_below" | "in" | "ends_above" | "wider" | "above";
  /** The offer; both alike where it is one amount. */
  readonly min: number;
  readonly max: number;
  readonly below_by: number;
  readonly above_by: number;
  /** How far up the band the middle of the offer is. */
  readonly middle_percent: number;
  readonly uncertain: readonly UncertainEnd[];
};

/** The position of an offer (min and max alike) or a range in a band, which reaches from the lowest low to the highest high. */
export function positionIn(
  ends: { readonly low: BandEnd; readonly high: BandEnd },
  min: number,
  max: number,
): PayPosition {
  const [low, high] = [ends.low.from, ends.high.to];
  const below_by = Math.max(0, low - min);
  const above_by = Math.max(0, max - high);
  const middle_percent = Math.round((((min + max) / 2 - low) / (high - low)) * 100);
  return {
    reading: readingOf({ isBelow: max < low, isAbove: min > high, below_by, above_by }),
    min,
    max,
    below_by,
    above_by,
    middle_percent,
    uncertain: uncertainEnds(ends, min, max),
  };
}

function readingOf(offer: {
  isBelow: boolean;
  isAbove: boolean;
  below_by: number;
  above_by: number;
}): PayPosition["reading"] {
  if (offer.isBelow) return "below";
  if (offer.isAbove) return "above";
  if (offer.below_by > 0 && offer.above_by > 0) return "wider";
  if (offer.below_by > 0) return "starts_below";
  return offer.above_by > 0 ? "ends_above" : "in";
}

function uncertainEnds(
  { low, high }: { low: BandEnd; high: BandEnd },
  min: number,
  max: number,
): UncertainEnd[] {
  const parts =
    min === max
      ? [{ part: "offer" as const, amount: min }]
      : [
          { part: "start" as const, amount: min },
          { part: "end" as const, amount: max },
        ];
  return parts.flatMap(({ part, amount }): UncertainEnd[] => [
    ...(amount >= low.from && amount < low.to ? [{ end: "low_end" as const, part }] : []),
    ...(amount > high.from && amount <= high.to ? [{ end: "high_end" as const, part }] : []),
  ]);
}

/** What nobody is paid a year, in any currency, is a slip: thousands left out, or cents. */
const MAX_YEARLY_PAY = 10_000_000;
const MIN_YEARLY_PAY = 1_000;

/**
 * Pay that somebody named, checked.
 * @throws DomainError `invalid` for one that is negative, absurd, or the wrong way round.
 */
export function requirePay(
  min: number | undefined,
  max: number | undefined,
): { min: number; max: number } | undefined {
  const [low, high] = [min ?? max, max ?? min];
  if (low === undefined || high === undefined) return undefined;
  for (const [field, amount] of [
    ["offer_min", min],
    ["offer_max", max],
  ] as const) {
    if (amount === undefined || (amount >= MIN_YEARLY_PAY && amount <= MAX_YEARLY_PAY)) continue;
    throw new DomainError("invalid", `${field}: ${amount} is no yearly salary.`, {
      do: "state_yearly_pay",
      field,
      least: MIN_YEARLY_PAY,
      most: MAX_YEARLY_PAY,
    });
  }
  if (low > high)
    throw new DomainError("invalid", `offer_min (${low}) is above offer_max (${high}).`, {
      do: "state_lower_pay_first",
    });
  return { min: low, max: high };
}
