import type { ComparisonAnswer } from "../answers/comparison.ts";
import { staleText } from "./fields/assessment.ts";
import { linesOf, oneLine } from "./lines.ts";

type Compared = ComparisonAnswer["flags"][number]["candidates"][number];

/** Flag by flag, each candidate with the words that show it; those without any stand together. */
export const comparisonText = ({ candidates, flags }: ComparisonAnswer): string =>
  linesOf(
    `Side by side, flag by flag and without a total: ${candidates.map(({ ref, name }) => `${ref} ${name}`).join(", ")}.`,
    ...flags.flatMap(({ id, label, polarity, definition, candidates: people }) => [
      `${polarity} ${label} (${id})${definition === undefined ? "" : `: ${definition}`}`,
      ...people.filter(({ quotes }) => quotes.length > 0).map(lineOf),
      ...wordless(people),
    ]),
    ...candidates.map(toReadLine),
    ...candidates.flatMap((person) => {
      const stale = staleText(person);
      return stale === "" ? [] : [`${person.ref}: ${stale}`];
    }),
  );

const lineOf = ({ ref, quotes, ...reading }: Compared): string =>
  `    ${ref} ${verdictOf(reading)}: ${quotes.map((quote) => `"${oneLine(quote)}"`).join(" ")}`;

const verdictOf = ({ verdict, support, by }: Omit<Compared, "ref" | "quotes">): string =>
  [verdict, support, by && `by ${by}`].filter((part) => part !== undefined).join(", ");

/** `    unread: MLE-3, MLE-5; absent, by assistant: MLE-2`. */
function wordless(people: readonly Compared[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { ref, quotes, ...reading } of people.filter((one) => one.quotes.length === 0)) {
    const verdict = verdictOf(reading);
    groups.set(verdict, [...(groups.get(verdict) ?? []), ref]);
  }
  const told = [...groups].map(([verdict, refs]) => `${verdict}: ${refs.join(", ")}`);
  return told.length === 0 ? [] : [`    ${told.join("; ")}`];
}

function toReadLine({ ref, to_read }: ComparisonAnswer["candidates"][number]): string {
  if (to_read === null) return `${ref}: not assessed, there is no document.`;
  return to_read.length === 0 ? `${ref}: all flags are read.` : `${ref}, to read: ${to_read.join(", ")}.`;
}
