/** How long something took, or has taken so far without coming about (`done: false`). */
export type Spell = { readonly time: number; readonly done: boolean };
export type SurvivalStep = {
  readonly time: number;
  readonly at_risk: number;
  readonly done: number;
  readonly share_left: number;
};

/**
 * The product-limit estimate of Kaplan and Meier (1958): the share that is still open after each time at which something
 * came about. What is unfinished counts as being at risk until it was last seen, and takes nothing away.
 */
export function survival(spells: readonly Spell[]): SurvivalStep[] {
  const times = [...new Set(spells.filter((s) => s.done).map((s) => s.time))].sort((a, b) => a - b);
  let share = 1;
  return times.map((time) => {
    const at_risk = spells.filter((s) => s.time >= time).length;
    const done = spells.filter((s) => s.done && s.time === time).length;
    share *= 1 - done / at_risk;
    return { time, at_risk, done, share_left: share };
  });
}

/** The first time by which a share had come about; null while the estimate does not get there. */
export function timeBy(steps: readonly SurvivalStep[], share: number): number | null {
  return steps.find((step) => step.share_left <= 1 - share + 1e-9)?.time ?? null;
}
