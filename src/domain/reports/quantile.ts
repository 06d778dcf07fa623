/** How often each value occurs. */
export type Histogram = ReadonlyMap<number, number>;

/**
 * The smallest value such that at least the given share of all values is no larger (nearest rank, PostgreSQL's
 * percentile_disc). It is always a duration that occurred, never an interpolated one. Null for no values.
 */
export function quantile(histogram: Histogram, share: number): number | null {
  const total = [...histogram.values()].reduce((sum, n) => sum + n, 0);
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(share * total - 1e-9));
  let seen = 0;
  for (const [value, n] of [...histogram].sort(([a], [b]) => a - b)) {
    seen += n;
    if (seen >= rank) return value;
  }
  return null;
}
