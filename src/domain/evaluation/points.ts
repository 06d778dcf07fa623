import * as z from "zod";
import type { AssessedFlag } from "./assessed-flag.ts";

/** Weights of the flags: green ones add, red ones subtract. */
export const Points = z.object({
  /** Sums of what counts: verified quotes, and what a member agreed to. */
  green: z.number(),
  red: z.number(),
  total: z.number(),
  /** Between these the total comes to lie: what is claimed, unclear or unread may turn out either way. */
  low: z.number(),
  high: z.number(),
  /** The sum of all green weights. */
  of: z.number(),
  arithmetic: z.array(z.string()),
});
export type Points = z.infer<typeof Points>;

/** Whether a flag counts as present: a quote was verified, or a member said so. */
export const counts = ({ verdict, support, by }: Pick<AssessedFlag, "verdict" | "support" | "by">): boolean =>
  verdict === "present" && (support === "verified" || by === "member");

export function pointsOf(flags: readonly AssessedFlag[]): Points {
  const counted = flags.filter(counts);
  const open = flags.filter((flag) => flag.verdict !== "absent" && !counts(flag));
  const sum = (some: readonly AssessedFlag[], polarity: AssessedFlag["polarity"]) =>
    some.filter((flag) => flag.polarity === polarity).reduce((total, { weight }) => total + weight, 0);
  const [green, red] = [sum(counted, "green"), sum(counted, "red")];
  const total = green - red;
  return {
    green,
    red,
    total,
    low: total - sum(open, "red"),
    high: total + sum(open, "green"),
    of: sum(flags, "green"),
    arithmetic: counted.map(
      ({ id, polarity, weight }) => `${polarity === "green" ? "+" : "-"}${weight} ${id}`,
    ),
  };
}
