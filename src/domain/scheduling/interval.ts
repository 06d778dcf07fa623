/** A span of time in epoch milliseconds. The end is not included. */
export type Interval = { readonly start: number; readonly end: number };

export const MINUTE = 60_000;

/** The same time as sorted intervals without overlaps. Empty ones are dropped. */
export function merge(intervals: readonly Interval[]): Interval[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...intervals].sort((a, b) => a.start - b.start)) {
    if (end <= start) continue;
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** The time that is in both. Each list must be merged. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const both: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i] as Interval;
    const y = b[j] as Interval;
    const start = Math.max(x.start, y.start);
    const end = Math.min(x.end, y.end);
    if (start < end) both.push({ start, end });
    if (x.end < y.end) i += 1;
    else j += 1;
  }
  return both;
}

/** The time that is in the first list and not in the second. Each list must be merged. */
export function subtract(from: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let j = 0;
  for (const { start, end } of from) {
    let at = start;
    while (j < taken.length && (taken[j] as Interval).end <= at) j += 1;
    for (let k = j; k < taken.length && (taken[k] as Interval).start < end; k += 1) {
      const { start: s, end: e } = taken[k] as Interval;
      if (s > at) left.push({ start: at, end: s });
      at = Math.max(at, e);
    }
    if (at < end) left.push({ start: at, end });
  }
  return left;
}

/**
 * Whether one of the merged intervals contains the whole span. Uses binary search, because finding slots calls it
 * thousands of times.
 */
export function holds(intervals: readonly Interval[], { start, end }: Interval): boolean {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle] as Interval).start <= start) low = middle + 1;
    else high = middle;
  }
  const latest = intervals[low - 1];
  return latest !== undefined && end <= latest.end;
}

export const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;

/** The interval with some minutes added on either side. */
export const padded = ({ start, end }: Interval, minutes: number): Interval => ({
  start: start - minutes * MINUTE,
  end: end + minutes * MINUTE,
});
