import { type First, firstOf, type Node, type Phrase } from "./phrase.ts";
import { END, matchAt, type Step, stepsOf } from "./steps.ts";
import type { Token, Word } from "./tokens.ts";

/** Where a phrase stands: token positions, the last one exclusive. */
export type Span = { readonly from: number; readonly to: number };

/** The letters by which a phrase that begins with part of a word is found. */
const LETTERS = 3;
/** More words than this are not kept: a hostile text must not fill the memory. */
const MAX_KEPT_WORDS = 20_000;

const NOTHING: readonly never[] = [];
/** A way for a phrase to begin, from the step that follows `done` words that have been compared already. */
type Start<U> = {
  readonly use: U;
  readonly step: Step;
  readonly done: 0 | 1;
  readonly afterComma: boolean;
  readonly atStart: boolean;
  /** What must stand behind its first token; undefined where anything may, or where it is known by that already. */
  readonly second: First | undefined;
  /** How many tokens may stand between. */
  readonly gap: number;
};

/** Looks for phrases, each with what it is looked for. */
export type Matcher<U> = (tokens: readonly Token[], found: Found<U>) => void;
type Found<U> = (use: U, from: number, to: number) => void;

/** Prepares phrases to be looked for in one pass over the tokens. */
export function createMatcher<U>(
  phrases: readonly { readonly phrase: Phrase; readonly use: U }[],
): Matcher<U> {
  const { startingWith, numbers, behindCommas } = indexOf(phrases);
  return (tokens, found) => {
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (token === undefined) return;
      lookAmong(tokens, at, startingWith(token.word), found);
      if (token.kind === "number") lookAmong(tokens, at, numbers, found);
      if (token.gap > 0) look(tokens, at, behindCommas, found);
    }
  };
}

function lookAmong<U>(
  tokens: readonly Token[],
  at: number,
  starts: Starts<U> | undefined,
  found: Found<U>,
): void {
  if (starts === undefined) return;
  look(tokens, at, starts.always, found);
  lookBefore(tokens, at, at + 1, starts.before, found);
  const last = Math.min(tokens.length, at + 2 + starts.widest);
  for (let next = at + 1; next < last; next += 1) lookBefore(tokens, at, next, starts.within, found);
}

function lookBefore<U>(
  tokens: readonly Token[],
  at: number,
  next: number,
  byWord: ReadonlyMap<string, readonly Start<U>[]>,
  found: Found<U>,
): void {
  const word = tokens[next]?.word;
  if (word === undefined || byWord.size === 0) return;
  const starts = byWord.get(word.folded);
  if (starts !== undefined) look(tokens, at, starts, found);
  const others = word.base === word.folded ? undefined : byWord.get(word.base);
  if (others !== undefined) look(tokens, at, others, found);
}

function look<U>(tokens: readonly Token[], at: number, starts: readonly Start<U>[], found: Found<U>): void {
  for (const { use, step, done, afterComma, atStart, second } of starts) {
    if (afterComma && tokens[at]?.gap === 0) continue;
    if (atStart && at > 0) continue;
    if (second !== undefined && !mayBegin(second, tokens[at + 1])) continue;
    const to = step === END ? at + done : matchAt(tokens, step, at + done, at);
    if (to > at) found(use, at, to);
  }
}

/** The phrases that may begin with a word. Most ask for one of some words behind it, and are known by those. */
type Starts<U> = {
  readonly always: readonly Start<U>[];
  /** By what stands right behind it. */
  readonly before: ReadonlyMap<string, readonly Start<U>[]>;
  /** By what stands behind a gap, and how wide that may be. */
  readonly within: ReadonlyMap<string, readonly Start<U>[]>;
  readonly widest: number;
};
type Index<U> = {
  readonly startingWith: (word: Word) => Starts<U> | undefined;
  readonly numbers: Starts<U>;
  readonly behindCommas: readonly Start<U>[];
};

