import { gammaln } from "simple-statistics";

/** Counts of two groups, each split into selected and not selected: [a, b] for one group, [c, d] for the other. */
export type TwoByTwo = readonly [a: number, b: number, c: number, d: number];

const lnFactorial = (n: number): number => (n < 2 ? 0 : gammaln(n + 1));
/**
 * Tables as probable as the one seen are counted too. The tolerance is for rounding errors in the sums of logarithms.
 */
const TOLERANCE = 1e-7;

/**
 * Fisher's exact test of a two by two table, two-sided. With all margins fixed, it is the probability of all tables
 * that are at most as probable as the one seen (the rule of R's fisher.test).
 */
export function fisherExact([a, b, c, d]: TwoByTwo): number {
  const [row, column, n] = [a + b, a + c, a + b + c + d];
  const constant =
    [row, n - row, column, n - column].reduce((sum, m) => sum + lnFactorial(m), 0) - lnFactorial(n);
  const probability = (x: number) =>
    Math.exp(
      constant -
        lnFactorial(x) -
        lnFactorial(row - x) -
        lnFactorial(column - x) -
        lnFactorial(n - row - column + x),
    );
  const seen = probability(a) * (1 + TOLERANCE);
  let p = 0;
  for (let x = Math.max(0, row + column - n); x <= Math.min(row, column); x += 1) {
    const here = probability(x);
    if (here <= seen) p += here;
  }
  return Math.min(1, p);
}
