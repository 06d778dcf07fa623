/** How long something took. `done` is false if it has not happened yet; `time` is then the time until now. */
export type Spell = { readonly time: number; readonly done: boolean };
export type SurvivalStep = {
  readonly time: number;
  readonly at_risk: number;
  readonly done: number;
  readonly share_left: number;
};

/**
 * The product-limit estimate of Kaplan and Meier (1958): the share still open after each time at which something
 * happened. An unfinished spell counts as at risk until its last time, and does not lower the share.
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

/** The earliest time by which the given share had happened. Null while the estimate does not reach that share. */
export function timeBy(steps: readonly SurvivalStep[], share: number): number | null {
  return steps.find((step) => step.share_left <= 1 - share + 1e-9)?.time ?? null;
}
