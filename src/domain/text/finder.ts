import { addTo, createMatcher, type Matcher, type Span } from "./matcher.ts";
import { type Phrase, readPhrase, type Sets } from "./phrase.ts";
import { type Token, tokenize } from "./tokens.ts";

/** Words and phrases of one meaning. */
export type Words = {
  readonly phrases: readonly string[];
  /** Phrases in which it means something else: what shares a word with one of them is passed over. */
  readonly not?: readonly string[];
  /** Phrases with which a whole sentence says nothing of the kind. */
  readonly unless?: readonly string[];
  /** The lists that its phrases name as `<name>`. */
  readonly sets?: Sets;
};

/** Where words of an entry stand in a sentence. */
export type Hit<E> = Span & { readonly entry: E };

/** A sentence, or another part of a text, with its words. Their places are places in `text`. */
export type Sentence = {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** What was found in it, by who looked. */
  readonly kept: Kept[];
};
type Kept = { readonly by: object; readonly found: Found<never, never> };
type Found<K, E> = ReadonlyMap<K, readonly Hit<E>[]>;

/** A part of a text as a sentence of its own. */
export const sentenceOf = (text: string): Sentence => ({ text, tokens: tokenize(text), kept: [] });

/** The words of a place, as they are written. */
export function quoteAt({ text, tokens }: Sentence, { from, to }: Span): string {
  return text.slice(tokens[from]?.start, tokens[to - 1]?.end);
}

/** Where the words of each thing stand in a sentence: in order, none inside another. A thing that is not there has none. */
export type Finder<K, E = unknown> = (sentence: Sentence) => Found<K, E>;

/** What a phrase is to an entry: it claims, is passed over, or takes the whole sentence back. */
type Use<K, E> = { readonly of: K; readonly entry: E; readonly as: "claim" | "not" | "unless" };

/** Prepares the words of some things, to be looked for in one pass over a sentence. What is found is kept as long as that. */
export function createFinder<K, E extends Words>(
  things: Iterable<readonly [K, readonly E[]]>,
  read: (phrase: string, entry: E) => Phrase = (phrase, { sets }) => readPhrase(phrase, sets),
): Finder<K, E> {
  const matcher = createMatcher(phrasesOf(things, read));
  const by = {};
  return ({ tokens, kept }) => {
    for (const one of kept) if (one.by === by) return one.found as Found<K, E>;
    const found: Found<K, E> = scan(matcher, tokens);
    kept.push({ by, found: found as Found<never, never> });
    return found;
  };
}

const NONE: readonly never[] = [];

/** Every phrase with its uses; one that several entries use is looked for once. */
function phrasesOf<K, E extends Words>(
  things: Iterable<readonly [K, readonly E[]]>,
  read: (phrase: string, entry: E) => Phrase,
) {
  const byText = new Map<string, { phrase: Phrase; use: Use<K, E>[] }>();
  const add = (written: readonly string[], use: Use<K, E>): void => {
    for (const text of written) {
      const known = byText.get(text);
      if (known) known.use.push(use);
      else byText.set(text, { phrase: read(text, use.entry), use: [use] });
    }
  };
  for (const [of, entries] of things) {
    for (const entry of entries) {
      add(entry.phrases, { of, entry, as: "claim" });
      add(entry.not ?? NONE, { of, entry, as: "not" });
      add(entry.unless ?? NONE, { of, entry, as: "unless" });
    }
  }
  return [...byText.values()];
}

function scan<K, E>(matcher: Matcher<readonly Use<K, E>[]>, tokens: readonly Token[]): Found<K, E> {
  let found: Map<K, Hit<E>[]> | undefined;
  let not: Hit<E>[] | undefined;
  let unless: Set<E> | undefined;
  matcher(tokens, (uses, from, to) => {
    for (const { of, entry, as } of uses) {
      if (as === "unless") {
        unless ??= new Set();
        unless.add(entry);
      } else if (as === "not") {
        not ??= [];
        not.push({ from, to, entry });
      } else {
        found ??= new Map();
        addTo(found, of, { from, to, entry });
      }
    }
  });
  if (found === undefined) return NOTHING_FOUND;
  const isGuarded = ({ entry, from, to }: Hit<E>): boolean =>
    unless?.has(entry) || not?.some((one) => one.entry === entry && one.from < to && from < one.to) || false;
  const areGuarded = not !== undefined || unless !== undefined;
  for (const [of, hits] of found) {
    const kept = inOrder(areGuarded ? hits.filter((hit) => !isGuarded(hit)) : hits);
    if (kept.length > 0) found.set(of, kept);
    else found.delete(of);
  }
  return found;
}

const NOTHING_FOUND: ReadonlyMap<never, never> = new Map<never, never>();

/** The first of those that overlap, and of those that begin together the longest. */
function inOrder<E>(hits: Hit<E>[]): Hit<E>[] {
  if (hits.length === 1) return hits;
  const kept: Hit<E>[] = [];
  for (const hit of hits) {
    const last = kept[kept.length - 1];
    if (last === undefined || hit.from >= last.to) kept.push(hit);
    else if (hit.from === last.from && hit.to > last.to) kept[kept.length - 1] = hit;
  }
  return kept;
}

/** Where the words of a list stand in a sentence. */
export type Terms = (sentence: Sentence) => readonly Span[];

export const hasTerm = (terms: Terms, sentence: Sentence): boolean => terms(sentence).length > 0;
