import { DomainError } from "../errors.ts";
import type { Flag, Rubric } from "../evaluation/rubric.ts";
import type { Language, Signal } from "./signals.ts";
import { compileTerms, type Terms } from "./terms.ts";

type Words = string | readonly string[];

/** A signal whose word lists are ready to be looked for. */
type Ready<S> = S extends { signal: string }
  ? { readonly [K in keyof S]: K extends WordField ? Terms : S[K] }
  : never;
export type ReadySignal = Ready<Signal>;
type WordField =
  | "subject"
  | "of"
  | "near"
  | "any"
  | "also"
  | "never"
  | "under"
  | "not_under"
  | "level"
  | "much"
  | "little"
  | "work"
  | "scale"
  | "scale_not_under"
  | "scale_not_with"
  | "scaled_work"
  | "vague_work"
  | "rather"
  | "scale_of_work"
  | "unless"
  | "backed"
  | "nearby"
  | "quoted"
  | "little_under"
  | "rather_not";

const WORD_FIELDS: ReadonlySet<string> = new Set<WordField>([
  ...([
    "subject",
    "of",
    "near",
    "any",
    "also",
    "never",
    "under",
    "not_under",
    "level",
    "much",
    "little",
    "work",
    "scale",
    "scale_not_under",
    "scale_not_with",
    "scaled_work",
    "vague_work",
    "rather",
    "scale_of_work",
    "unless",
    "backed",
    "nearby",
    "quoted",
    "little_under",
    "rather_not",
  ] as const),
]);

export type ReadyFlag = {
  readonly flag: Flag;
  readonly signals: readonly ReadySignal[];
  readonly hints: readonly ReadySignal[];
};

export type CompiledRubric = {
  readonly flags: readonly ReadyFlag[];
  readonly language: { readonly [K in keyof Language]: Terms };
  readonly profile: {
    readonly expects: "operator" | "modeler";
    readonly operator: readonly ReadySignal[];
    readonly modeler: readonly ReadySignal[];
    readonly lanes: readonly { readonly id: string; readonly signals: readonly ReadySignal[] }[];
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
      const list = rubric.vocabulary[word.slice(1)];
      if (!list) throw unknownList(word, where, rubric);
      return list;
    });
    const compiled = compileTerms(written);
    lists.set(key, compiled);
    return compiled;
  };
  const ready = (signal: Signal, where: string): ReadySignal => {
    const entries = Object.entries(signal).map(([key, value]) => [
      key,
      WORD_FIELDS.has(key) ? terms(value as Words, where) : value,
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
      signals: all(flag.signals, flag.id),
      hints: all(flag.hints ?? [], flag.id),
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
      operator: all(rubric.profile.operator.any, "profile.operator"),
      modeler: all(rubric.profile.modeler.any, "profile.modeler"),
      lanes: Object.entries(rubric.profile.lanes ?? {}).map(([id, { any }]) => ({
        id,
        signals: all(any, `profile.lanes.${id}`),
      })),
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
