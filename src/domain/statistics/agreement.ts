import { quantileSorted, sampleWithReplacement } from "simple-statistics";
import * as z from "zod";
import { alphaOf, coincidencesOf, type Unit } from "./alpha.ts";

/** What a coefficient comes to, on Krippendorff's thresholds (Content Analysis, 2004), or why there is none. */
const AgreementFinding = z.enum(["good", "tentative", "weak", "chance", "too_few", "no_variation"]);
type AgreementFinding = z.infer<typeof AgreementFinding>;

export const Agreement = z.object({
  statistic: z.literal("Krippendorff's alpha, ordinal"),
  /** 1 is full agreement, 0 what chance gives, below 0 worse than chance; null where it cannot be told. */
  value: z.number().nullable(),
  /** Bootstrap over criteria, 95 per cent; null where `value` is, or where too few resamples vary. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Ratings that stand beside another rating of the same criterion. */
  n: z.number(),
  /** How many of these it takes for a value. */
  needed: z.number(),
  criteria: z.number(),
  finding: AgreementFinding,
});
export type Agreement = Readonly<z.infer<typeof Agreement>>;

/**
 * Below this many paired ratings no coefficient is given. Simulated for two raters on four levels who agree moderately
 * (true alpha about .6): of 12 paired ratings, 95 per cent of the coefficients lie between -.25 and .94, so that chance
 * and near-perfect agreement look alike; of 20 the lower end is .05; of 30 it is .15, clear of chance. The debrief
 * and the report share it.
 */
const MIN_PAIRED_RATINGS = 30;
/** A coefficient over fewer criteria than this moves with every one of them, however many rated each. */
export const MIN_STEADY_CRITERIA = 10;
const RESAMPLES = 1_000;
const SEED = 20_261_124;
/** An interval of a smaller share of the resamples than this would say more than it knows. */
const MIN_VARYING_SHARE = 0.5;

type Drawing = {
  readonly resamples?: number;
  /** More units than this are drawn in so many groups of neighbours, each group as one. */
  readonly groups?: number;
};

/**
 * How far raters agree on an ordinal scale, with an interval from a seeded bootstrap: the same ratings give the same
 * figures.
 */
export function agreementOf(
  units: readonly Unit[],
  { resamples = RESAMPLES, groups = Number.POSITIVE_INFINITY }: Drawing = {},
): Agreement {
  const paired = units.filter((unit) => unit.length > 1);
  const n = paired.reduce((sum, unit) => sum + unit.length, 0);
  const counts = { n, needed: MIN_PAIRED_RATINGS, criteria: paired.length };
  const base = { statistic: "Krippendorff's alpha, ordinal", ...counts } as const;
  const none = { ...base, value: null, interval: null };
  if (n < MIN_PAIRED_RATINGS) return { ...none, finding: "too_few" };
  const { values, matrices } = coincidencesOf(paired);
  const alpha = alphaOf(values, matrices, "ordinal");
  if (alpha === null) return { ...none, finding: "no_variation" };
  const random = generator(SEED);
  const drawnFrom = matrices.length > groups ? grouped(matrices, groups) : [...matrices];
  const drawn: number[] = [];
  for (let round = 0; round < resamples; round += 1) {
    const again = alphaOf(values, sampleWithReplacement(drawnFrom, drawnFrom.length, random), "ordinal");
    if (again !== null) drawn.push(again);
  }
  drawn.sort((a, b) => a - b);
  const interval =
    drawn.length < resamples * MIN_VARYING_SHARE
      ? null
      : { low: rounded(quantileSorted(drawn, 0.025)), high: rounded(quantileSorted(drawn, 0.975)) };
  return { ...base, value: rounded(alpha), interval, finding: findingOf(alpha) };
}

/** The sums of `groups` runs of matrices, as even as can be. */
function grouped(matrices: readonly Float64Array[], groups: number): Float64Array[] {
  const sums = Array.from({ length: groups }, () => new Float64Array(matrices[0]?.length ?? 0));
  for (let n = 0; n < matrices.length; n += 1) {
    const [matrix, sum] = [matrices[n], sums[Math.floor((n * groups) / matrices.length)]];
    if (matrix && sum)
      for (let cell = 0; cell < sum.length; cell += 1) sum[cell] = (sum[cell] ?? 0) + (matrix[cell] ?? 0);
  }
  return sums;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function findingOf(alpha: number): AgreementFinding {
  if (alpha >= 0.8) return "good";
  if (alpha >= 0.667) return "tentative";
  return alpha > 0 ? "weak" : "chance";
}

/** Numbers from 0 to 1, always the same for a seed: xorshift, 32 bits (G. Marsaglia, Xorshift RNGs, 2003). */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