function indexOf<U>(phrases: readonly { readonly phrase: Phrase; readonly use: U }[]): Index<U> {
  const whole = new Map<string, Start<U>[]>();
  const begun = new Map<string, { readonly prefix: string; readonly start: Start<U> }[]>();
  const numbers: Start<U>[] = [];
  const behindCommas: Start<U>[] = [];
  for (const { phrase, use } of phrases) {
    const { nodes, afterComma } = phrase;
    for (const { first, rest, atStart } of openingsOf(nodes)) {
      const isWord = first.kind === "word";
      const step = stepsOf(isWord ? rest : [first, ...rest], END);
      const [next, ...others] = rest;
      const gap = next?.kind === "gap" ? next.most : 0;
      const second = first.kind === "gap" ? undefined : firstOf(gap > 0 ? others : rest);
      const start: Start<U> = { use, step, done: isWord ? 1 : 0, afterComma, atStart, second, gap };
      if (!isWord) (first.kind === "number" ? numbers : behindCommas).push(start);
      else for (const word of first.words) addTo(whole, word, start);
      for (const prefix of isWord ? first.prefixes : NOTHING)
        addTo(begun, prefix.slice(0, LETTERS), { prefix, start });
    }
  }
  const kept = new Map<Word, Starts<U> | undefined>();
  const collect = ({ folded, base }: Word): Starts<U> | undefined => {
    const some = new Set<Start<U>>();
    for (const form of base === folded ? [folded] : [folded, base]) {
      for (const start of whole.get(form) ?? []) some.add(start);
      for (let length = 1; length <= LETTERS; length += 1)
        for (const { prefix, start } of begun.get(form.slice(0, length)) ?? [])
          if (form.startsWith(prefix)) some.add(start);
    }
    return some.size === 0 ? undefined : bySecondWord([...some]);
  };
  const startingWith = (word: Word): Starts<U> | undefined => {
    const known = kept.get(word);
    if (known !== undefined || kept.has(word)) return known;
    if (kept.size >= MAX_KEPT_WORDS) kept.clear();
    const made = collect(word);
    kept.set(word, made);
    return made;
  };
  return { startingWith, numbers: bySecondWord(numbers), behindCommas };
}

/** A word, number or gap with which a phrase may begin, and what follows it. */
type Opening = {
  readonly first: Exclude<Node, Group | Edge>;
  readonly rest: readonly Node[];
  readonly atStart: boolean;
};
type Group = Extract<Node, { kind: "group" }>;
type Edge = Extract<Node, { kind: "edge" }>;

function openingsOf(nodes: readonly Node[], atStart = false): Opening[] {
  const [first, ...rest] = nodes;
  if (first === undefined) return [];
  if (first.kind === "edge") return first.at === "start" ? openingsOf(rest, true) : [];
  const without = "optional" in first && first.optional ? openingsOf(rest, atStart) : [];
  if (first.kind !== "group") return [{ first, rest, atStart }, ...without];
  return [...first.branches.flatMap((branch) => openingsOf([...branch, ...rest], atStart)), ...without];
}

function bySecondWord<U>(starts: readonly Start<U>[]): Starts<U> {
  const always: Start<U>[] = [];
  const [before, within] = [new Map<string, Start<U>[]>(), new Map<string, Start<U>[]>()];
  let widest = 0;
  for (const start of starts) {
    const { use, step, done, afterComma, atStart, second, gap } = start;
    if (second === undefined || second.number || second.prefixes.size > 0) {
      always.push(gap === 0 ? start : { use, step, done, afterComma, atStart, second: undefined, gap });
      continue;
    }
    widest = Math.max(widest, gap);
    const known: Start<U> = { use, step, done, afterComma, atStart, second: undefined, gap };
    for (const word of second.words) addTo(gap > 0 ? within : before, word, known);
  }
  return { always, before, within, widest };
}

/** Adds to what an index has under a key. */
export function addTo<K, T>(index: Map<K, T[]>, key: K, entry: T): void {
  const known = index.get(key);
  if (known) known.push(entry);
  else index.set(key, [entry]);
}

/** Whether a token may be the first of what follows. */
function mayBegin({ words, prefixes, number }: First, token: Token | undefined): boolean {
  if (token === undefined) return false;
  const { folded, base } = token.word;
  if (words.has(folded) || words.has(base) || (number && token.kind === "number")) return true;
  for (const prefix of prefixes) if (folded.startsWith(prefix)) return true;
  return false;
}
