import * as z from "zod";
import { Language, Signal } from "../evidence/signals.ts";

const text = z.string().trim().min(1);

/** A criterion of a rubric: a definition for readers, and signals for the rules. */
export const Flag = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: text,
  polarity: z.enum(["green", "red"]),
  definition: text,
  counts: z.array(text).min(1),
  does_not_count: z.array(text).min(1),
  examples: z.strictObject({ yes: text, no: text }),
  /** How the rules recognise the flag, in a line that is shown with the verdict. */
  why: text,
  /** The question to ask when the documents leave the flag open. */
  question: text,
  weight: z.number().positive(),
  /** Weights for lanes in which the flag weighs more or less. */
  lanes: z.record(z.string(), z.number().positive()).optional(),
  signals: z.array(Signal),
  /** Makes this flag absent when the rules find at least `at_least` of the flags in `of` present. */
  absent_with: z.strictObject({ at_least: z.number().int().min(1), of: z.array(text).min(1) }).optional(),
  /** Signals that are not enough to make the flag present. With one of them the verdict is unclear. */
  hints: z.array(Signal).optional(),
});
export type Flag = z.infer<typeof Flag>;

const Side = z.strictObject({ any: z.array(Signal).min(1) });

export const Rubric = z.strictObject({
  vocabulary: z.record(z.string(), z.array(text)),
  language: Language,
  /** Signals for the two kinds of work, whose shares are shown beside the flags. */
  profile: z.strictObject({
    expects: z.enum(["operator", "modeler"]),
    operator: Side,
    modeler: Side,
    /**
     * Signals for the work of each lane. A candidate with mostly another lane's work is not rejected, but the
     * assessment says so.
     */
    lanes: z.record(z.string(), Side).optional(),
  }),
  flags: z.array(Flag),
});
export type Rubric = z.infer<typeof Rubric>;

/** The rubric for a reader of documents: every flag with its definition, without the rules' signals. */
export function rubricToRead({ flags }: Rubric) {
  return {
    flags: flags.map(({ signals: _signals, hints: _hints, absent_with: _absent, ...read }) => read),
  };
}

/** As `rubricToRead`, without what every assessment tells of a flag itself: how the rules recognise it, and what to ask. */
export const rubricInBrief = (rubric: Rubric) => ({
  flags: rubricToRead(rubric).flags.map(({ why: _why, question: _question, ...flag }) => flag),
});
