import type { Rubric } from "../evaluation/rubric.ts";
import { PhraseError, readPhrase, type Sets } from "../text/phrase.ts";
import { WORD_FIELDS } from "./compile.ts";
import type { Signal } from "./signals.ts";

/** What is wrong with a rubric: the place in the template, and why. */
export type RubricFault = { readonly path: string; readonly why: string };

/** Every phrase of a rubric that cannot be read, and every word list that is named and not there or names itself. */
export function rubricFaults({ vocabulary, language, flags, profile }: Rubric): RubricFault[] {
  const known = Object.keys(vocabulary).map((name) => `@${name}`);
  /** What is wrong with naming a list; a list that another one names is looked into only for naming itself. */
  const namedFaults = (named: string, within: readonly string[]): string[] => {
    if (!known.includes(named)) return [`there is no word list ${named}. Known: ${known.join(", ")}`];
    return namesItself(named, within) ? [`the word list ${named} names itself`] : [];
  };
  const namesItself = (named: string, within: readonly string[]): boolean =>
    within.includes(named) ||
    (vocabulary[named.slice(1)]?.phrases ?? []).some(
      (one) => one.startsWith("@") && namesItself(one, [...within, named]),
    );
  const inWords = (path: string, words: readonly string[], within: readonly string[] = [], sets?: Sets) =>
    words
      .flatMap((word) => (word.startsWith("@") ? namedFaults(word, within) : phraseFaults(word, sets)))
      .map((why): RubricFault => ({ path: `rubric.${path}`, why }));
  const inSignals = (path: string, signals: readonly Signal[] = []) =>
    signals.flatMap((signal, n) => {
      const fields: Partial<Record<string, unknown>> = signal;
      return WORD_FIELDS.flatMap((field) => inField(`${path}[${n}].${field}`, fields[field]));
    });
  const inField = (path: string, words: unknown) =>
    words === undefined ? [] : inWords(path, [words as string | readonly string[]].flat());
  return [
    ...Object.entries(vocabulary).flatMap(([name, { phrases, not }]) => [
      ...inWords(`vocabulary.${name}`, phrases, [`@${name}`]),
      ...inWords(`vocabulary.${name}.not`, not),
    ]),
    ...Object.entries(language).flatMap(([name, lists]) =>
      lists.flatMap(({ phrases, not = [], unless = [], sets }) =>
        inWords(`language.${name}`, [...phrases, ...not, ...unless], [], sets),
      ),
    ),
    ...flags.flatMap(({ conditions, outweighs, not_under }, n) => [
      ...conditions.flatMap(({ any, none }, k) => [
        ...inSignals(`flags[${n}].conditions[${k}].any`, any),
        ...inSignals(`flags[${n}].conditions[${k}].none`, none),
      ]),
      ...inSignals(`flags[${n}].outweighs.over`, outweighs?.over),
      ...inField(`flags[${n}].not_under`, not_under),
    ]),
    ...inSignals("profile.operator.any", profile.operator.any),
    ...inSignals("profile.modeler.any", profile.modeler.any),
  ];
}

function phraseFaults(phrase: string, sets?: Sets): string[] {
  try {
    readPhrase(phrase, sets);
    return [];
  } catch (error) {
    if (error instanceof PhraseError) return [`the phrase ${JSON.stringify(phrase)} ${error.message}`];
    throw error;
  }
}
