import type { Node, Phrase } from "./phrase.ts";
import type { Lead, Token, Word } from "./tokens.ts";

/** Where a phrase stands: token positions, the last one exclusive. */
export type Span = { readonly from: number; readonly to: number };

/** The letters by which a phrase that begins with part of a word is found. */
const LETTERS = 3;
/** More words than this are not kept: a hostile text must not fill the memory. */
const MAX_KEPT_WORDS = 20_000;

/** A step of a phrase, with the one that follows it. All have one shape, so that comparing them is fast. */
type Step = {
  readonly kind: "end" | "start edge" | "end edge" | "word" | "number" | "any" | "gap" | "ways";
  readonly words: ReadonlySet<string>;
  readonly prefixes: readonly string[];
  readonly optional: boolean;
  readonly least: number;
  readonly most: number;
  readonly lead: Lead;
  readonly ways: readonly Step[];
  readonly next: Step | undefined;
};

const NOTHING: readonly never[] = [];
const END: Step = {
  kind: "end",
  words: new Set(),
  prefixes: NOTHING,
  optional: false,
  least: 0,
  most: 0,
  lead: 0,
  ways: NOTHING,
  next: undefined,
};
const NONE = -1;

/** A phrase, from the step that follows `done` words that have been compared already. */
type Start<U> = { readonly use: U; readonly step: Step; readonly done: 0 | 1; readonly afterComma: boolean };

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
      const starts = startingWith(token.word);
      if (starts !== undefined) {
        look(tokens, at, starts.always, found);
        const next = tokens[at + 1]?.word;
        if (next !== undefined && starts.before !== undefined) {
          look(tokens, at, starts.before.get(next.folded) ?? NOTHING, found);
          if (next.base !== next.folded) look(tokens, at, starts.before.get(next.base) ?? NOTHING, found);
        }
      }
      if (token.kind === "number") look(tokens, at, numbers, found);
      if (token.gap > 0) look(tokens, at, behindCommas, found);
    }
  };
}

function look<U>(tokens: readonly Token[], at: number, starts: readonly Start<U>[], found: Found<U>): void {
  for (const { use, step, done, afterComma } of starts) {
    if (afterComma && tokens[at]?.gap === 0) continue;
    const to = step === END ? at + done : matchAt(tokens, step, at + done, at);
    if (to > at) found(use, at, to);
  }
}

/** The phrases that may begin with a word: those that ask for one of some words right behind it are known by those. */
type Starts<U> = {
  readonly always: readonly Start<U>[];
  readonly before: ReadonlyMap<string, readonly Start<U>[]> | undefined;
};
type Index<U> = {
  readonly startingWith: (word: Word) => Starts<U> | undefined;
  readonly numbers: readonly Start<U>[];
  readonly behindCommas: readonly Start<U>[];
};

