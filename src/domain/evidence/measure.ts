/** A document with the flags that a person found present, each with the quotes that show it. */
export type Labelled = {
  readonly id: string;
  readonly text: string;
  readonly flags: Readonly<Record<string, readonly string[]>>;
};
export type Predicted = Pick<Labelled, "id" | "flags">;
export type MeasuredFlag = { readonly id: string; readonly polarity: "green" | "red" };

export type Miss = {
  readonly id: string;
  readonly flag: string;
  readonly kind: "missed" | "invented";
  readonly quotes: readonly string[];
};

export type Ratios = { readonly precision: number; readonly recall: number; readonly f1: number };
type Counts = {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  /** Of the flags that are truly present: the quotes given for them, and how many overlap a labelled one. */
  readonly quotes: number;
  readonly onTarget: number;
};

const fold = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();
const overlap = (a: string, b: string): boolean => fold(a).includes(fold(b)) || fold(b).includes(fold(a));

/**
 * Precision, recall and F1 over presence in documents, for each flag given, whether a label names it or not: a finding of
 * a flag that no label names is a false one. `all` counts every pair of document and flag alike; `macroF1` is the mean over
 * the flags that are labelled or found anywhere. A ratio of nothing counts as 0.
 */
export function measure(
  labelled: readonly Labelled[],
  predicted: readonly Predicted[],
  measured: readonly MeasuredFlag[],
) {
  const found = new Map(predicted.map((p) => [p.id, p.flags]));
  const misses: Miss[] = [];
  const flags = measured.map(({ id: flag, polarity }) => {
    const count = { tp: 0, fp: 0, fn: 0, quotes: 0, onTarget: 0 };
    for (const { id, flags: truth } of labelled) {
      const [given, right] = [found.get(id)?.[flag], truth[flag]];
      if (given && right) {
        count.tp += 1;
        count.quotes += given.length;
        count.onTarget += given.filter((quote) => right.some((r) => overlap(r, quote))).length;
      } else if (given) {
        count.fp += 1;
        misses.push({ id, flag, kind: "invented", quotes: given });
      } else if (right) {
        count.fn += 1;
        misses.push({ id, flag, kind: "missed", quotes: right });
      }
    }
    return { id: flag, polarity, ...count, ...ratiosOf(count) };
  });
  const over = (some: typeof flags) => {
    const seen = some.filter(({ tp, fp, fn }) => tp + fp + fn > 0);
    const sum = (kind: keyof Counts) => seen.reduce((total, flag) => total + flag[kind], 0);
    const [tp, fp, fn, quotes, onTarget] = [sum("tp"), sum("fp"), sum("fn"), sum("quotes"), sum("onTarget")];
    const count = { tp, fp, fn, quotes, onTarget };
    const macroF1 = seen.reduce((total, { f1 }) => total + f1, 0) / (seen.length || 1);
    return { ...count, ...ratiosOf(count), macroF1 };
  };
  return {
    flags,
    all: over(flags),
    green: over(flags.filter(({ polarity }) => polarity === "green")),
    red: over(flags.filter(({ polarity }) => polarity === "red")),
    misses,
  };
}

function ratiosOf({ tp, fp, fn }: Pick<Counts, "tp" | "fp" | "fn">): Ratios {
  const precision = tp / (tp + fp || 1);
  const recall = tp / (tp + fn || 1);
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall || 1) };
}
