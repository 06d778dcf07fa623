export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** One line: ours, the floor measured in the same run, and their ratio. */
export function report(what: string, ours: number, floor: number, goal: string): void {
  console.log(
    `${what}: ${ours.toFixed(1)} against ${floor.toFixed(1)} bare = ${(ours / floor).toFixed(2)} x (goal: ${goal})`,
  );
}
