import { createMatcher, type Matcher, type Span } from "./matcher.ts";
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
type Kept = {
  readonly by: object;
  readonly found: (readonly Hit<never>[] | undefined)[];
  readonly groups: boolean[];
};

/** A part of a text as a sentence of its own. */
export const sentenceOf = (text: string): Sentence => ({ text, tokens: tokenize(text), kept: [] });

/** The words of a place, as they are written. */
export function quoteAt({ text, tokens }: Sentence, { from, to }: Span): string {
  return text.slice(tokens[from]?.start, tokens[to - 1]?.end);
}

/** The places of a list in a sentence, by the position of the list: in order, none inside another. */
export type ListFinder<E> = (list: number, sentence: Sentence) => readonly Hit<E>[];

type Use<E> = { readonly list: number; readonly entry: E };

/**
 * Prepares lists of entries, those of a group to be looked for in one pass over a sentence. Lists are known by their
 * position, counted over all groups; what is found is kept as long as the sentence.
 */
export function createListFinder<E extends Words>(
  groups: readonly (readonly (readonly E[])[])[],
  read: (phrase: string, entry: E) => Phrase = (phrase, { sets }) => readPhrase(phrase, sets),
): ListFinder<E> {
  const groupOf: number[] = [];
  const scans = groups.map((lists, group) => {
    const first = groupOf.length;
    for (const _ of lists) groupOf.push(group);
    return createScan(lists, first, read);
  });
  const by = {};
  return (list, sentence) => {
    const kept = keptBy<E>(by, sentence);
    const group = groupOf[list] ?? 0;
    if (kept.groups[group] !== true) {
      kept.groups[group] = true;
      scans[group]?.(sentence.tokens, kept.found);
    }
    return kept.found[list] ?? NONE;
  };
}

const NONE: readonly never[] = [];

function keptBy<E>(by: object, { kept }: Sentence) {
  type Own = Omit<Kept, "found"> & { readonly found: (readonly Hit<E>[] | undefined)[] };
  for (const one of kept) if (one.by === by) return one as unknown as Own;
  const made: Own = { by, found: [], groups: [] };
  kept.push(made as unknown as Kept);
  return made;
}

function createScan<E extends Words>(
  lists: readonly (readonly E[])[],
  first: number,
  read: (phrase: string, entry: E) => Phrase,
) {
  const [claims, exceptions, refusals] = [new Uses(read), new Uses(read), new Uses(read)];
  for (const [n, entries] of lists.entries()) {
    for (const entry of entries) {
      const use = { list: first + n, entry };
      for (const phrase of entry.phrases) claims.add(phrase, use);
      for (const phrase of entry.not ?? NONE) exceptions.add(phrase, use);
      for (const phrase of entry.unless ?? NONE) refusals.add(phrase, use);
    }
  }
  const [claimsIn, exceptionsIn, refusalsIn] = [claims.matcher(), exceptions.matcher(), refusals.matcher()];
  return (tokens: readonly Token[], found: (readonly Hit<E>[] | undefined)[]): void => {
    const hits: Hit<E>[][] = [];
    const touched: number[] = [];
    let guarded = false;
    claimsIn(tokens, (uses, from, to) => {
      for (const { list, entry } of uses) {
        const known = hits[list];
        if (known) known.push({ from, to, entry });
        else {
          hits[list] = [{ from, to, entry }];
          touched.push(list);
        }
        guarded ||= (entry.not?.length ?? 0) > 0 || (entry.unless?.length ?? 0) > 0;
      }
    });
    const guards = guarded ? guardsOf(tokens, exceptionsIn, refusalsIn) : undefined;
    for (const list of touched) {
      const kept = inOrder(hits[list] ?? NONE, guards);
      if (kept.length > 0) found[list] = kept;
    }
  };
}

type Guards<E> = { readonly not: ReadonlyMap<E, readonly Span[]>; readonly unless: ReadonlySet<E> };

function guardsOf<E>(
  tokens: readonly Token[],
  exceptionsIn: Matcher<readonly Use<E>[]>,
  refusalsIn: Matcher<readonly Use<E>[]>,
): Guards<E> {
  const not = new Map<E, Span[]>();
  const unless = new Set<E>();
  exceptionsIn(tokens, (uses, from, to) => {
    for (const { entry } of uses) {
      const known = not.get(entry);
      if (known) known.push({ from, to });
      else not.set(entry, [{ from, to }]);
    }
  });
  refusalsIn(tokens, (uses) => {
    for (const { entry } of uses) unless.add(entry);
  });
  return { not, unless };
}

/** Phrases with their uses; one that several entries use is looked for once. */
class Uses<E> {
  readonly #read: (phrase: string, entry: E) => Phrase;
  readonly #byText = new Map<string, { phrase: Phrase; use: Use<E>[] }>();

  constructor(read: (phrase: string, entry: E) => Phrase) {
    this.#read = read;
  }

  add(written: string, use: Use<E>): void {
    const known = this.#byText.get(written);
    if (known) known.use.push(use);
    else this.#byText.set(written, { phrase: this.#read(written, use.entry), use: [use] });
  }

  matcher(): Matcher<readonly Use<E>[]> {
    return createMatcher([...this.#byText.values()]);
  }
}

/** The first of those that overlap, and of those that begin together the longest. */
function inOrder<E>(hits: readonly Hit<E>[], guards: Guards<E> | undefined): Hit<E>[] {
  const kept: Hit<E>[] = [];
  for (const hit of hits) {
    if (guards !== undefined && isGuarded(hit, guards)) continue;
    const last = kept[kept.length - 1];
    if (last === undefined || hit.from >= last.to) kept.push(hit);
    else if (hit.from === last.from && hit.to > last.to) kept[kept.length - 1] = hit;
  }
  return kept;
}

function isGuarded<E>({ entry, from, to }: Hit<E>, { not, unless }: Guards<E>): boolean {
  if (unless.has(entry)) return true;
  return not.get(entry)?.some((span) => span.from < to && from < span.to) ?? false;
}

/** Where the words of a list stand in a sentence. */
export type Terms = (sentence: Sentence) => readonly Span[];

export const hasTerm = (terms: Terms, sentence: Sentence): boolean => terms(sentence).length > 0;

/** Looks for the words of things of one's own: where those of each stand. */
export type Finder<T> = (sentence: Sentence) => ReadonlyMap<T, readonly Span[]>;

/** Prepares the words of some things, to be looked for in one pass. */
export function createFinder<T>(things: readonly T[], wordsOf: (thing: T) => readonly string[]): Finder<T> {
  const find = createListFinder([things.map((thing) => [{ phrases: wordsOf(thing) }])]);
  return (sentence) => {
    const places = things.map((thing, n) => [thing, find(n, sentence)] as const);
    return new Map(places.filter(([, hits]) => hits.length > 0));
  };
}
