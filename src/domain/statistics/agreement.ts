import { quantileSorted, sampleWithReplacement } from "simple-statistics";
import { pluralize } from "../pluralize.ts";
import { alphaOf, coincidencesOf, type Unit } from "./alpha.ts";

export type Agreement = {
  readonly statistic: "Krippendorff's alpha, ordinal";
  /** 1 is full agreement, 0 what chance gives, below 0 worse than chance; null where it cannot be told. */
  readonly value: number | null;
  /** Bootstrap over criteria, 95 per cent; null where `value` is, or where too few resamples vary. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Ratings that stand beside another rating of the same criterion. */
  readonly n: number;
  readonly criteria: number;
  readonly reading: string;
};

/** Below this many paired ratings a coefficient would be noise with decimals. */
const ENOUGH = 10;
const RESAMPLES = 1_000;
const SEED = 20_261_124;
/** An interval of a smaller share of the resamples than this would say more than it knows. */
const TELLING = 0.5;

/**
 * How far raters agree on an ordinal scale, with an interval from a seeded bootstrap: the same ratings give the same
 * figures. More units than `groups` are drawn in that many groups of neighbours, each group as one. Thresholds are Krippendorff's (Content Analysis, 2004): .800 and .667.
 */
export function agreementOf(
  units: readonly Unit[],
  resamples = RESAMPLES,
  groups = Number.POSITIVE_INFINITY,
): Agreement {
  const paired = units.filter((unit) => unit.length > 1);
  const n = paired.reduce((sum, unit) => sum + unit.length, 0);
  const base = { statistic: "Krippendorff's alpha, ordinal", n, criteria: paired.length } as const;
  const none = { ...base, value: null, interval: null };
  if (n < ENOUGH) {
    const reading = `Not enough data: ${pluralize(n, "paired rating")}, and it takes ${ENOUGH} to say anything.`;
    return { ...none, reading };
  }
  const { values, matrices } = coincidencesOf(paired);
  const alpha = alphaOf(values, matrices, "ordinal");
  if (alpha === null) {
    return {
      ...none,
      reading: `All ${n} paired ratings are the same level, so agreement cannot be told from habit.`,
    };
  }
  const random = generator(SEED);
  const drawnFrom = matrices.length > groups ? grouped(matrices, groups) : [...matrices];
  const drawn: number[] = [];
  for (let round = 0; round < resamples; round += 1) {
    const again = alphaOf(values, sampleWithReplacement(drawnFrom, drawnFrom.length, random), "ordinal");
    if (again !== null) drawn.push(again);
  }
  drawn.sort((a, b) => a - b);
  const interval =
    drawn.length < resamples * TELLING
      ? null
      : { low: rounded(quantileSorted(drawn, 0.025)), high: rounded(quantileSorted(drawn, 0.975)) };
  return { ...base, value: rounded(alpha), interval, reading: readingOf(alpha, paired.length) };
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

/** A coefficient over fewer criteria than this moves with every one of them. */
const MANY = 10;

function readingOf(alpha: number, criteria: number): string {
  const few =
    criteria < MANY
      ? ` Over ${pluralize(criteria, "criterion", "criteria")}, so read the interval rather than the figure.`
      : "";
  return `${wordsFor(alpha)}${few}`;
}

function wordsFor(alpha: number): string {
  if (alpha >= 0.8) return "Good agreement (.800 and more).";
  if (alpha >= 0.667) return "Agreement that allows tentative conclusions (.667 to .800).";
  if (alpha > 0)
    return "Weak agreement (under .667): hear the evidence on each side before relying on the means.";
  return "No more agreement than chance: the interviewers saw different things, or read the anchors differently.";
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
