import * as z from "zod";

/**
 * What a condition of a flag looks for, as data. A signal stands in one clause: a sentence, a bullet, an entry.
 *
 *   { signal: phrase, of: "@talks" }                       words or phrases
 *   { signal: count, of: "@models", near: "@live" }        how many of something: 12 models
 *   { signal: figure, of: "@cost", units: [money], change: down }   a figure about something; `pair: true` asks for both,
 *                                                          before and after; `near` for words close to it instead of a
 *                                                          change, `above` for shares that are higher
 *   { signal: version, of: "@tools" }                      a name with its version: Triton 23.10
 *   { signal: cadence, of: "@on_call" }                    how often: every third week
 *   { signal: scale, of: ["request*", gb, mw] }            any figure beside its measure: 4 TB, 1.2 GW
 *   { signal: vague, of: "@vague", without: "@backing" }   words with no figure and nothing of `without` behind them
 *
 * Words are a list of phrases, or `@name` for a list of the rubric's vocabulary, alone or in a list; how a phrase is written
 * is said in CONTRIBUTING.md. Any signal may add
 *
 *   with, without   one of these stands in the clause, or none; for a figure or count none stands nearer to it than what it is about
 *   around     one of these stands in the clause, in one beside it in its block, or in a heading over it
 *   under, not_under   headings over it; `not_under` of the flag holds for each of its signals that has none
 *   hedged: true       it counts where it is denied, only intended, or other people's work
 */
const phrase = z.string().trim().min(1);

export const SignalWords = z.union([
  z.string().regex(/^@[a-z_]+$/, "a @name of the vocabulary"),
  z.array(z.string().min(1)).min(1),
]);

const common = {
  of: SignalWords,
  with: SignalWords.optional(),
  around: SignalWords.optional(),
  without: SignalWords.optional(),
  under: SignalWords.optional(),
  not_under: SignalWords.optional(),
  hedged: z.literal(true).optional(),
};

export const Signal = z.discriminatedUnion("signal", [
  z.strictObject({ signal: z.literal("phrase"), ...common }),
  z.strictObject({ signal: z.literal("count"), ...common, near: SignalWords.optional() }),
  z.strictObject({
    signal: z.literal("figure"),
    ...common,
    near: SignalWords.optional(),
    units: z.array(z.enum(["percent", "money", "duration", "times", "count"])).min(1),
    change: z.enum(["down", "up", "either"]).optional(),
    pair: z.boolean().optional(),
    above: z.number().optional(),
  }),
  z.strictObject({ signal: z.literal("version"), ...common }),
  z.strictObject({ signal: z.literal("cadence"), ...common }),
  z.strictObject({ signal: z.literal("scale"), ...common }),
  z.strictObject({ signal: z.literal("vague"), ...common }),
]);
export type Signal = z.infer<typeof Signal>;

/**
 * What a flag asks of the clause that shows it, under a name for the case that it is not there. A clause meets a condition
 * that shows one of the signals in `any`, or none of those in `none`. A condition with `anywhere` looks at every clause of
 * the document.
 */
export const Condition = z
  .strictObject({
    /** What is told where it is not met: `no number of models in it`. */
    missing: z.string().trim().min(1).max(120),
    any: z.array(Signal).min(1).optional(),
    none: z.array(Signal).min(1).optional(),
    anywhere: z.literal(true).optional(),
  })
  .refine(({ any, none }) => (any === undefined) !== (none === undefined), "has either any or none");
export type Condition = z.infer<typeof Condition>;

/** Words and phrases of one meaning, as a template writes them: a list, or one with phrases in which they mean something else. */
export const WordList = z.union([
  z.array(phrase).transform((phrases): Listed => ({ phrases, not: [] })),
  z.strictObject({ phrases: z.array(phrase), not: z.array(phrase).default([]) }),
]);
type Listed = { phrases: string[]; not: string[] };
