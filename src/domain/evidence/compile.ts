import { DomainError } from "../errors.ts";
import type { Flag, Rubric } from "../evaluation/rubric.ts";
import type { Condition, Language, Signal } from "./signals.ts";
import { compileTerms, type Terms } from "./terms.ts";

type Words = string | readonly string[];

/** A signal whose word lists are ready to be looked for. */
type Ready<S> = S extends { signal: string }
  ? { readonly [K in keyof S]: K extends WordField ? Terms : S[K] }
  : never;
export type ReadySignal = Ready<Signal>;
const WORD_FIELDS = [
  "subject",
  "of",
  "near",
  "any",
  "also",
  "never",
  "unless",
  "nearby",
  "under",
  "not_under",
  "level",
  "backed",
] as const;
type WordField = (typeof WORD_FIELDS)[number];
const isWordField = (key: string): boolean => WORD_FIELDS.some((field) => field === key);

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
  readonly profile: {
    readonly expects: "operator" | "modeler";
    /** The flag whose reading says whether the documents show the other kind of work. */
    readonly shown_by?: string;
    readonly operator: readonly ReadySignal[];
    readonly modeler: readonly ReadySignal[];
  };
};

/**
 * Makes a rubric ready to run; the same one serves any number of documents.
 * @throws DomainError `invalid` when a signal names a word list that the vocabulary does not have.
 */
export function compileRubric(rubric: Rubric): CompiledRubric {
  const lists = new Map<string, Terms>();
  const terms = (words: Words, where: string): Terms => {
    const key = typeof words === "string" ? words : JSON.stringify(words);
    const known = lists.get(key);
    if (known) return known;
    const written = (typeof words === "string" ? [words] : words).flatMap((word) => {
      if (!word.startsWith("@")) return [word];
      return listOf(word, where);
    });
    const compiled = compileTerms(written);
    lists.set(key, compiled);
    return compiled;
  };
  // A list may name other lists.
  function listOf(name: string, where: string, within: readonly string[] = []): readonly string[] {
    const list = rubric.vocabulary[name.slice(1)];
    if (!list || within.includes(name)) throw unknownList(name, where, rubric);
    return list.flatMap((word) => (word.startsWith("@") ? listOf(word, where, [...within, name]) : [word]));
  }
  const ready = (signal: Signal, where: string): ReadySignal => {
    const entries = Object.entries(signal).map(([key, value]) => [
      key,
      isWordField(key) ? terms(value as Words, where) : value,
    ]);
    return Object.fromEntries(entries) as ReadySignal;
  };
  const all = (signals: readonly Signal[], where: string) => signals.map((signal) => ready(signal, where));
  const { down, up, negated, intended, reached, others, groups, own } = rubric.language;
  const { planted, machines, judging, judged } = rubric.language;
  const said = (words: Words) => terms(words, "language");
  return {
    flags: rubric.flags.map((flag) => ({
      flag,
      conditions: flag.conditions.map(({ missing, any, none, anywhere }) => ({
        missing,
        ...(any && { any: all(any, flag.id) }),
        ...(none && { none: all(none, flag.id) }),
        ...(anywhere && { anywhere }),
      })),
      ...(flag.outweighs && { outweighs: { ...flag.outweighs, over: all(flag.outweighs.over, flag.id) } }),
    })),
    language: {
      down: said(down),
      up: said(up),
      negated: said(negated),
      intended: said(intended),
      reached: said(reached),
      others: said(others),
      groups: said(groups),
      own: said(own),
      planted: said(planted),
      machines: said(machines),
      judging: said(judging),
      judged: said(judged),
    },
    profile: {
      expects: rubric.profile.expects,
      ...(rubric.profile.shown_by !== undefined && { shown_by: rubric.profile.shown_by }),
      operator: all(rubric.profile.operator.any, "profile.operator"),
      modeler: all(rubric.profile.modeler.any, "profile.modeler"),
    },
  };
}

function unknownList(words: string, where: string, rubric: Rubric): DomainError {
  const known = Object.keys(rubric.vocabulary).map((name) => `@${name}`);
  return new DomainError(
    "invalid",
    `rubric, ${where}: there is no word list ${words}.`,
    `Known: ${known.join(", ")}.`,
  );
}
