import * as z from "zod";
import { LIST_GROUPS, LISTS, type ListName } from "./lists.ts";
import { createMatcher, type Span, type Words, wordsOf } from "./matcher.ts";
import { type Phrase, PhraseError, readPhrase, type Sets } from "./phrase.ts";
import { type Token, tokenize } from "./tokens.ts";

const Phrases = z.array(z.string().min(1));

/** What some phrases mean, what they do not, and sentences that show both. The examples run as tests. */
const LexiconEntry = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/, "must be lower case letters, digits and _"),
  /** What kind it is of: the attribute, for one that speaks of a protected attribute. */
  category: z.string().min(1).optional(),
  phrases: Phrases.default([]),
  /** Phrases in which it means something else: what shares a word with one of them is passed over. */
  not: Phrases.default([]),
  /** Phrases with which a whole sentence says nothing of the kind. */
  unless: Phrases.default([]),
  why: z.string().min(1).optional(),
  fix: z.string().min(1).optional(),
  yes: Phrases.default([]),
  no: Phrases.default([]),
  /** Switches off the entry with this id. */
  off: z.literal(true).optional(),
});
type LexiconEntry = z.infer<typeof LexiconEntry>;

/** A file of the lexicon: entries by list, and under `sets` phrases that other phrases name as `<name>`. */
export const LexiconFile = z.strictObject({
  sets: z.record(z.string().regex(/^\w+$/), Phrases).default({}),
  lists: z.partialRecord(z.enum(LISTS), z.array(LexiconEntry)).default({}),
});
export type LexiconFile = z.infer<typeof LexiconFile>;

/** A sentence with its words. */
export type Sentence = Words & {
  readonly text: string;
  /** What was found in it, by who looked; a map of its own is far cheaper than one by sentence. */
  readonly kept: Map<object, Found>;
};

/** Where an entry stands in a sentence. */
export type Hit = Span & { readonly entry: LexiconEntry };

export type Lexicon = {
  /** Every entry of a list. */
  readonly entries: (list: ListName) => readonly LexiconEntry[];
  /** The places where entries of a list stand, in order, none inside another. */
  readonly find: (list: ListName, sentence: Sentence) => readonly Hit[];
  readonly has: (list: ListName, sentence: Sentence) => boolean;
};

export type LexiconLists = ReadonlyMap<ListName, readonly LexiconEntry[]>;

/**
 * One lexicon of several files, the later ones over the earlier. An entry with a known id adds its phrases and examples to
 * that entry and replaces what it says; `off` takes the entry away; a new id adds an entry.
 */
export function mergeLexicon(files: readonly LexiconFile[]): { lists: LexiconLists; sets: Sets } {
  const lists = new Map<ListName, LexiconEntry[]>();
  const sets = new Map<string, string[]>();
  for (const file of files) {
    for (const [name, phrases] of Object.entries(file.sets))
      sets.set(name, [...(sets.get(name) ?? []), ...phrases]);
    for (const list of LISTS) lists.set(list, withEntries(lists.get(list) ?? [], file.lists[list] ?? []));
  }
  return { lists, sets };
}

function withEntries(entries: readonly LexiconEntry[], more: readonly LexiconEntry[]): LexiconEntry[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  for (const entry of more) {
    const before = byId.get(entry.id);
    if (entry.off) byId.delete(entry.id);
    else byId.set(entry.id, before === undefined ? entry : joined(before, entry));
  }
  return [...byId.values()];
}

const joined = (before: LexiconEntry, entry: LexiconEntry): LexiconEntry => ({
  ...before,
  ...entry,
  phrases: [...before.phrases, ...entry.phrases],
  not: [...before.not, ...entry.not],
  unless: [...before.unless, ...entry.unless],
  yes: [...before.yes, ...entry.yes],
  no: [...before.no, ...entry.no],
});

/** A phrase that cannot be read, with where it stands. */
export class LexiconFault extends Error {
  readonly id: string;
  readonly why: string;

  constructor(id: string, phrase: string, why: string) {
    super(`${id}: the phrase ${JSON.stringify(phrase)} ${why}`);
    this.id = id;
    this.why = `the phrase ${JSON.stringify(phrase)} ${why}`;
  }
}

/** A part of a text as a sentence of its own. */
export const sentenceOf = (text: string): Sentence => ({
  text,
  ...wordsOf(tokenize(text)),
  kept: new Map(),
});

/** The words of a place, as they are written. */
export function quoteAt({ text, tokens }: Sentence, { from, to }: Span): string {
  return text.slice(tokens[from]?.start, tokens[to - 1]?.end);
}

type Use = {
  readonly list: ListName;
  readonly entry: LexiconEntry;
  readonly as: "phrase" | "not" | "unless";
};
type Marks = { readonly hits: Hit[]; readonly not: Hit[]; readonly unless: Set<LexiconEntry> };

/**
 * Makes all lists ready to be looked for, those of a group in one pass over a sentence; what is found in one is kept as long
 * as its tokens.
 * @throws LexiconFault for a phrase that cannot be read.
 */
export function createLexicon(lists: LexiconLists, sets: Sets): Lexicon {
  const finders = new Map<ListName, ReturnType<typeof groupFinder>>();
  for (const names of Object.values(LIST_GROUPS)) {
    const finder = groupFinder(names, lists, sets);
    for (const name of names) finders.set(name, finder);
  }
  const find = (list: ListName, sentence: Sentence) => finders.get(list)?.(sentence).get(list) ?? NONE;
  return {
    entries: (list) => lists.get(list) ?? [],
    find,
    has: (list, sentence) => find(list, sentence).length > 0,
  };
}

