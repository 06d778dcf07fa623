import * as z from "zod";
import { createFinder, type Hit as FoundHit, type Sentence } from "./finder.ts";
import { LISTS, type ListName } from "./lists.ts";
import { PhraseError, readPhrase, type Sets } from "./phrase.ts";

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

/** Where an entry stands in a sentence. */
export type Hit = FoundHit<LexiconEntry>;

export type Lexicon = {
  readonly sets: Sets;
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

/**
 * Makes all lists ready to be looked for.
 * @throws LexiconFault for a phrase that cannot be read.
 */
export function createLexicon(lists: LexiconLists, sets: Sets): Lexicon {
  const lookFor = createFinder(lists, (written, entry) => {
    try {
      return readPhrase(written, sets);
    } catch (error) {
      if (error instanceof PhraseError) throw new LexiconFault(entry.id, written, error.message);
      throw error;
    }
  });
  return {
    sets,
    entries: (list) => lists.get(list) ?? [],
    find: (list, sentence) => lookFor(sentence).get(list) ?? [],
    has: (list, sentence) => lookFor(sentence).has(list),
  };
}
