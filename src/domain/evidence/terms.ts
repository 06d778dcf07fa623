import { fold, type Token, tokenize } from "./tokens.ts";

/** Words and phrases, ready to be looked for: by their whole first word, or by its first letters; longest first. */
export type Terms = {
  readonly whole: Index;
  readonly begun: Index;
  readonly letters: readonly number[];
  readonly known: Known;
};
/** Terms that may stand where a word stands, longest first; kept, since few words make up most of a text. */
type Known = Map<string, readonly Term[]>;
type Index = ReadonlyMap<string, readonly Term[]>;
type Term = {
  readonly words: readonly { readonly text: string; readonly prefix: boolean }[];
  /** Written with `!`: it is found so that nothing inside it is. */
  readonly skipped: boolean;
};

/** Letters by which a term that begins with part of a word is found. */
const LETTERS = 3;

/** Where a term was found: token positions, the last one exclusive. */
export type Found = { readonly from: number; readonly to: number };

/**
 * Prepares terms. `endpoint*` finds every word that begins so; a phrase is found across hyphens and line breaks.
 * Case and accents do not count. `!machine learning` keeps `learning` from being found in it.
 */
export function compileTerms(list: readonly string[]): Terms {
  const [whole, begun] = [new Map<string, Term[]>(), new Map<string, Term[]>()];
  for (const written of list) {
    const skipped = written.startsWith("!");
    const words = (skipped ? written.slice(1) : written).split(/[\s-]+/).flatMap((part) => {
      const prefix = part.endsWith("*");
      const tokens = tokenize(prefix ? part.slice(0, -1) : part);
      return tokens.map((t, n) => ({ text: fold(t.folded), prefix: prefix && n === tokens.length - 1 }));
    });
    const [first] = words;
    if (!first) continue;
    const [index, key] = first.prefix ? [begun, first.text.slice(0, LETTERS)] : [whole, first.text];
    const known = [...(index.get(key) ?? []), { words, skipped }];
    index.set(
      key,
      known.sort((a, b) => b.words.length - a.words.length),
    );
  }
  return {
    whole,
    begun,
    letters: [...new Set([...begun.keys()].map((key) => key.length))],
    known: new Map(),
  };
}

const NONE: readonly Found[] = [];
/** A clause is asked about the same lists by one signal after another; each answer is kept as long as the clause is. */
const answers = new WeakMap<readonly Token[], Map<Terms, readonly Found[]>>();

/** Every place where a term stands, in order, none inside another. */
export function findTerms(terms: Terms, tokens: readonly Token[]): readonly Found[] {
  if (tokens.length === 0) return NONE;
  let known = answers.get(tokens);
  if (!known) {
    known = new Map();
    answers.set(tokens, known);
  }
  const answer = known.get(terms) ?? look(terms, tokens);
  known.set(terms, answer);
  return answer;
}

export const hasTerm = (terms: Terms, tokens: readonly Token[]): boolean =>
  findTerms(terms, tokens).length > 0;

function look(terms: Terms, tokens: readonly Token[]): readonly Found[] {
  let found: Found[] | undefined;
  for (let at = 0; at < tokens.length; at += 1) {
    const term = termAt(terms, tokens, at);
    if (!term) continue;
    const to = at + term.words.length;
    if (!term.skipped) {
      found ??= [];
      found.push({ from: at, to });
    }
    at = to - 1;
  }
  return found ?? NONE;
}

/** Whether a term starts here. */
export const startsAt = (terms: Terms, tokens: readonly Token[], at: number): boolean =>
  termAt(terms, tokens, at)?.skipped === false;

function termAt(terms: Terms, tokens: readonly Token[], at: number): Term | undefined {
  const word = tokens[at]?.folded ?? "";
  for (const term of terms.known.get(word) ?? candidates(terms, word))
    if (standsAt(term.words, tokens, at)) return term;
  return undefined;
}

/** More words than this are not kept: a hostile text must not fill the memory. */
const KEPT = 4_000;

function candidates({ whole, begun, letters, known }: Terms, word: string): readonly Term[] {
  const found = [
    ...(whole.get(word) ?? NO_TERMS),
    ...letters.flatMap((length) => begun.get(word.slice(0, length)) ?? NO_TERMS),
  ]
    .filter(
      ({ words: [first] }) => first !== undefined && (first.prefix ? word.startsWith(first.text) : true),
    )
    .sort((a, b) => b.words.length - a.words.length);
  if (known.size >= KEPT) known.clear();
  const kept = found.length === 0 ? NO_TERMS : found;
  known.set(word, kept);
  return kept;
}

const NO_TERMS: readonly Term[] = [];

function standsAt(words: Term["words"], tokens: readonly Token[], at: number): boolean {
  for (let n = 0; n < words.length; n += 1) {
    const { text = "", prefix = false } = words[n] ?? {};
    const word = tokens[at + n]?.folded;
    if (word === undefined || !(prefix ? word.startsWith(text) : word === text)) return false;
  }
  return true;
}
