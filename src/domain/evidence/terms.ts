import { fold, type Token, tokenize } from "./tokens.ts";

/** A list of words and phrases, ready to be looked for: keyed by the first letters of the first word, longest first. */
export type Terms = ReadonlyMap<string, readonly Term[]>;
type Term = readonly { readonly text: string; readonly prefix: boolean }[];

/** Letters by which terms are found. */
const KEY = 2;
const keyOf = (word: string): string => word.slice(0, KEY);

/** Where a term was found: token positions, the last one exclusive. */
export type Found = { readonly from: number; readonly to: number };

/**
 * Prepares terms. `endpoint*` finds every word that begins so; a phrase is found across hyphens and line breaks.
 * Case and accents do not count.
 */
export function compileTerms(list: readonly string[]): Terms {
  const terms = new Map<string, Term[]>();
  for (const written of list) {
    const term: Term = written.split(/[\s-]+/).flatMap((part) => {
      const prefix = part.endsWith("*");
      const tokens = tokenize(prefix ? part.slice(0, -1) : part);
      return tokens.map((t, n) => ({ text: fold(t.folded), prefix: prefix && n === tokens.length - 1 }));
    });
    const [first] = term;
    if (!first) continue;
    const key = keyOf(first.text);
    terms.set(
      key,
      [...(terms.get(key) ?? []), term].sort((a, b) => b.length - a.length),
    );
  }
  return terms;
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
    const length = matchAt(terms, tokens, at);
    if (length === 0) continue;
    found ??= [];
    found.push({ from: at, to: at + length });
    at += length - 1;
  }
  return found ?? NONE;
}

/** How many tokens a term covers from here on; 0 when none starts here. */
export function matchAt(terms: Terms, tokens: readonly Token[], at: number): number {
  const candidates = terms.get(keyOf(tokens[at]?.folded ?? ""));
  if (!candidates) return 0;
  for (const term of candidates) if (standsAt(term, tokens, at)) return term.length;
  return 0;
}

function standsAt(term: Term, tokens: readonly Token[], at: number): boolean {
  for (const [n, { text, prefix }] of term.entries()) {
    const word = tokens[at + n]?.folded;
    if (word === undefined || !(prefix ? word.startsWith(text) : word === text)) return false;
  }
  return true;
}
