import * as z from "zod";

/**
 * The signals language: what a condition of a flag looks for, as data.
 *
 * A signal is looked for in one clause at a time: a sentence, a bullet, an entry. Wherever words are asked for, give a list
 * of words and phrases, or `@name` for a list of the rubric's `vocabulary`, alone or inside a list. Case, accents, hyphens
 * and line breaks do not count, `endpoint*` finds every word that begins so, and `!machine learning` keeps a word of the
 * list, here `learning`, from being found in that phrase.
 *
 *   figure   a figure about a subject.      { signal: figure, subject: "@cost", units: [percent, money], change: down }
 *            `change` asks for a direction: two figures (from 47 to 9), or one beside a word such as cut or up.
 *            `level` asks for no change but for a word, such as uptime, near a figure: { level: "@uptime" }.
 *            `pair: true` asks for both figures, `above` for shares that are higher.
 *   count    how many of something.         { signal: count, of: ["model*"], near: "@in_production" }
 *   scale    any figure beside its measure. { signal: scale, of: ["request*", gb] }
 *   version  a named thing with a version.  { signal: version, of: "@tools" }
 *   cadence  how often.                     { signal: cadence, of: "@on_call" } finds 1 in 5, every other week, weekly.
 *   phrase   words alone.                   { signal: phrase, any: "@talks" }
 *   vague    words with no specifics after. { signal: vague, any: "@vague" }; a figure or version further on backs them,
 *            and so do words of `backed` (where I, having run).
 *
 * Every signal may add: `also`, words of which one must stand in the clause; `nearby`, in the clause, the ones around it in
 * its block, or its headings; `never` and `unless`, words that rule it out; `under` and `not_under`, headings that it must
 * or must not stand under. For figures and counts `never` rules out only what it stands nearer to: "accuracy up 2%,
 * latency down 40%" has one of each. What is negated, only intended, or other people's work is no evidence, unless `even`
 * names it: [negated, intended, others].
 */
const phrase = z.string().trim().min(1);

const words = z.union([
  z.string().regex(/^@[a-z_]+$/, "a @name of the vocabulary"),
  z.array(z.string().min(1)).min(1),
]);

const where = {
  also: words.optional(),
  never: words.optional(),
  unless: words.optional(),
  nearby: words.optional(),
  under: words.optional(),
  not_under: words.optional(),
  even: z.array(z.enum(["negated", "intended", "others"])).optional(),
};

const Unit = z.enum(["percent", "money", "duration", "times", "count"]);

export const Signal = z.discriminatedUnion("signal", [
  z.strictObject({
    signal: z.literal("figure"),
    subject: words,
    units: z.array(Unit).min(1),
    change: z.enum(["down", "up", "either"]).optional(),
    pair: z.boolean().optional(),
    level: words.optional(),
    above: z.number().optional(),
    ...where,
  }),
  z.strictObject({ signal: z.literal("count"), of: words, near: words.optional(), ...where }),
  z.strictObject({ signal: z.literal("version"), of: words, ...where }),
  z.strictObject({ signal: z.literal("cadence"), of: words, ...where }),
  z.strictObject({ signal: z.literal("phrase"), any: words, ...where }),
  z.strictObject({ signal: z.literal("vague"), any: words, backed: words.optional(), ...where }),
  z.strictObject({ signal: z.literal("scale"), of: words, ...where }),
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
