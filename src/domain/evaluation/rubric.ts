import * as z from "zod";
import { Language, Signal } from "../evidence/signals.ts";

const text = z.string().trim().min(1);

/** A criterion of a rubric: its definition for whoever reads, its signals for the rules that check. */
export const Flag = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: text,
  polarity: z.enum(["green", "red"]),
  definition: text,
  counts: z.array(text).min(1),
  does_not_count: z.array(text).min(1),
  examples: z.strictObject({ yes: text, no: text }),
  /** How the rules recognise it, in a line that is shown with the verdict. */
  why: text,
  /** What to ask when the documents leave it open. */
  question: text,
  weight: z.number().positive(),
  /** Weights that differ in a lane. */
  lanes: z.record(z.string(), z.number().positive()).optional(),
  signals: z.array(Signal),
  /** Flags that settle it when the rules find so many of them present: this one is then absent. */
  absent_with: z.strictObject({ at_least: z.number().int().min(1), of: z.array(text).min(1) }).optional(),
  /** Signals that something is there without being enough: the verdict is then unclear. */
  hints: z.array(Signal).optional(),
});
export type Flag = z.infer<typeof Flag>;

const Side = z.strictObject({ any: z.array(Signal).min(1) });

export const Rubric = z.strictObject({
  vocabulary: z.record(z.string(), z.array(text)),
  language: Language,
  /** What shows the two kinds of work whose shares are read out beside the flags. */
  profile: z.strictObject({
    expects: z.enum(["operator", "modeler"]),
    operator: Side,
    modeler: Side,
    /** What shows the work of each lane: a candidate who shows another lane's is not turned away, but it is said. */
    lanes: z.record(z.string(), Side).optional(),
  }),
  flags: z.array(Flag),
});
export type Rubric = z.infer<typeof Rubric>;

/** The rubric as whoever reads documents needs it: every flag with its definition, without the rules' words. */
export function rubricToRead({ flags }: Rubric) {
  return {
    flags: flags.map(({ signals: _signals, hints: _hints, absent_with: _absent, ...read }) => read),
  };
}

/** As `rubricToRead`, without what every assessment tells of a flag itself: how the rules recognise it, and what to ask. */
export const rubricInBrief = (rubric: Rubric) => ({
  flags: rubricToRead(rubric).flags.map(({ why: _why, question: _question, ...flag }) => flag),
});
