import { notAllowed } from "../errors.ts";
import { type Lexicon, quoteAt, sentenceOf } from "../text/lexicon.ts";
import { Level } from "./role.ts";

/** The level that words name, as companies write it ("Sr.", "Senior II", "L5"), with the words that name it. */
export function levelOf(lexicon: Lexicon, words: string): { value: Level; quote: string } | undefined {
  const sentence = sentenceOf(words);
  for (const list of ["level_word", "level_code"] as const) {
    const [hit] = lexicon.find(list, sentence);
    const level = Level.safeParse(hit?.entry.category);
    if (hit && level.success) return { value: level.data, quote: quoteAt(sentence, hit) };
  }
  return undefined;
}

/**
 * The level that a caller names, in our words or the company's.
 * @throws DomainError `invalid` for words that name none, with the levels there are.
 */
export function requireLevel(lexicon: Lexicon, words: string): Level {
  const level = Level.safeParse(words.trim().toLowerCase()).data ?? levelOf(lexicon, words)?.value;
  if (level === undefined)
    throw notAllowed("level", words, [
      ...Level.options,
      "or as the company says it, such as Sr., SDE II, L5, IC4",
    ]);
  return level;
}
