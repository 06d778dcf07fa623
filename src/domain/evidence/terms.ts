import { fold, type Token, tokenize } from "./tokens.ts";

/** A list of words and phrases, ready to be looked for: keyed by first word, longest first. */
export type Terms = {
  readonly exact: ReadonlyMap<string, readonly Term[]>;
  readonly prefixes: readonly Term[];
};
type Term = { readonly words: readonly { readonly text: string; readonly prefix: boolean }[] };

/** Where a term was found: token positions, the last one exclusive. */
export type Found = { readonly from: number; readonly to: number };

/**
 * Prepares terms. `endpoint*` finds every word that begins so; a phrase is found across hyphens and line breaks.
 * Case and accents do not count.
 */
export function compileTerms(list: readonly string[]): Terms {
  const exact = new Map<string, Term[]>();
  const prefixes: Term[] = [];
  for (const written of list) {
    const words = written.split(/[\s-]+/).flatMap((part) => {
      const prefix = part.endsWith("*");
      const tokens = tokenize(prefix ? part.slice(0, -1) : part);
      return tokens.map((t, n) => ({ text: fold(t.folded), prefix: prefix && n === tokens.length - 1 }));
    });
    const [first] = words;
    if (!first) continue;
    if (first.prefix) prefixes.push({ words });
    else exact.set(first.text, [...(exact.get(first.text) ?? []), { words }]);
  }
  const longest = (a: Term, b: Term) => b.words.length - a.words.length;
  for (const terms of exact.values()) terms.sort(longest);
  return { exact, prefixes: prefixes.sort(longest) };
}

/** Every place where a term stands, in order, none inside another. */
export function findTerms(terms: Terms, tokens: readonly Token[]): Found[] {
  const found: Found[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const length = matchAt(terms, tokens, at);
    if (length === 0) continue;
    found.push({ from: at, to: at + length });
    at += length - 1;
  }
  return found;
}

export const hasTerm = (terms: Terms, tokens: readonly Token[]): boolean =>
  tokens.some((_, at) => matchAt(terms, tokens, at) > 0);

/** How many tokens a term covers from here on; 0 when none starts here. */
export function matchAt(terms: Terms, tokens: readonly Token[], at: number): number {
  const first = tokens[at]?.folded ?? "";
  const candidates = [...(terms.exact.get(first) ?? []), ...terms.prefixes];
  const term = candidates.find(({ words }) =>
    words.every(({ text, prefix }, n) => {
      const word = tokens[at + n]?.folded;
      return word !== undefined && (prefix ? word.startsWith(text) : word === text);
    }),
  );
  return term?.words.length ?? 0;
}
