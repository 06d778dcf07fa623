import * as z from "zod";
import type { Area } from "./facts.ts";
import { anyOf, Paths } from "./path-matcher.ts";

const Kind = z.strictObject({
  id: z.string(),
  name: z.string(),
  pattern: z.string().max(200),
  any_case: z.boolean().default(false),
  guessed: z.boolean().default(false),
  files: z.array(z.string()).optional(),
  keywords: z.array(z.string()).min(1),
  unless: z.string().max(200).optional(),
  /** Examples for the tests: the file that they are in, what is a credential in it, and what is none. */
  file: z.string().optional(),
  yes: z.array(z.string()).min(1),
  no: z.array(z.string()).min(1),
});

/** Credentials by their published forms, and what only stands for one. */
export const SecretLists = z.strictObject({
  parts: z.record(z.string(), z.string().max(200)),
  kinds: z.array(Kind).min(1),
  names: z.array(Paths),
  unread_names: z.array(Paths),
  samples: z.array(Paths),
  placeholders: z.strictObject({
    anywhere: z.array(z.array(z.string())),
    words: z.array(z.array(z.string())),
    references: z.array(z.array(z.string())),
  }),
});
type SecretLists = z.infer<typeof SecretLists>;

/** A credential in a text. Its value is only compared, never shown or stored. */
type Credential = {
  readonly kind: string;
  readonly value: string;
  /** Where the match begins and ends. */
  readonly start: number;
  readonly end: number;
};

/** Recognises credentials by the catalogue's table. */
export type SecretFinder = {
  /** Whether a text may hold any. Fast, for the many texts that hold none. */
  mayHold(text: string): boolean;
  /** The credentials in a file's text, or in lines of it. */
  inFile(text: string, path: string): Credential[];
  /** Those in a message, where only what has the form of one is told. */
  inProse(text: string): Credential[];
  /** What a file is by its name alone. Undefined where the name says nothing. */
  byName(path: string, isRead: boolean): string | undefined;
  /** The text with whatever may be a credential replaced by a mark. */
  without(text: string): string;
};

/** Areas in which a guess is wrong more often than right: prose, lists that programs write, other people's code. */
const NOT_GUESSED_IN = new Set<Area>(["docs", "lock_files", "vendored", "generated", "binary", "data"]);

/** The table as functions, with its patterns compiled once. */
export function secretFinder(lists: SecretLists, areaOf: (path: string) => Area): SecretFinder {
  const kinds = lists.kinds.map((kind) => compiled(kind, lists.parts));
  const wordsIn = wordScanner(kinds.flatMap(({ keywords }) => keywords));
  const isPlaceholder = placeholderTest(lists.placeholders);
  const isSecret = likelihoodTest(lists.placeholders);
  const isNamed = anyOf(lists.names);
  const isNamedUnread = anyOf(lists.unread_names);
  const isSample = anyOf(lists.samples);

  function find(text: string, applies: (kind: CompiledKind) => boolean, isLikely = isSecret): Credential[] {
    const words = wordsIn(text);
    if (words.size === 0) return [];
    let taken: Credential[] = [];
    for (const kind of kinds) {
      if (!kind.keywords.some((word) => words.has(word)) || !applies(kind)) continue;
      const own: Credential[] = [];
      let next = 0; // the first of `taken` that does not end before the match
      for (const match of text.matchAll(kind.pattern)) {
        const [start, end] = [match.index, match.index + match[0].length];
        while ((taken[next]?.end ?? end) <= start) next += 1;
        const value = match.groups?.value ?? match[0];
        if ((taken[next]?.start ?? end) < end || isPlaceholder(value, match.groups?.user)) continue;
        if ((kind.guessed && !isLikely(value)) || kind.unless?.test(lineBefore(text, start))) continue;
        own.push({ kind: kind.name, value, start, end });
      }
      if (own.length > 0) taken = [...taken, ...own].sort((a, b) => a.start - b.start);
    }
    return taken;
  }

  return {
    mayHold: (text) => wordsIn(text).size > 0,
    inFile(text, path) {
      const area = areaOf(path);
      const guesses = !NOT_GUESSED_IN.has(area) && !isSample(path);
      const applies = (kind: CompiledKind) => (guesses || !kind.guessed) && kind.isIn(path);
      if (area !== "tests") return find(text, applies);
      // The passwords of tests are made up, but for those that nobody would make up.
      const found = find(text, applies, (value) => isSecret(value) && isRandom(value));
      return found.map((one) => ({ ...one, kind: `${one.kind}, in a test` }));
    },
    inProse: (text) => find(text, ({ guessed }) => !guessed),
    byName(path, isRead) {
      if (isNamed(path)) return "file named like a private key";
      return !isRead && isNamedUnread(path) ? "file that often holds credentials, not read" : undefined;
    },
    without(text) {
      let [left, at] = ["", 0];
      for (const { start, end } of find(text, () => true)) {
        left += `${text.slice(at, start)}[a credential]`;
        at = end;
      }
      return left + text.slice(at);
    },
  };
}

