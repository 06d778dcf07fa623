import { type Document, type Evidence, spanOf } from "../candidates/document.ts";
import { tokenize } from "../text/tokens.ts";
import { type Clause, splitClauses } from "./clauses.ts";
import type { CompiledRubric, ReadySignal } from "./compile.ts";
import { shows } from "./match.ts";
import { isPromptInjection } from "./planted.ts";
import { type Reading, readClause } from "./reading.ts";

/** One document read clause by clause. */
export type ReadDocument = {
  readonly document: Document;
  readonly readings: readonly Reading[];
  /** Pairs of sentences read as one, by the second: it goes on about what the first names. */
  readonly joined: ReadonlyMap<Reading, Reading>;
  /** What speaks to a machine instead of a person: no evidence, and worth knowing about. */
  readonly planted: readonly Evidence[];
};

const LONG_RUN = 24;
/** How many sentences back something named is still what is spoken of. */
const EARLIER = 3;

export function readDocuments(rubric: CompiledRubric, documents: readonly Document[]): ReadDocument[] {
  return documents.map((document) => {
    const own = document.own ?? document.text;
    const { heard, planted } = sift(rubric, own);
    const readings = heard.map((clause, n) => {
      const beside = [heard[n - 1], heard[n + 1]].flatMap((other) =>
        other?.block === clause.block ? [other] : [],
      );
      const earlier = heard.slice(Math.max(0, n - EARLIER), n);
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
  const isPlanted = (clause: Clause) => isPromptInjection(clause, rubric.language);
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
    if (reading.figures.length === 0) continue;
    const opening = clause.tokens.slice(0, ANAPHORA).map(({ folded }) => folded);
    const goesOn =
      text[before.end] === ";" || GOES_ON.has(opening[0] ?? "") || opening.some((w) => REFERS.has(w));
    if (!goesOn) continue;
    const tokens = tokenize(text, before.start, clause.end);
    joined.set(reading, readClause({ ...clause, start: before.start, tokens, kept: [] }, rubric.language));
  }
  return joined;
}

/** Every clause that shows one of the signals, once each, in the order of the documents. */
export function evidenceOf(signals: readonly ReadySignal[], documents: readonly ReadDocument[]): Evidence[] {
  return documents.flatMap((read) =>
    read.readings
      .filter((reading) => signals.some((signal) => shows(signal, reading)))
      .map((reading) => quoteOf(read.document, reading.clause)),
  );
}

export const quoteOf = (document: Document, { start, end }: Clause): Evidence => spanOf(document, start, end);
