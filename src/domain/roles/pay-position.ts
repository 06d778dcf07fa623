import { DomainError } from "../errors.ts";

/** An end of a band, known only to a range; whole currency units a year. */
export type BandEnd = { readonly from: number; readonly to: number };

/** Where pay lies against a band, and by how much; whole currency units. */
export type PayPosition = {
  readonly reading: "below" | "starts_below" | "in" | "ends_above" | "wider" | "above";
  readonly below_by: number;
  readonly above_by: number;
  /** The ends of the band inside whose range the offer starts or ends: there the reading could be another. */
  readonly uncertain: readonly ("low_end" | "high_end")[];
  readonly text: string;
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
  const one = min === max;
  const what = one ? `The offer of ${min}` : `The range of ${min} to ${max}`;
  const inside = uncertainParts(ends, min, max);
  const at = (reading: PayPosition["reading"], text: string): PayPosition => ({
    reading,
    below_by,
    above_by,
    uncertain: [...new Set(inside.map((part) => part.end))],
    text: [`${what} ${text}`, ...inside.map((part) => part.text)].join(" "),
  });
  if (max < low) return at("below", `lies below the band: its top is ${low - max} under ${low}.`);
  if (min > high) return at("above", `lies above the band: it starts ${min - high} over ${high}.`);
  if (below_by > 0 && above_by > 0)
    return at("wider", `is wider than the band: it starts ${below_by} below and ends ${above_by} above.`);
  if (below_by > 0) return at("starts_below", `starts ${below_by} below the band.`);
  if (above_by > 0) return at("ends_above", `ends ${above_by} above the band.`);
  const share = Math.round((((min + max) / 2 - low) / (high - low)) * 100);
  return at("in", `lies in the band, ${one ? "" : "its middle "}${share}% of the way up.`);
}

/** Where the offer starts or ends inside the range of an end, in words. */
function uncertainParts({ low, high }: { low: BandEnd; high: BandEnd }, min: number, max: number) {
  const points =
    min === max
      ? [{ verb: "lies", at: min }]
      : [
          { verb: "starts", at: min },
          { verb: "ends", at: max },
        ];
  return points.flatMap(({ verb, at }) => {
    const told = (end: "low_end" | "high_end", { from, to }: BandEnd, may: string) => ({
      end,
      text: `It ${verb} inside the uncertain part of the ${end.replace("_", " ")} (${from} to ${to}): it may be ${may} the band.`,
    });
    return [
      ...(at >= low.from && at < low.to ? [told("low_end", low, "below")] : []),
      ...(at > high.from && at <= high.to ? [told("high_end", high, "above")] : []),
    ];
  });
}

const ABSURD_HIGH = 10_000_000;
const ABSURD_LOW = 1_000;

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
    if (amount === undefined || (amount >= ABSURD_LOW && amount <= ABSURD_HIGH)) continue;
    throw new DomainError(
      "invalid",
      `${field}: ${amount} is no yearly salary.`,
      `Call benchmark_salary again with ${field} in whole currency units a year, from ${ABSURD_LOW} to ${ABSURD_HIGH}: 165000, not 165.`,
    );
  }
  if (low > high)
    throw new DomainError(
      "invalid",
      `offer_min (${low}) is above offer_max (${high}).`,
      "Call benchmark_salary again with the lower one as offer_min.",
    );
  return { min: low, max: high };
}
