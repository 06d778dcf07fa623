/**
 * A text in the one form in which words are compared. `at` and `to` say for each of its units where what it stands for
 * begins and ends in the text as it was.
 */
export type Folded = {
  readonly text: string;
  readonly at: readonly number[];
  readonly to: readonly number[];
};

/** A hyphen at the end of a line: it may part a word, or belong to it, and the page does not say which. */
const LINE_END_HYPHEN = "\u00ad";
/** Stands for one to three letters that a file could not tell. */
const LOST_LETTERS = "\ufffd";
const MAX_LOST_LETTERS = 3;
/** Past so many marks for lost letters a passage shows nothing that could be compared. */
const MAX_MARKS = 12;

/** So many comparisons are made in one text; an honest one takes a few for each of its letters. */
const MAX_STEPS = 1_000_000;

const SAME: Readonly<Record<string, string>> = {
  ...{ "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "＂": '"' },
  ...{ "‘": "'", "’": "'", "‚": "'", "‛": "'", "‹": "'", "›": "'", "′": "'", "`": "'", "´": "'", "＇": "'" },
  ...{
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "−": "-",
    "﹘": "-",
    "﹣": "-",
    "－": "-",
  },
  "…": "...",
};
/** Letters that are drawn as one, and forms of letters by their place in a word. Not raised letters: they mean something else. */
const PRESENTATION_FORM = /^[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdff\ufe70-\ufefc]/;
const CLUSTER = /(?<=[\p{L}\p{N}])[-‐\u00ad][^\S\r\n]*\r?\n\s*(?=[\p{L}\p{N}])|\s+|\P{M}\p{M}*|\p{M}+/gu;

/**
 * Folds a text for comparison: NFC, ligatures, dashes, quotation marks, white space and hyphens at line ends. Case stays.
 * Folding a folded text changes nothing.
 */
export function foldText(original: string): Folded {
  let text = "";
  const [at, to]: [number[], number[]] = [[], []];
  let isAfterBlank = true;
  for (const { 0: cluster, index } of original.matchAll(CLUSTER)) {
    const unit = foldCluster(cluster);
    if (unit === " " && isAfterBlank) continue;
    isAfterBlank = unit === " ";
    for (let n = 0; n < unit.length; n += 1) {
      at.push(index);
      to.push(index + cluster.length);
    }
    text += unit;
  }
  return { text, at, to };
}

// Composed character by character with its marks, so that every unit knows where it came from.
function foldCluster(cluster: string): string {
  if (/^\s/.test(cluster)) return " ";
  if (/^[-‐\u00ad].*\n/s.test(cluster)) return LINE_END_HYPHEN;
  if (PRESENTATION_FORM.test(cluster)) {
    const letters = cluster.normalize("NFKC");
    // Some are marks that stand on nothing, and would become marks on a blank.
    return /\s/.test(letters) ? cluster.normalize("NFC") : letters;
  }
  const [first = "", ...marks] = cluster.normalize("NFC");
  return ((SAME[first] ?? first) + marks.join("")).normalize("NFC");
}

/** Where a folded quote stands in a text, in the units of the text as it is. */
export function findFolded(wanted: string, text: string): { start: number; end: number } | undefined {
  const folded = foldText(text);
  const found =
    isPlain(folded.text) && isPlain(wanted) ? plainPlace(folded.text, wanted) : place(folded.text, wanted);
  if (found === undefined) return undefined;
  return { start: folded.at[found.from] ?? 0, end: folded.to[found.to - 1] ?? text.length };
}

type Place = { readonly from: number; readonly to: number };

const isPlain = (text: string): boolean => !text.includes(LINE_END_HYPHEN) && !text.includes(LOST_LETTERS);

function plainPlace(text: string, wanted: string): Place | undefined {
  const from = text.indexOf(wanted);
  return from < 0 ? undefined : { from, to: from + wanted.length };
}

function place(text: string, wanted: string): Place | undefined {
  const work = { left: MAX_STEPS };
  for (let from = 0; from < text.length && work.left > 0; from += 1) {
    const unit = text[from];
    if (unit !== wanted[0] && unit !== LOST_LETTERS && unit !== LINE_END_HYPHEN) continue;
    const to = endOfMatch(text, from, wanted, work);
    if (to !== undefined) return { from, to };
  }
  return undefined;
}

/** Where a match that begins at `from` ends. Every way to read the marks is followed at once, by how far each has come. */
function endOfMatch(text: string, from: number, wanted: string, work: { left: number }): number | undefined {
  let reached = new Set([0]);
  let marks = 0;
  for (let n = from; n <= text.length; n += 1) {
    if (reached.has(wanted.length)) return n;
    const unit = text[n];
    if (unit === undefined) return undefined;
    if (unit === LOST_LETTERS) marks += 1;
    if (marks > MAX_MARKS) return undefined;
    work.left -= reached.size;
    if (work.left < 0) return undefined;
    const next = new Set<number>();
    for (const done of reached) for (const step of stepsOver(unit, wanted, done)) next.add(step);
    if (next.size === 0) return undefined;
    reached = next;
  }
  return undefined;
}

/** How far in the quote one may be after a unit of the text. */
function stepsOver(unit: string, wanted: string, done: number): number[] {
  const typed = wanted[done];
  const steps: number[] = [];
  if (typed === unit) steps.push(done + 1);
  if (typed === LINE_END_HYPHEN && unit !== LINE_END_HYPHEN)
    steps.push(...(unit === "-" ? [done + 1] : stepsOver(unit, wanted, done + 1)));
  if (unit === LINE_END_HYPHEN) {
    steps.push(done);
    if (typed === "-") steps.push(done + 1);
    if (typed === "-" && wanted[done + 1] === " ") steps.push(done + 2);
  }
  if (unit === LOST_LETTERS) {
    for (
      let letters = 1;
      letters <= MAX_LOST_LETTERS && /\p{L}/u.test(wanted[done + letters - 1] ?? "");
      letters += 1
    )
      steps.push(done + letters);
  }
  return steps;
}
