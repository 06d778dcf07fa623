import type { Evidence } from "../candidates/document.ts";
import type { ReadyCondition, ReadyFlag } from "./compile.ts";
import { shows } from "./match.ts";
import { quoteOf, type ReadDocument } from "./read.ts";
import type { Reading } from "./reading.ts";

/** What the rules find of a flag: the clauses that meet all its conditions, and those that are only about it. */
export type Passages = {
  readonly meeting: readonly Evidence[];
  readonly about: readonly Evidence[];
  /** How many clauses meet all conditions; `meeting` has the first of them. */
  readonly clauses: number;
};

const MAX_PASSAGES = 5;

/** What every quote lacks for a flag without conditions. */
export const UNCHECKABLE = "no condition in the role template to check it by";

/** A clause, or a pair of sentences read as one, with the conditions of a flag that it does not meet. */
type Checked = {
  readonly evidence: Evidence;
  readonly unmet: readonly ReadyCondition[];
};

/** Runs a flag's conditions over documents. A clause is about a flag where it meets the first condition and all of `none`. */
export function findPassages({ conditions }: ReadyFlag, documents: readonly ReadDocument[]): Passages {
  if (conditions.length === 0) return { meeting: [], about: [], clauses: 0 };
  const [first] = conditions;
  const checked = documents.flatMap((read) =>
    checkClauses(conditions, read, (reading) => first === undefined || isMet(first, reading, read.readings)),
  );
  const meeting = withoutNeedlessPairs(checked.filter(({ unmet }) => unmet.length === 0));
  const about = withoutNeedlessPairs(checked.filter(({ unmet }) => isAbout(conditions, unmet)))
    .filter((one) => !meeting.some((met) => contains(met, one) || contains(one, met)))
    .sort((a, b) => a.unmet.length - b.unmet.length);
  const shown = (some: readonly Checked[]) => some.slice(0, MAX_PASSAGES).map(({ evidence }) => evidence);
  return { meeting: shown(meeting), about: shown(about), clauses: meeting.length };
}

/**
 * Runs a flag's conditions on a quote that was found in a document: on every clause that it touches. What the best of them
 * lacks, in the template's words; nothing where one meets all conditions.
 */
export function missingFrom(
  { conditions }: ReadyFlag,
  quote: Evidence,
  documents: readonly ReadDocument[],
): readonly string[] {
  if (conditions.length === 0) return [UNCHECKABLE];
  const inDocument = documents.filter(({ document }) => document.id === quote.document);
  const [best] = inDocument
    .flatMap((read) =>
      checkClauses(conditions, read, ({ clause }) => meets(quoteOf(read.document, clause), quote)),
    )
    .sort((a, b) => a.unmet.length - b.unmet.length);
  // A word that stands alone is no clause: it shows nothing.
  const unmet = best?.unmet ?? conditions.filter(({ any }) => any !== undefined);
  return unmet.map(({ missing }) => missing);
}

/** Whether a quote touches text that speaks to a machine: no claim of the candidate's. */
export const isPlanted = (quote: Evidence, documents: readonly ReadDocument[]): boolean =>
  documents.some(({ planted }) => planted.some((p) => p.apart === undefined && meets(p, quote)));

/** The clauses and pairs that are asked about, each with what it lacks. */
function checkClauses(
  conditions: readonly ReadyCondition[],
  { document, readings, joined }: ReadDocument,
  isAsked: (reading: Reading) => boolean,
): Checked[] {
  const check = (reading: Reading): Checked => ({
    evidence: quoteOf(document, reading.clause),
    unmet: conditions.filter((condition) => !isMet(condition, reading, readings)),
  });
  return readings
    .flatMap((reading) => [reading, joined.get(reading) ?? reading])
    .filter((reading, n, all) => (n % 2 === 0 || reading !== all[n - 1]) && isAsked(reading))
    .map(check);
}

function isMet({ any, none, anywhere }: ReadyCondition, reading: Reading, all: readonly Reading[]): boolean {
  const places = anywhere ? all : [reading];
  const isShown = (signals: ReadyCondition["any"] = []) =>
    places.some((place) => signals.some((signal) => shows(signal, place)));
  return any === undefined ? !isShown(none) : isShown(any);
}

/** A sentence that shows as much by itself is not shown once more with the one before it. */
const withoutNeedlessPairs = (some: readonly Checked[]): Checked[] =>
  some.filter((one) => !some.some((other) => other !== one && contains(one, other)));

const isAbout = ([first]: readonly ReadyCondition[], unmet: readonly ReadyCondition[]): boolean =>
  unmet.every((condition) => condition !== first && condition.none === undefined);

const meets = (a: Evidence, b: Evidence): boolean =>
  a.document === b.document && a.start < b.end && b.start < a.end;

const contains = ({ evidence: outer }: Checked, { evidence: inner }: Checked): boolean =>
  outer.document === inner.document && outer.start <= inner.start && inner.end <= outer.end;
