/** Something that waits for the team, with the call that would deal with it. */
export type Attention = {
  readonly kind: "over_goal" | "no_outcomes" | "search_late";
  readonly severity: "error" | "warning";
  /** An application's reference or a role's key. */
  readonly ref: string;
  /** Days past the goal, one decimal. */
  readonly days_over: number;
  /** How far along the pipeline, 0 to 1: a person near an offer is the costliest to lose. */
  readonly closeness: number;
  readonly what: string;
  readonly next: string;
};

const SHOWN = 20;
const WORST = { error: 0, warning: 1 } as const;

/** Most pressing first: by severity, then by days past the goal, then by closeness to hire; at most 20. */
export function inOrder(items: readonly Attention[]): Attention[] {
  const ranked = [...items].sort(
    (a, b) =>
      WORST[a.severity] - WORST[b.severity] ||
      b.days_over - a.days_over ||
      b.closeness - a.closeness ||
      (a.ref < b.ref ? -1 : 1),
  );
  return ranked.slice(0, SHOWN);
}
