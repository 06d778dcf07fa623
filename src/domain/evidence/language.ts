import * as z from "zod";
import type { Words } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { ListName } from "../text/lists.ts";
import { WordList } from "./signals.ts";

const said = WordList.default({ phrases: [], not: [] }).transform((list): readonly Words[] => [list]);

/** How claims are made and hedged: words of a template's trade, beside those that the lexicon has for every role. */
export const Language = z.strictObject({
  down: said,
  up: said,
  negated: said,
  intended: said,
  /** Words by which something only intended was reached after all. */
  reached: said,
  others: said,
  /** Nouns for other people: `the platform team` that acts is somebody else, `our team` is not. */
  groups: said,
  /** Words by which the writer speaks of themselves again. */
  own: said,
  /** Text that speaks to whoever reads by machine: its block proves nothing, and is reported. */
  planted: said,
  /** The same in other words: an address to one of `machines`, and a word of `judging` about one of `judged`. */
  machines: said,
  judging: said,
  judged: said,
});
export type Language = z.infer<typeof Language>;

/** What denies a thing denies no claim: "without an outage", "dropped the latency". */
const OF_THINGS = "thing";

/** The words of a trade and those of every role together; what a trade means otherwise (`not`) is taken out of both. */
export function withGeneralWords(language: Language, lexicon: Lexicon): Language {
  const general = (list: ListName, own: readonly Words[]): Words[] =>
    lexicon
      .entries(list)
      .filter(({ category }) => category !== OF_THINGS)
      .map((entry) => ({
        ...entry,
        not: [...(entry.not ?? []), ...own.flatMap(({ not = [] }) => not)],
        sets: lexicon.sets,
      }));
  const names = Object.keys(language) as (keyof Language)[];
  const all = names.map((name) => [name, [...general(name, language[name]), ...language[name]]] as const);
  const negated = [
    ...general("denied", language.negated),
    ...general("negated", language.negated),
    ...language.negated,
  ];
  return { ...language, ...Object.fromEntries(all), negated };
}

/** A phrase as it stands in words that are written backwards, letter by letter. */
export const backwards = (phrase: string): string => [...phrase.replace(/\*/g, "")].reverse().join("");
