import { gammaln } from "simple-statistics";

/** Two groups, those chosen and those not: [a, b] of the one, [c, d] of the other. */
export type TwoByTwo = readonly [a: number, b: number, c: number, d: number];

const lnFactorial = (n: number): number => (n < 2 ? 0 : gammaln(n + 1));
/** Tables as probable as the one seen count as well; sums of logarithms are not exact. */
const TOLERANCE = 1e-7;

/**
 * Fisher's exact test of a two by two table, two-sided: the probability, with all margins fixed, of a table at most as
 * probable as the one seen (the rule of R's fisher.test).
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