function indexOf<U>(phrases: readonly { readonly phrase: Phrase; readonly use: U }[]): Index<U> {
  const whole = new Map<string, Start<U>[]>();
  const begun = new Map<string, { readonly prefix: string; readonly start: Start<U> }[]>();
  const numbers: Start<U>[] = [];
  const behindCommas: Start<U>[] = [];
  for (const { phrase, use } of phrases) {
    const { nodes, afterComma, first } = phrase;
    const [opening, ...rest] = nodes;
    const isWord = opening?.kind === "word" && !opening.optional;
    const start: Start<U> = isWord
      ? { use, step: stepsOf(rest, END), done: 1, afterComma }
      : { use, step: stepsOf(nodes, END), done: 0, afterComma };
    if (first.any) behindCommas.push(start);
    if (first.number) numbers.push(start);
    for (const word of first.words) addTo(whole, word, start);
    for (const prefix of first.prefixes) addTo(begun, prefix.slice(0, LETTERS), { prefix, start });
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
  return { startingWith, numbers, behindCommas };
}

function bySecondWord<U>(starts: readonly Start<U>[]): Starts<U> {
  const isPlain = ({ step, done }: Start<U>) =>
    done === 1 && step.kind === "word" && !step.optional && step.prefixes.length === 0;
  const before = new Map<string, Start<U>[]>();
  for (const start of starts.filter(isPlain)) for (const word of start.step.words) addTo(before, word, start);
  const always = starts.filter((start) => !isPlain(start));
  return { always, before: before.size > 0 ? before : undefined };
}

function addTo<T>(index: Map<string, T[]>, key: string, entry: T): void {
  const known = index.get(key);
  if (known) known.push(entry);
  else index.set(key, [entry]);
}

/** The steps of a sequence, and then what follows it. */
function stepsOf(nodes: readonly Node[], next: Step): Step {
  return nodes.reduceRight((after: Step, node): Step => {
    switch (node.kind) {
      case "group": {
        const ways = node.branches.map((branch) => stepsOf(branch, after));
        return { ...END, kind: "ways", ways: node.optional ? [...ways, after] : ways };
      }
      case "edge":
        return { ...END, kind: `${node.at} edge`, next: after };
      // What a long gap may cross, the word behind it may stand after.
      case "gap":
        return { ...END, ...node, next: node.lead > 0 ? loosened(after) : after };
      default:
        return { ...END, ...node, next: after };
    }
  }, next);
}

function loosened(step: Step): Step {
  if (step.kind === "end" || step.kind === "start edge" || step.kind === "end edge") return step;
  return step.kind === "ways"
    ? { ...step, ways: step.ways.map(loosened) }
    : { ...step, lead: step.lead === 0 ? 1 : step.lead };
}

/** Where a phrase ends that has come to `step` at `from`; -1 where it does not stand there. */
function matchAt(tokens: readonly Token[], first: Step, from: number, start: number): number {
  let at = from;
  for (let step: Step | undefined = first; step !== undefined; step = step.next) {
    switch (step.kind) {
      case "end":
        return at;
      case "start edge":
        if (at !== 0) return NONE;
        continue;
      case "end edge":
        if (at !== tokens.length) return NONE;
        continue;
      case "ways":
        return matchWays(tokens, step, at, start);
      case "gap":
        return matchAfterGap(tokens, step, at, start);
      default:
    }
    const token = tokens[at];
    const stands = token !== undefined && (at === start || token.gap <= step.lead) && holds(token, step);
    if (step.optional && step.next !== undefined) {
      const end = stands ? matchAt(tokens, step.next, at + 1, start) : NONE;
      if (end !== NONE) return end;
    } else if (stands) at += 1;
    else return NONE;
  }
  return NONE;
}

/** The first of several ways that leads to the end. */
function matchWays(tokens: readonly Token[], { ways }: Step, at: number, start: number): number {
  for (const way of ways) {
    const end = matchAt(tokens, way, at, start);
    if (end !== NONE) return end;
  }
  return NONE;
}

function holds({ kind, word }: Token, step: Step): boolean {
  if (step.kind === "any") return true;
  const { folded, base } = word;
  if (step.kind === "number") {
    if (kind !== "number") return false;
    const value = Number(folded.replace(/[^\d.]/g, ""));
    return value >= step.least && value <= step.most;
  }
  if (step.words.has(folded) || (base !== folded && step.words.has(base))) return true;
  for (const prefix of step.prefixes) if (folded.startsWith(prefix)) return true;
  return false;
}

/** The shortest way over a gap. */
function matchAfterGap(tokens: readonly Token[], gap: Step, at: number, start: number): number {
  const { next, most, lead } = gap;
  for (let to = at; next !== undefined && to <= at + most && to <= tokens.length; to += 1) {
    if (to > at && (tokens[to - 1]?.gap ?? 0) > lead) return NONE;
    const end = matchAt(tokens, next, to, start);
    if (end !== NONE) return end;
  }
  return NONE;
}