type Found = ReadonlyMap<ListName, readonly Hit[]>;

function groupFinder(
  names: readonly ListName[],
  lists: LexiconLists,
  sets: Sets,
): (sentence: Sentence) => Found {
  const claims = new Uses(sets);
  const guards = new Uses(sets);
  for (const list of names) {
    for (const entry of lists.get(list) ?? []) {
      for (const phrase of entry.phrases) claims.add(phrase, { list, entry, as: "phrase" });
      for (const phrase of entry.not) guards.add(phrase, { list, entry, as: "not" });
      for (const phrase of entry.unless) guards.add(phrase, { list, entry, as: "unless" });
    }
  }
  const [lookForClaims, lookForGuards] = [claims.finder(), guards.finder()];
  return (sentence) => {
    const known = sentence.kept.get(claims);
    if (known) return known;
    const marks = new Map<ListName, Marks>();
    lookForClaims(sentence, marks);
    const guarded = [...marks.values()].some(({ hits }) => hits.some(({ entry }) => hasGuards(entry)));
    if (guarded) lookForGuards(sentence, marks);
    const made = foundIn(marks);
    sentence.kept.set(claims, made);
    return made;
  };
}

const hasGuards = ({ not, unless }: LexiconEntry): boolean => not.length > 0 || unless.length > 0;

/** The phrases of a group of lists; one that several entries use is looked for once. */
class Uses {
  readonly #sets: Sets;
  readonly #uses: Use[][] = [];
  readonly #byText = new Map<string, number>();
  readonly #phrases: Phrase[] = [];

  constructor(sets: Sets) {
    this.#sets = sets;
  }

  add(written: string, use: Use): void {
    const n = this.#byText.get(written) ?? this.#phrases.push(phraseOf(written, use, this.#sets)) - 1;
    this.#byText.set(written, n);
    this.#uses[n] ??= [];
    this.#uses[n].push(use);
  }

  /** Marks what stands in a sentence. */
  finder(): (words: Words, marks: Map<ListName, Marks>) => void {
    const matcher = createMatcher(this.#phrases);
    return (words, marks) =>
      matcher(words, (phrase, from, to) => {
        for (const use of this.#uses[phrase] ?? []) mark(marks, use, { from, to });
      });
  }
}

function mark(marks: Map<ListName, Marks>, { list, entry, as }: Use, span: Span): void {
  let marked = marks.get(list);
  if (!marked) {
    marked = { hits: [], not: [], unless: new Set() };
    marks.set(list, marked);
  }
  if (as === "unless") marked.unless.add(entry);
  else marked[as === "not" ? "not" : "hits"].push({ ...span, entry });
}

const NONE: readonly Hit[] = [];

function phraseOf(written: string, { entry }: Use, sets: Sets): Phrase {
  try {
    const phrase = readPhrase(written, sets);
    createMatcher([phrase]);
    return phrase;
  } catch (error) {
    if (error instanceof PhraseError) throw new LexiconFault(entry.id, written, error.message);
    throw error;
  }
}

function foundIn(marks: ReadonlyMap<ListName, Marks>): Found {
  const found = new Map<ListName, readonly Hit[]>();
  for (const [list, marked] of marks) {
    const hits = inOrder(marked);
    if (hits.length > 0) found.set(list, hits);
  }
  return found;
}

/** The first of those that overlap, and of those that begin together the longest. */
function inOrder({ hits, not, unless }: Marks): Hit[] {
  const excepted = new Map<LexiconEntry, Set<number>>();
  for (const { entry, from, to } of not) {
    const places = excepted.get(entry) ?? new Set();
    for (let at = from; at < to; at += 1) places.add(at);
    excepted.set(entry, places);
  }
  const kept: Hit[] = [];
  for (const hit of hits) {
    if (unless.has(hit.entry) || sharesPlace(hit, excepted.get(hit.entry))) continue;
    const last = kept[kept.length - 1];
    if (last === undefined || hit.from >= last.to) kept.push(hit);
    else if (hit.from === last.from && hit.to > last.to) kept[kept.length - 1] = hit;
  }
  return kept;
}

function sharesPlace({ from, to }: Span, places: ReadonlySet<number> | undefined): boolean {
  if (places === undefined) return false;
  for (let at = from; at < to; at += 1) if (places.has(at)) return true;
  return false;
}

/** Looks for words and phrases of one's own, as those of the lexicon are looked for: where those of each thing stand. */
export type Finder<T> = (sentence: Sentence) => ReadonlyMap<T, readonly Span[]>;

/** Prepares the words of some things, to be looked for in one pass; what is found is kept as long as the tokens are. */
export function createFinder<T>(things: readonly T[], wordsOf: (thing: T) => readonly string[]): Finder<T> {
  const written = things.flatMap((thing) =>
    wordsOf(thing).map((phrase) => ({ thing, phrase: readPhrase(phrase) })),
  );
  const matcher = createMatcher(written.map(({ phrase }) => phrase));
  const kept = new WeakMap<readonly Token[], ReadonlyMap<T, readonly Span[]>>();
  return (sentence) => {
    const known = kept.get(sentence.tokens);
    if (known) return known;
    const spans = new Map<T, Span[]>();
    matcher(sentence, (n, from, to) => {
      const thing = written[n]?.thing;
      if (thing === undefined) return;
      const others = spans.get(thing);
      if (others) others.push({ from, to });
      else spans.set(thing, [{ from, to }]);
    });
    kept.set(sentence.tokens, spans);
    return spans;
  };
}
