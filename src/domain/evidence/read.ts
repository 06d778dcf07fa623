import { type Document, type Evidence, spanOf } from "../candidates/document.ts";
import { type Clause, splitClauses } from "./clauses.ts";
import type { CompiledRubric, ReadyFlag, ReadySignal } from "./compile.ts";
import { type ClauseSignal, isScaled, shows } from "./match.ts";
import { isPromptInjection } from "./planted.ts";
import { hedgesAt, type Reading, readClause } from "./reading.ts";
import { findTerms, hasTerm, type Terms } from "./terms.ts";

/** What the rules say of one flag: the verdict and the words that show it. */
export type RuleVerdict = {
  readonly verdict: "present" | "absent" | "unclear";
  readonly evidence: readonly Evidence[];
};

/** One document read clause by clause. */
export type ReadDocument = {
  readonly document: Document;
  readonly readings: readonly Reading[];
  /** Pairs of sentences read as one, by the second: it goes on about what the first names. */
  readonly joined: ReadonlyMap<Reading, Reading>;
  /** What speaks to a machine instead of a person: no evidence, and worth knowing about. */
  readonly planted: readonly Evidence[];
};

const SHOWN = 5;
const LONG_RUN = 24;
/** How many sentences back something named is still what is spoken of. */
const EARLIER = 3;

export function readDocuments(rubric: CompiledRubric, documents: readonly Document[]): ReadDocument[] {
  return documents.map((document) => {
    const own = document.own ?? document.text;
    const { heard, planted } = sift(rubric, own);
    const readings = heard.map((clause, n) => {
      const beside = [heard[n - 1], heard[n + 1]].flatMap((other) =>
        other?.block === clause.block ? [other.tokens] : [],
      );
      const earlier = heard.slice(Math.max(0, n - EARLIER), n).map(({ tokens }) => tokens);
      return readClause(clause, rubric.language, { beside, earlier });
    });
    // What speaks to machines is worth knowing about wherever it stands, also among quoted lines.
    const found = own === document.text ? planted : sift(rubric, document.text).planted;
    const quoted = (document.apart ?? []).flatMap(({ text }) =>
      sift(rubric, text).planted.map(({ start, end }): Evidence => {
        return { document: document.id, quote: text.slice(start, end), start, end, apart: true };
      }),
    );
    return {
      document,
      readings,
      joined: joinedOf(own, readings, rubric),
      planted: [...found.map((clause) => quoteOf(document, clause)), ...quoted],
    };
  });
}

/** The clauses of a text, those in blocks that speak to a machine apart. */
function sift(rubric: CompiledRubric, text: string): { heard: Clause[]; planted: Clause[] } {
  // One word claims nothing, unless it is a long run in which words are wrapped.
  const clauses = splitClauses(text).filter(
    ({ tokens, start, end }) => tokens.length > 1 || end - start >= LONG_RUN,
  );
  const isPlanted = (clause: Clause) => isPromptInjection(clause, text, rubric.language);
  const blocks = new Set(clauses.filter(isPlanted).map(({ block }) => block));
  return {
    heard: clauses.filter(({ block }) => !blocks.has(block)),
    planted: clauses.filter(({ block }) => blocks.has(block)),
  };
}

const GOES_ON = new Set(
  "it this that they these those there all today now currently at by last since after both here in".split(
    " ",
  ),
);
const REFERS = new Set("it them its their".split(" "));
const ANAPHORA = 9;
const LONGEST_PAIR = 400;

function joinedOf(text: string, readings: readonly Reading[], rubric: CompiledRubric): Map<Reading, Reading> {
  const joined = new Map<Reading, Reading>();
  for (const [n, reading] of readings.entries()) {
    const before = readings[n - 1]?.clause;
    const { clause } = reading;
    if (before?.block !== clause.block || clause.end - before.start > LONGEST_PAIR) continue;
    const opening = clause.tokens.slice(0, ANAPHORA).map(({ folded }) => folded);
    const goesOn =
      text[before.end] === ";" || GOES_ON.has(opening[0] ?? "") || opening.some((w) => REFERS.has(w));
    if (reading.figures.length === 0 || !goesOn) continue;
    const [first, ...rest] = clause.tokens;
    const tokens = first
      ? [...before.tokens, { ...first, lead: text.slice(before.tokens.at(-1)?.end, first.start) }, ...rest]
      : before.tokens;
    joined.set(reading, readClause({ ...clause, start: before.start, tokens }, rubric.language));
  }
  return joined;
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
  return documents.flatMap(({ document, readings, joined }) => {
    const found = new Set<Reading>();
    for (const signal of signals) {
      if ("otherwise" in signal && signal.otherwise && found.size > 0) continue;
      if (signal.signal === "balance") for (const reading of balanced(signal, readings)) found.add(reading);
      else if (signal.signal === "unscaled")
        for (const reading of unscaled(signal, readings)) found.add(reading);
      else for (const reading of shown(signal, readings, joined)) found.add(reading);
    }
    return [...found]
      .sort((a, b) => a.clause.start - b.clause.start || a.clause.end - b.clause.end)
      .map((reading) => quoteOf(document, reading.clause));
  });
}

