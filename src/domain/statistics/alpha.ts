/**
 * Krippendorff's alpha: how far raters agree beyond chance, for any number of raters, with cells missing.
 * Source of the formulas: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section D and E.
 */

/** The ratings of one unit, such as one criterion. People who did not rate it are left out. */
export type Unit = readonly number[];

/** Squared difference of two values, given how often each value was used (for ranks). */
type Difference = (c: number, k: number, values: readonly number[], used: readonly number[]) => number;

const at = (list: readonly number[], index: number): number => list[index] ?? 0;

/** The difference for each scale of measurement. `c` and `k` are indexes into the sorted values. */
const DIFFERENCE = {
  nominal: (c, k) => (c === k ? 0 : 1),
  ordinal(c, k, _values, used) {
    let between = -(at(used, c) + at(used, k)) / 2;
    for (let g = c; g <= k; g += 1) between += at(used, g);
    return between ** 2;
  },
  interval: (c, k, values) => (at(values, c) - at(values, k)) ** 2,
  ratio: (c, k, values) => ((at(values, c) - at(values, k)) / (at(values, c) + at(values, k))) ** 2,
} satisfies Record<string, Difference>;
export type Scale = keyof typeof DIFFERENCE;

/** The coincidence matrix of each unit, all over the same sorted values, stored flat by rows. */
export type Coincidences = { readonly values: readonly number[]; readonly matrices: readonly Float64Array[] };

/**
 * The coincidences of each unit. Units with one rating are left out, because they show nothing about agreement. Units
 * with equal ratings share one matrix, so there are as many matrices as different sets of ratings.
 */
export function coincidencesOf(units: readonly Unit[]): Coincidences {
  const paired = units.filter((unit) => unit.length > 1);
  const ratings = new Set<number>();
  for (const unit of paired) for (const rating of unit) ratings.add(rating);
  const values = [...ratings].sort((a, b) => a - b);
  const matrixByRatings = new Map<string, Float64Array>();
  const matrices = paired.map((unit) => {
    const rated = unit.join(" ");
    const made = matrixByRatings.get(rated);
    if (made) return made;
    const matrix = matrixOf(unit, values);
    matrixByRatings.set(rated, matrix);
    return matrix;
  });
  return { values, matrices };
}

function matrixOf(unit: Unit, values: readonly number[]): Float64Array {
  const matrix = new Float64Array(values.length ** 2);
  for (const [i, a] of unit.entries())
    for (const [j, b] of unit.entries()) {
      if (i === j) continue;
      const cell = values.indexOf(a) * values.length + values.indexOf(b);
      matrix[cell] = (matrix[cell] ?? 0) + 1 / (unit.length - 1);
    }
  return matrix;
}

/**
 * Alpha of some of the matrices; one may occur several times, for resampling. Null when all values are equal, because
 * agreement by chance is then complete.
 */
export function alphaOf(
  values: readonly number[],
  matrices: readonly Float64Array[],
  scale: Scale,
): number | null {
  const size = values.length;
  const sum = new Float64Array(size ** 2);
  for (const matrix of matrices)
    for (let cell = 0; cell < sum.length; cell += 1) sum[cell] = (sum[cell] ?? 0) + (matrix[cell] ?? 0);
  const used = values.map(() => 0);
  let total = 0;
  for (let cell = 0; cell < sum.length; cell += 1) {
    const row = Math.floor(cell / size);
    used[row] = at(used, row) + (sum[cell] ?? 0);
    total += sum[cell] ?? 0;
  }
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < size; c += 1) {
    for (let k = c + 1; k < size; k += 1) {
      const difference = DIFFERENCE[scale](c, k, values, used);
      observed += (sum[c * size + k] ?? 0) * difference;
      expected += at(used, c) * at(used, k) * difference;
    }
  }
  return expected === 0 ? null : 1 - ((total - 1) * observed) / expected;
}

/** Alpha of a set of units. @returns null where nothing varies or no unit has two ratings. */
export function krippendorffAlpha(units: readonly Unit[], scale: Scale): number | null {
  const { values, matrices } = coincidencesOf(units);
  return alphaOf(values, matrices, scale);
}
