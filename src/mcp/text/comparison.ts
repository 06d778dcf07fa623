import type { ComparisonAnswer } from "../answers/assessment.ts";
import { linesOf, oneLine } from "./lines.ts";

/** Flag by flag, each candidate with the words that show it. */
export const comparisonText = ({ flags }: ComparisonAnswer): string =>
  linesOf(
    "Side by side, flag by flag and without a total:",
    ...flags.flatMap(({ label, polarity, candidates }) => [
      `${polarity} ${label}`,
      ...candidates.map(
        ({ ref, name, verdict, quote }) =>
          `    ${ref} ${name}: ${verdict}${quote ? ` "${oneLine(quote)}"` : ""}`,
      ),
    ]),
  );
