import type { CompiledRubric } from "../evidence/compile.ts";
import type { Labelled, Predicted } from "../evidence/measure.ts";
import { findQuote } from "../evidence/quote.ts";
import { type Assessment, assess } from "./assessment.ts";
import type { Finding } from "./finding.ts";

/** What a reader found in one document. */
export type ReadingOfDocument = {
  readonly id: string;
  readonly findings: readonly Pick<Finding, "flag" | "verdict" | "quotes" | "note">[];
};

/** The verdict by which the rules say that they found a flag: they verify green ones and only point at red ones. */
const FOUND_BY_RULES = { green: "present", red: "unclear" } as const;
const AUTHOR = { client: "evaluation", member: "evaluation" };

/** Which flags the rules alone find in each document, with their quotes. */
export const foundByRules = (rubric: CompiledRubric, labelled: readonly Labelled[]): Predicted[] =>
  labelled.map((document) =>
    predictedOf(document.id, assessOne(rubric, document).assessment, (flag) => FOUND_BY_RULES[flag.polarity]),
  );

/**
 * Which flags are shown present in each document after its reading, as an assessment does it, and what became of the
 * findings: quotes that were given, that do not stand in the text (refused), or that were not taken for any reason;
 * present flags verified and claimed, and flags still to be read.
 */
export function foundWithReadings(
  rubric: CompiledRubric,
  labelled: readonly Labelled[],
  readings: readonly ReadingOfDocument[],
) {
  const byId = new Map(readings.map((reading) => [reading.id, reading.findings]));
  const read = labelled.map((document) => ({
    id: document.id,
    given: byId.get(document.id)?.flatMap(({ quotes }) => quotes).length ?? 0,
    ...assessOne(rubric, document, byId.get(document.id)),
  }));
  const notTaken = read.flatMap(({ id, refused }) => refused.map((one) => ({ ...one, id })));
  const texts = new Map(labelled.map((document) => [document.id, documentsOf(document)]));
  const stands = (id: string, quote = "") => !("message" in findQuote(quote, texts.get(id) ?? []));
  const present = read.flatMap(({ assessment }) => assessment.flags.filter((f) => f.verdict === "present"));
  const withSupport = (support: "verified" | "claimed") =>
    present.filter((flag) => flag.support === support).length;
  return {
    predicted: read.map(({ id, assessment }) => predictedOf(id, assessment, () => "present")),
    given: read.reduce((sum, { given }) => sum + given, 0),
    notTaken,
    refused: notTaken.filter(({ id, quote }) => !stands(id, quote)).length,
    verified: withSupport("verified"),
    claimed: withSupport("claimed"),
    toRead: read.reduce((sum, { assessment }) => sum + assessment.to_read.length, 0),
  };
}

const documentsOf = ({ id, text }: Labelled) => [{ id, kind: "resume" as const, name: id, text }];

function assessOne(rubric: CompiledRubric, document: Labelled, findings: ReadingOfDocument["findings"] = []) {
  const added = findings.map((finding) => ({ ...finding, by: "assistant" as const, author: AUTHOR }));
  return assess(rubric, { lane: null, documents: documentsOf(document), findings: [], added });
}

type Flag = Assessment["flags"][number];

const predictedOf = (
  id: string,
  { flags }: Assessment,
  sought: (flag: Flag) => Flag["verdict"],
): Predicted => ({
  id,
  flags: Object.fromEntries(
    flags
      .filter((flag) => flag.verdict === sought(flag))
      .map((flag) => [flag.id, flag.evidence.map(({ quote }) => quote)]),
  ),
});
