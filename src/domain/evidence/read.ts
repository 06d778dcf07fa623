import { type Document, type Evidence, spanOf } from "../document.ts";
import { type Clause, splitClauses } from "./clauses.ts";
import type { CompiledRubric, ReadyFlag, ReadySignal } from "./compile.ts";
import { isScaled, type Reading, readClause, shows } from "./match.ts";
import { speaksToMachines } from "./planted.ts";
import { hasTerm, type Terms } from "./terms.ts";

/** What the rules say of one flag: the verdict and the words that show it. */
export type RuleVerdict = {
  readonly verdict: "present" | "absent" | "unclear";
  readonly evidence: readonly Evidence[];
};

/** One document read clause by clause. */
export type ReadDocument = {
  readonly document: Document;
  readonly readings: readonly Reading[];
  /** What speaks to a machine instead of a person: no evidence, and worth knowing about. */
  readonly planted: readonly Evidence[];
};

const SHOWN = 5;
const LONG_RUN = 24;

export function readDocuments(rubric: CompiledRubric, documents: readonly Document[]): ReadDocument[] {
  const { planted } = rubric.language;
  return documents.map((document) => {
    // One word claims nothing, unless it is a long run in which words are wrapped.
    const clauses = splitClauses(document.text).filter(
      ({ tokens, start, end }) => tokens.length > 1 || end - start >= LONG_RUN,
    );
    const isPlanted = (clause: Clause) => speaksToMachines(clause, document.text, planted);
    const blocks = new Set(clauses.filter(isPlanted).map(({ block }) => block));
    const readings = clauses
      .filter(({ block }) => !blocks.has(block))
      .map((clause) => readClause(clause, rubric.language));
    const found = clauses.filter(({ block }) => blocks.has(block)).map((clause) => quoteOf(document, clause));
    return { document, readings, planted: found };
  });
}

/** The rules' verdict on a flag over all documents: present with evidence, unclear on a hint, else absent. */
export function judge({ signals, hints }: ReadyFlag, documents: readonly ReadDocument[]): RuleVerdict {
  const evidence = evidenceOf(signals, documents);
  if (evidence.length > 0) return { verdict: "present", evidence: evidence.slice(0, SHOWN) };
  const hinted = evidenceOf(hints, documents);
  return hinted.length > 0
    ? { verdict: "unclear", evidence: hinted.slice(0, SHOWN) }
    : { verdict: "absent", evidence: [] };
}

/** Every clause that shows one of the signals, once each, in the order of the documents. */
export function evidenceOf(signals: readonly ReadySignal[], documents: readonly ReadDocument[]): Evidence[] {
  return documents.flatMap(({ document, readings }) => {
    const found = new Set<Reading>();
    for (const signal of signals) {
      if (signal.signal === "balance") for (const reading of balanced(signal, readings)) found.add(reading);
      else if (signal.signal === "unscaled")
        for (const reading of unscaled(signal, readings)) found.add(reading);
      else for (const reading of readings) if (shows(signal, reading)) found.add(reading);
    }
    return readings
      .filter((reading) => found.has(reading))
      .map((reading) => quoteOf(document, reading.clause));
  });
}

const quoteOf = (document: Document, { start, end }: Clause): Evidence => spanOf(document, start, end);

type Of<K extends ReadySignal["signal"]> = Extract<ReadySignal, { signal: K }>;

const standing = (readings: readonly Reading[], notUnder: Terms | undefined): Reading[] =>
  readings.filter((reading) => !(notUnder && hasTerm(notUnder, reading.clause.under)));

/** Much of one kind of work and hardly any of the other; the bolted-on mention is the quote, else the first of many. */
function balanced(signal: Of<"balance">, readings: readonly Reading[]): Reading[] {
  const counted = standing(readings, signal.not_under);
  const own = counted.filter(
    ({ clause, hedges, negations }) =>
      hedges.size === 0 && negations.length === 0 && !(signal.never && hasTerm(signal.never, clause.tokens)),
  );
  const little = own.filter((reading) => hasTerm(signal.little, reading.clause.tokens));
  const much = own.filter(
    (reading) => hasTerm(signal.much, reading.clause.tokens) && !little.includes(reading),
  );
  const total = much.length + little.length;
  if (much.length < signal.at_least || little.length > signal.allowed || much.length / total < signal.share)
    return [];
  return little.length > 0 ? little.slice(0, 1) : much.slice(0, 1);
}

/** Work is described, and nowhere in the document does it carry a figure of scale. */
function unscaled(signal: Of<"unscaled">, readings: readonly Reading[]): Reading[] {
  const counted = standing(readings, signal.not_under);
  const work = counted.filter(
    (reading) => hasTerm(signal.work, reading.clause.tokens) && reading.negations.length === 0,
  );
  if (work.length === 0 || readings.some((reading) => isScaled(signal.scale, reading))) return [];
  return work.slice(0, 1);
}
