import { DomainError } from "../errors.ts";
import type { Flag, Rubric } from "../evaluation/rubric.ts";
import { createFinder, type Finder, type Terms, type Words } from "../text/finder.ts";
import { backwards, type Language } from "./language.ts";
import type { Condition, Signal } from "./signals.ts";

/** A signal whose word lists are ready to be looked for. */
type Ready<S> = S extends { signal: string }
  ? { readonly [K in keyof S]: K extends WordField ? Terms : S[K] }
  : never;
export type ReadySignal = Ready<Signal>;
/** The parts of a signal that hold words. */
export const WORD_FIELDS = ["of", "near", "with", "around", "without", "under", "not_under"] as const;
type WordField = (typeof WORD_FIELDS)[number];

/** A condition whose signals are ready: a clause meets it that shows one of `any`, or none of `none`. */
export type ReadyCondition = Pick<Condition, "missing" | "anywhere"> & {
  readonly any?: readonly ReadySignal[];
  readonly none?: readonly ReadySignal[];
};

export type ReadyFlag = {
  readonly flag: Flag;
  readonly conditions: readonly ReadyCondition[];
  readonly outweighs?: {
    readonly at_least: number;
    readonly over: readonly ReadySignal[];
    readonly missing: string;
  };
};

export type CompiledRubric = {
  readonly flags: readonly ReadyFlag[];
  readonly language: { readonly [K in keyof Language]: Terms };
  /** Absent where no flag says which kind of work the documents show. */
  readonly profile?: {
    readonly expects: "operator" | "modeler";
    /** The flag whose reading says whether the documents show the other kind of work. */
    readonly shown_by: string;
    readonly operator: readonly ReadySignal[];
    readonly modeler: readonly ReadySignal[];
  };
};

/**
 * Makes a rubric ready to run; the same one serves any number of documents. All its words are looked for in one pass.
 * @throws DomainError `invalid` when a signal names a word list that the vocabulary does not have.
 */
export function compileRubric(rubric: Rubric): CompiledRubric {
  const lists = new Map<string, readonly Words[]>();
  const known = new Map<string, Terms>();
  let find: Finder<string> = () => new Map();
  const terms = (words: readonly Words[], key: string): Terms => {
    lists.set(key, words);
    const made: Terms = (sentence) => find(sentence).get(key) ?? [];
    known.set(key, made);
    return made;
  };
  const named = (written: string | readonly string[], where: string): Terms => {
    const key = JSON.stringify(written);
    return known.get(key) ?? terms(entriesOf(rubric, [written].flat(), where), key);
  };
  const ready = (signal: Signal, where: string): ReadySignal => {
    const entries = Object.entries(signal).map(([key, value]) => [
      key,
      WORD_FIELDS.some((field) => field === key) ? named(value as string | readonly string[], where) : value,
    ]);
    return Object.fromEntries(entries) as ReadySignal;
  };
  const all = (signals: readonly Signal[], where: string, more: Partial<Signal> = {}) =>
    signals.map((signal) => ready({ ...more, ...signal } as Signal, where));
  const { planted, ...said } = rubric.language;
  const mirrored = planted.map(({ phrases }) => ({ phrases: phrases.map(backwards) }));
  const spoken = Object.entries({ ...said, planted: [...planted, ...mirrored] }).map(([name, words]) => [
    name,
    terms(words, `language ${name}`),
  ]);
  const { profile } = rubric;
  const compiled: CompiledRubric = {
    flags: rubric.flags.map((flag) => {
      const { id, conditions, outweighs } = flag;
      const places = flag.not_under === undefined ? {} : { not_under: flag.not_under };
      return {
        flag,
        conditions: conditions.map(({ missing, any, none, anywhere }) => ({
          missing,
          ...(any && { any: all(any, id, places) }),
          ...(none && { none: all(none, id, places) }),
          ...(anywhere && { anywhere }),
        })),
        ...(outweighs && { outweighs: { ...outweighs, over: all(outweighs.over, id, places) } }),
      };
    }),
    language: Object.fromEntries(spoken) as CompiledRubric["language"],
    ...(profile?.shown_by !== undefined && {
      profile: {
        ...{ expects: profile.expects, shown_by: profile.shown_by },
        operator: all(profile.operator.any, "profile.operator"),
        modeler: all(profile.modeler.any, "profile.modeler"),
      },
    }),
  };
  find = createFinder(lists);
  return compiled;
}

/** The words of a signal: its own, and those of the lists that it names, each with its exceptions. A list may name others. */
function entriesOf(
  rubric: Rubric,
  written: readonly string[],
  where: string,
  within: readonly string[] = [],
): Words[] {
  const own = written.filter((word) => !word.startsWith("@"));
  const others = written
    .filter((word) => word.startsWith("@"))
    .flatMap((name): Words[] => {
      const list = rubric.vocabulary[name.slice(1)];
      if (!list || within.includes(name)) throw unknownList(name, where, rubric);
      const entries = entriesOf(rubric, list.phrases, where, [...within, name]);
      return entries.map((entry) => ({ ...entry, not: [...(entry.not ?? []), ...list.not] }));
    });
  return own.length > 0 ? [{ phrases: own }, ...others] : others;
}

function unknownList(words: string, where: string, rubric: Rubric): DomainError {
  const known = Object.keys(rubric.vocabulary).map((name) => `@${name}`);
  return new DomainError(
    "invalid",
    `rubric, ${where}: there is no word list ${words}.`,
    `Known: ${known.join(", ")}.`,
  );
}
