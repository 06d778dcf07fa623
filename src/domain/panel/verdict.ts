import * as z from "zod";

/** A panel member's opinion on four steps without a middle: a recommendation on a scorecard, or a vote at debrief. */
export const Verdict = z.enum(["strong_no", "no", "yes", "strong_yes"]);
export type Verdict = z.infer<typeof Verdict>;

/** How often each verdict was given, negative ones first. */
export const Tally = z.object({
  strong_no: z.number(),
  no: z.number(),
  yes: z.number(),
  strong_yes: z.number(),
});
export type Tally = z.infer<typeof Tally>;

export function tallyOf(verdicts: readonly Verdict[]): Tally {
  const tally: Tally = { strong_no: 0, no: 0, yes: 0, strong_yes: 0 };
  for (const verdict of verdicts) tally[verdict] += 1;
  return tally;
}

export const isFor = (verdict: Verdict): boolean => verdict === "yes" || verdict === "strong_yes";

/** The side of more than half of the verdicts. Null for a tie and for no verdicts. */
export function majorityOf(verdicts: readonly Verdict[]): "for" | "against" | null {
  const ayes = verdicts.filter(isFor).length;
  const noes = verdicts.length - ayes;
  return ayes === noes ? null : ayes > noes ? "for" : "against";
}