const PAIRED: ReadonlySet<string> = new Set<ReadySignal["signal"]>(["figure", "count", "cadence"]);

/** Sentences that show a signal by themselves, and pairs that do so only together. */
function shown(
  signal: ClauseSignal,
  readings: readonly Reading[],
  joined: ReadonlyMap<Reading, Reading>,
): Reading[] {
  let last = false;
  return readings.flatMap((reading) => {
    const before = last;
    last = shows(signal, reading);
    if (last) return [reading];
    const pair = before || !PAIRED.has(signal.signal) ? undefined : joined.get(reading);
    return pair && shows(signal, pair) ? [pair] : [];
  });
}

const quoteOf = (document: Document, { start, end }: Clause): Evidence => spanOf(document, start, end);

type Of<K extends ReadySignal["signal"]> = Extract<ReadySignal, { signal: K }>;

const standing = (readings: readonly Reading[], notUnder: Terms | undefined): Reading[] =>
  readings.filter((reading) => !(notUnder && hasTerm(notUnder, reading.clause.under)));

/** Whether one of the words stands in the clause undenied, as something done by the writer. */
const claims = (terms: Terms, reading: Reading): boolean =>
  findTerms(terms, reading.clause.tokens).some(({ from }) => hedgesAt(reading, from).length === 0);

/** Much of one kind of work and hardly any of the other; the bolted-on mention is the quote, else the first of many. */
function balanced(signal: Of<"balance">, readings: readonly Reading[]): Reading[] {
  const counted = standing(readings, signal.not_under);
  const own = counted.filter(({ clause }) => !(signal.never && hasTerm(signal.never, clause.tokens)));
  const isMuch = (reading: Reading) => claims(signal.much, reading);
  const under = signal.little_under;
  const little = own.filter((reading) => {
    const { clause } = reading;
    return claims(signal.little, reading) || (under && hasTerm(under, clause.under) && !isMuch(reading));
  });
  const much = own.filter((reading) => isMuch(reading) && !little.includes(reading));
  const total = much.length + little.length;
  if (much.length - little.length < signal.at_least || little.length > signal.allowed) return [];
  if (much.length / total < signal.share) return [];
  const bolted = little.filter((reading) => !signal.quoted || hasTerm(signal.quoted, reading.clause.tokens));
  const [most, terms] = bolted.length > 0 ? [bolted, signal.little] : [much, signal.much];
  return best(
    most,
    (reading) => weight(terms, reading) + (reading.figures.some((f) => f.unit !== "year") ? 2 : 0),
  );
}

/** Work is described, and nowhere in the document does it carry a figure of scale. */
function unscaled(signal: Of<"unscaled">, readings: readonly Reading[]): Reading[] {
  const counted = standing(readings, signal.not_under);
  const reluctant = signal.rather_not;
  const { vague_work: told } = signal;
  // `Familiar with CI/CD` is no work at all; `involved in deploying models` is, outside a list of skills.
  const isWork = ({ clause: { tokens, under } }: Reading) =>
    !(reluctant && hasTerm(reluctant, tokens)) ||
    (!hasTerm(reluctant, under) && (told === undefined || hasTerm(told, tokens)));
  const work = counted.filter((reading) => isWork(reading) && claims(signal.work, reading));
  const scales = (reading: Reading) => {
    const { tokens } = reading.clause;
    const ofWork = hasTerm(signal.scaled_work ?? signal.work, tokens);
    const elsewhere =
      !ofWork && signal.scale_not_with !== undefined && hasTerm(signal.scale_not_with, tokens);
    const { scale, scale_of_work: other } = signal;
    return (
      !elsewhere && (isScaled(scale, reading, ofWork) || (ofWork && other && isScaled(other, reading, true)))
    );
  };
  if (work.length === 0 || standing(readings, signal.scale_not_under).some(scales)) return [];
  return best(work, (reading) => {
    const { tokens, under } = reading.clause;
    const shunned = reluctant && (hasTerm(reluctant, tokens) || hasTerm(reluctant, under));
    const told = signal.rather && claims(signal.rather, reading) ? SHUNNED : 0;
    return weight(signal.work, reading) + told - (shunned ? SHUNNED + 1 : 0);
  });
}

/** More words than this make a clause no better a quote. */
const TELLING = 3;
const SHUNNED = 5;

const weight = (terms: Terms, { clause: { tokens } }: Reading): number =>
  Math.min(findTerms(terms, tokens).length, TELLING);

/** The one with the highest score, the first of equals. */
function best(readings: readonly Reading[], score: (reading: Reading) => number): Reading[] {
  let [chosen, highest] = [readings.slice(0, 1), Number.NEGATIVE_INFINITY];
  for (const reading of readings) {
    const reached = score(reading);
    if (reached > highest) [chosen, highest] = [[reading], reached];
  }
  return chosen;
}
