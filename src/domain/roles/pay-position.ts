import { DomainError } from "../errors.ts";

/** One end of a band, as a range of whole currency units a year. */
export type BandEnd = { readonly from: number; readonly to: number };

/**
 * An end of the band that is only known as a range, and the offer starts or ends inside that range. Whether the offer
 * is above or below that end is then uncertain.
 */
type UncertainEnd = {
  readonly end: "low_end" | "high_end";
  /** The part of the offer inside that range. An offer of one amount has no start and end. */
  readonly part: "offer" | "start" | "end";
};

/** The position of pay relative to a band. Amounts are whole currency units a year. */
export type PayPosition = {
  readonly reading: "below" | "starts_below" | "in" | "ends_above" | "wider" | "above";
  /** The offer. `min` and `max` are equal for one amount. */
  readonly min: number;
  readonly max: number;
  readonly below_by: number;
  readonly above_by: number;
  /** The position of the offer's middle in the band, as a percentage. */
  readonly middle_percent: number;
  readonly uncertain: readonly UncertainEnd[];
};

/**
 * The position of pay in a band: one amount (`min` equal to `max`) or a range. The band goes from the lowest low end to
 * the highest high end.
 */
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

/** Yearly pay outside these bounds, in any currency, is a typing error: thousands left out, or cents. */
const MAX_YEARLY_PAY = 10_000_000;
const MIN_YEARLY_PAY = 1_000;

/**
 * Checks pay named by the caller.
 * @throws DomainError `invalid` for pay that is negative, absurd, or has its ends the wrong way round.
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
