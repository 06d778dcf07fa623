import * as z from "zod";
import { Language } from "../evidence/language.ts";
import { Condition, Signal, SignalWords, WordList } from "../evidence/signals.ts";

const text = z.string().trim().min(1);

/**
 * A criterion of a rubric: a definition for readers, and the conditions that a quote is checked by. Without conditions it is
 * always left to a reader, and what they quote is at most claimed.
 */
export const Flag = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: text,
  polarity: z.enum(["green", "red"]),
  definition: text,
  counts: z.array(text).default([]),
  does_not_count: z.array(text).default([]),
  examples: z.strictObject({ yes: text, no: text.optional() }),
  /** How the rules recognise the flag, in a line that is shown with the verdict. */
  why: text.optional(),
  /** The question to ask when the documents leave the flag open. */
  question: text,
  weight: z.number().positive().default(1),
  /** Weights for lanes in which the flag weighs more or less. */
  lanes: z.record(z.string(), z.number().positive()).optional(),
  /** What a clause has to meet to show the flag. The first one is what the flag is about: clauses that meet it are passages. */
  conditions: z.array(Condition).default([]),
  /** Headings under which nothing shows the flag. */
  not_under: SignalWords.optional(),
  /** The rules point at the flag only where so many more clauses meet its conditions than show one of these signals. */
  outweighs: z
    .strictObject({ at_least: z.number().int().min(1), over: z.array(Signal).min(1), missing: text })
    .optional(),
  /** The rules do not point at the flag where at least `at_least` of the flags in `of` are present by rules. */
  excused_by: z.strictObject({ at_least: z.number().int().min(1), of: z.array(text).min(1) }).optional(),
});
export type Flag = z.infer<typeof Flag>;

const Side = z.strictObject({ any: z.array(Signal).min(1) });

export const Rubric = z.strictObject({
  vocabulary: z.record(z.string(), WordList).default({}),
  language: Language.prefault({}),
  /** Signals for the two kinds of work, whose shares are shown beside the flags. */
  profile: z
    .strictObject({
      expects: z.enum(["operator", "modeler"]),
      operator: Side,
      modeler: Side,
      /** The flag whose reading says whether the documents show the other kind of work. */
      shown_by: text.optional(),
    })
    .optional(),
  flags: z.array(Flag).min(1),
});
export type Rubric = z.infer<typeof Rubric>;

/** A rubric as a template writes it: what a flag is called and what is asked about it may be left to what is general. */
export const WrittenRubric = Rubric.extend({
  flags: z.array(Flag.partial({ label: true, question: true })).min(1),
});
export type WrittenRubric = z.infer<typeof WrittenRubric>;

/** The rubric for a reader of documents: every flag with its definition, without what the rules do. */
export function rubricToRead({ flags }: Rubric) {
  return {
    flags: flags.map(({ conditions: _c, outweighs: _o, excused_by: _e, not_under: _n, ...read }) => read),
  };
}

/** As `rubricToRead`, without what every assessment tells of a flag itself: how the rules recognise it, and what to ask. */
export const rubricInBrief = (rubric: Rubric) => ({
  flags: rubricToRead(rubric).flags.map(({ why: _why, question: _question, ...flag }) => flag),
});
