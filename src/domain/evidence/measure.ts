/** A document with the flags that a person found present, each with the quotes that show it. */
export type Labelled = {
  readonly id: string;
  readonly text: string;
  readonly flags: Readonly<Record<string, readonly string[]>>;
};
export type Predicted = Pick<Labelled, "id" | "flags">;

export type Miss = {
  readonly id: string;
  readonly flag: string;
  readonly kind: "missed" | "invented";
  readonly quotes: readonly string[];
};

const fold = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();
const overlap = (a: string, b: string): boolean => fold(a).includes(fold(b)) || fold(b).includes(fold(a));

/**
 * Precision, recall and F1 of each labelled flag over presence in documents, their mean (macro-F1), and how many quotes
 * overlap a labelled one where the flag is truly present. A ratio of nothing counts as 0.
 */
export function measure(labelled: readonly Labelled[], predicted: readonly Predicted[]) {
  const found = new Map(predicted.map((p) => [p.id, p.flags]));
  const ids = [...new Set(labelled.flatMap((d) => Object.keys(d.flags)))].sort();
  const misses: Miss[] = [];
  const quotes = { given: 0, onTarget: 0 };
  const flags = ids.map((flag) => {
    const count = { tp: 0, fp: 0, fn: 0 };
    for (const { id, flags: truth } of labelled) {
      const [given, right] = [found.get(id)?.[flag], truth[flag]];
      if (given && right) {
        count.tp += 1;
        quotes.given += given.length;
        quotes.onTarget += given.filter((quote) => right.some((r) => overlap(r, quote))).length;
      } else if (given) {
        count.fp += 1;
        misses.push({ id, flag, kind: "invented", quotes: given });
      } else if (right) {
        count.fn += 1;
        misses.push({ id, flag, kind: "missed", quotes: right });
      }
    }
    const precision = count.tp / (count.tp + count.fp || 1);
    const recall = count.tp / (count.tp + count.fn || 1);
    return {
      id: flag,
      precision,
      recall,
      f1: (2 * precision * recall) / (precision + recall || 1),
      ...count,
    };
  });
  const macroF1 = flags.reduce((sum, { f1 }) => sum + f1, 0) / (flags.length || 1);
  return { flags, macroF1, quotes, misses };
}
