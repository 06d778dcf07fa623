import type { WrittenRubric } from "../evaluation/rubric.ts";
import { PhraseError, readPhrase } from "../text/phrase.ts";
import { WORD_FIELDS } from "./compile.ts";
import type { Signal } from "./signals.ts";

/** Something for which a rubric cannot be run. `path` is its place in the template. */
export type RubricFault = { readonly path: string; readonly why: string };

/** Every phrase of a rubric that cannot be read, and every word list that is named and is not there or names itself. */
export function rubricFaults(rubric: WrittenRubric): RubricFault[] {
  const { vocabulary, language, profile, flags } = rubric;
  const lists = Object.entries(vocabulary).flatMap(([name, { phrases, not }]) =>
    faultsOf(`rubric.vocabulary.${name}`, [...phrases, ...not], vocabulary, name),
  );
  const spoken = Object.entries(language).flatMap(([name, words]) =>
    words.flatMap(({ phrases, not = [] }) =>
      faultsOf(`rubric.language.${name}`, [...phrases, ...not], vocabulary),
    ),
  );
  const ofSignals = (path: string, signals: readonly Signal[] = []) =>
    signals.flatMap((signal, n) => signalFaults(`${path}[${n}]`, signal, vocabulary));
  return [
    ...lists,
    ...spoken,
    ...ofSignals("rubric.profile.operator.any", profile?.operator.any),
    ...ofSignals("rubric.profile.modeler.any", profile?.modeler.any),
    ...flags.flatMap(({ conditions, not_under, outweighs }, n) => {
      const path = `rubric.flags[${n}]`;
      return [
        ...conditions.flatMap(({ any, none }, at) => [
          ...ofSignals(`${path}.conditions[${at}].any`, any),
          ...ofSignals(`${path}.conditions[${at}].none`, none),
        ]),
        ...faultsOf(`${path}.not_under`, [not_under ?? []].flat(), vocabulary),
        ...ofSignals(`${path}.outweighs.over`, outweighs?.over),
      ];
    }),
  ];
}

type Vocabulary = WrittenRubric["vocabulary"];

const signalFaults = (path: string, signal: Signal, vocabulary: Vocabulary): RubricFault[] =>
  WORD_FIELDS.flatMap((field) => {
    const words = field in signal ? signal[field as "of"] : undefined;
    return faultsOf(`${path}.${field}`, [words ?? []].flat(), vocabulary);
  });

/** @param list the name of the list in which the words stand, where they stand in one */
function faultsOf(
  path: string,
  words: readonly string[],
  vocabulary: Vocabulary,
  list?: string,
): RubricFault[] {
  return words.flatMap((word) => {
    const why = word.startsWith("@") ? nameFault(word, vocabulary, list) : phraseFault(word);
    return why === undefined ? [] : [{ path, why }];
  });
}

function nameFault(name: string, vocabulary: Vocabulary, list: string | undefined): string | undefined {
  if (!Object.hasOwn(vocabulary, name.slice(1))) {
    const known = Object.keys(vocabulary).map((key) => `@${key}`);
    return `names the word list ${name}, and there ${known.length === 0 ? "are none" : `are ${known.join(", ")}`}`;
  }
  return list !== undefined && reaches(name.slice(1), list, vocabulary)
    ? `names ${name}, which leads back to @${list}`
    : undefined;
}

/** Whether a list names another, itself or through those that it names. */
function reaches(
  from: string,
  to: string,
  vocabulary: Vocabulary,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  const named = vocabulary[from]?.phrases.filter((word) => word.startsWith("@")) ?? [];
  return named.some((name) => reaches(name.slice(1), to, vocabulary, new Set([...seen, from])));
}

function phraseFault(phrase: string): string | undefined {
  try {
    readPhrase(phrase);
    return undefined;
  } catch (error) {
    if (!(error instanceof PhraseError)) throw error;
    return `the phrase ${JSON.stringify(phrase)} ${error.message}`;
  }
}
