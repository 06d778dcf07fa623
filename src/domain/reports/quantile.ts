/** How often each value came up. */
export type Histogram = ReadonlyMap<number, number>;

/**
 * The smallest value that at least a share of all reach up to (nearest rank, PostgreSQL's percentile_disc): a duration
 * that really occurred, never one in between. Null for no values.
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
