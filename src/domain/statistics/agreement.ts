import { quantileSorted, sampleWithReplacement } from "simple-statistics";
import * as z from "zod";
import { alphaOf, coincidencesOf, type Unit } from "./alpha.ts";

/** The meaning of a coefficient by Krippendorff's thresholds (Content Analysis, 2004), or why there is none. */
const AgreementFinding = z.enum(["good", "tentative", "weak", "chance", "too_few", "no_variation"]);
type AgreementFinding = z.infer<typeof AgreementFinding>;

export const Agreement = z.object({
  statistic: z.literal("Krippendorff's alpha, ordinal"),
  /** 1 is full agreement, 0 is agreement by chance, below 0 is worse than chance. Null when it cannot be computed. */
  value: z.number().nullable(),
  /** 95 per cent interval by bootstrap over criteria. Null when `value` is, or when too few resamples vary. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Ratings of criteria that have another rating as well. */
  n: z.number(),
  /** The least `n` for a value. */
  needed: z.number(),
  criteria: z.number(),
  finding: AgreementFinding,
});
export type Agreement = Readonly<z.infer<typeof Agreement>>;

/**
 * Below this many paired ratings no coefficient is given. The number comes from a simulation of two raters on four
 * levels who agree moderately (true alpha about .6). With 12 paired ratings, 95 per cent of the coefficients lie
 * between -.25 and .94, so chance and near-perfect agreement look alike. With 20 the lower end is .05. With 30 it is
 * .15, clear of chance. The debrief and the report use the same number.
 */
const MIN_PAIRED_RATINGS = 30;
/** With fewer criteria than this, every single criterion moves the coefficient, however many people rated it. */
export const MIN_STEADY_CRITERIA = 10;
const RESAMPLES = 1_000;
const SEED = 20_261_124;
/**
 * If all ratings in a resample are equal, it has no coefficient. An interval is given only when at least this share of
 * the resamples has one.
 */
const MIN_VARYING_SHARE = 0.5;

type Drawing = {
  readonly resamples?: number;
  /** With more units than this, neighbouring units are put into this many groups, and each group is drawn as one. */
  readonly groups?: number;
};

/**
 * How far raters agree on an ordinal scale. The interval comes from a bootstrap with a fixed seed, so the same ratings
 * give the same figures.
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

/** Sums neighbouring matrices into `groups` groups of nearly equal size. */
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

/** Random numbers from 0 to 1, always the same for a seed: xorshift, 32 bits (G. Marsaglia, Xorshift RNGs, 2003). */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