type CompiledKind = {
  readonly name: string;
  readonly guessed: boolean;
  readonly keywords: readonly string[];
  readonly pattern: RegExp;
  readonly unless: RegExp | undefined;
  readonly isIn: (path: string) => boolean;
};

function compiled(kind: z.infer<typeof Kind>, parts: SecretLists["parts"]): CompiledKind {
  const whole = kind.pattern.replace(/\{\{(\w+)\}\}/g, (_, part: string) => parts[part] ?? "");
  return {
    name: kind.name,
    guessed: kind.guessed,
    keywords: kind.keywords,
    pattern: new RegExp(whole, kind.any_case ? "gim" : "gm"),
    unless: kind.unless === undefined ? undefined : new RegExp(kind.unless, "i"),
    isIn: kind.files === undefined ? () => true : anyOf([{ paths: kind.files, any_case: true }]),
  };
}

/**
 * Finds which of some words are in a text, in either case. It looks at each two characters once, however many words there
 * are. The words are of ASCII.
 */
function wordScanner(words: readonly string[]): (text: string) => ReadonlySet<string> {
  const pairOf = (text: string, at: number) => text.charCodeAt(at) * 128 + text.charCodeAt(at + 1);
  const byPair = new Map<number, string[]>();
  for (const word of new Set(words))
    byPair.set(pairOf(word, 0), [...(byPair.get(pairOf(word, 0)) ?? []), word]);
  const begins = new Uint8Array(128 * 128);
  for (const pair of byPair.keys()) begins[pair] = 1;
  return (text) => {
    const lower = text.toLowerCase();
    const met = new Set<string>();
    for (let at = 0; at + 1 < lower.length; at += 1) {
      if (begins[pairOf(lower, at)] !== 1) continue;
      for (const word of byPair.get(pairOf(lower, at)) ?? []) if (lower.startsWith(word, at)) met.add(word);
    }
    return met;
  };
}

const MAX_LINE_BEFORE = 200;

const lineBefore = (text: string, at: number): string =>
  text.slice(Math.max(text.lastIndexOf("\n", at) + 1, at - MAX_LINE_BEFORE), at);

/** Whether a value stands for a credential to be put in, or is the default that everybody knows. */
function placeholderTest({ anywhere, words }: SecretLists["placeholders"]) {
  const signs = anywhere.flat();
  const nothingElse = new RegExp(`^(?:(?:${words.flat().join("|")})[-_.]?){1,8}\\d{0,4}$`, "i");
  return (value: string, user: string | undefined): boolean => {
    const lower = value.toLowerCase();
    return (
      value === user ||
      /^\d{1,6}$/.test(value) ||
      signs.some((sign) => lower.includes(sign)) ||
      nothingElse.test(value)
    );
  };
}

/** Words joined by signs, with a number behind: a name of something, such as `my-app-token-v2`. */
const NAME = /^[a-z]{1,40}(?:[-_./:](?:[a-z]{1,40}|\d{1,3})){1,9}(?:v?\d{1,3})?$/i;
const FILE = /\.(?:json|ya?ml|toml|txt|pem|key|crt|py|[jt]sx?|go|sh|env)$/i;
/** Bits for each character, below which a value is made of few signs. `hunter22` has 2.75. */
const LEAST_ENTROPY = 2.7;

/** Whether a value is one that somebody would keep secret: letters among digits or signs, no name and no reference. */
function likelihoodTest({ references }: SecretLists["placeholders"]) {
  const starts = references.flat();
  return (value: string): boolean =>
    /[A-Za-z]/.test(value) &&
    /[\d!@#$%^&*+=~?]/.test(value) &&
    !NAME.test(value) &&
    !FILE.test(value) &&
    !starts.some((start) => value.startsWith(start)) &&
    entropyOf(value) >= LEAST_ENTROPY;
}

/** Whether a value is long and made of many signs, as a program makes them. */
const isRandom = (value: string): boolean => value.length >= 16 && entropyOf(value) >= RANDOM_ENTROPY;
const RANDOM_ENTROPY = 3.5;

/** Shannon's entropy of the characters of a text, in bits for each of them. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum - (n / text.length) * Math.log2(n / text.length), 0);
}
