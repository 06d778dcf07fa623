import type { Comparison } from "../../services/evaluation/compare-candidates.ts";

/** Flag by flag, each candidate with the words that show it. */
export function comparisonText(comparison: unknown): string {
  const { flags } = comparison as Comparison;
  const lines = flags.flatMap(({ label, polarity, candidates }) => [
    `${polarity} ${label}`,
    ...candidates.map(
      ({ ref, name, verdict, quote }) =>
        `    ${ref} ${name}: ${verdict}${quote ? ` "${quote.replace(/\s+/g, " ")}"` : ""}`,
    ),
  ]);
  return ["Side by side, without a total: the flags are not equal, and people are not sums.", ...lines].join(
    "\n",
  );
}
