import type { Node, Phrase } from "./phrase.ts";
import type { Lead, Token, Word } from "./tokens.ts";

/** Where a phrase stands: token positions, the last one exclusive. */
export type Span = { readonly from: number; readonly to: number };

/** The letters by which a phrase that begins with part of a word is found. */
const LETTERS = 3;
/** More words than this are not kept: a hostile text must not fill the memory. */
const MAX_KEPT_WORDS = 20_000;

/** A step of a phrase, with the one that follows it. */
type Step =
  | { readonly kind: "end" }
  | { readonly kind: "edge"; readonly at: "start" | "end"; readonly next: Step }
  | (Omit<Extract<Node, { kind: "word" }>, "kind"> & { readonly kind: "word"; readonly next: Step })
  | {
      readonly kind: "number";
      readonly least: number;
      readonly most: number;
      readonly lead: Lead;
      readonly next: Step;
    }
  | { readonly kind: "any"; readonly lead: Lead; readonly next: Step }
  | { readonly kind: "gap"; readonly most: number; readonly lead: Lead; readonly next: Step }
  | { readonly kind: "ways"; readonly ways: readonly Step[] };

const END: Step = { kind: "end" };
const NONE = -1;

/** A phrase that may begin at a word. Where the word has been compared already, what follows it. */
type Start<U> = { readonly use: U; readonly step: Step; readonly done: 0 | 1; readonly afterComma: boolean };

/** Phrases, each with what it is looked for. */
export type Matcher<U> = (
  tokens: readonly Token[],
  found: (use: U, from: number, to: number) => void,
) => void;

/** Prepares phrases to be looked for in one pass over the tokens. */
export function createMatcher<U>(
  phrases: readonly { readonly phrase: Phrase; readonly use: U }[],
): Matcher<U> {
  const { startingWith, numbers, behindCommas } = indexOf(phrases);
  const look = (
    tokens: readonly Token[],
    at: number,
    starts: readonly Start<U>[],
    found: (use: U, from: number, to: number) => void,
  ) => {
    for (const { use, step, done, afterComma } of starts) {
      if (afterComma && tokens[at]?.gap === 0) continue;
      const to = step === END ? at + done : matchAt(tokens, step, at + done, at);
      if (to > at) found(use, at, to);
    }
  };
  return (tokens, found) => {
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (token === undefined) return;
      const starts = startingWith(token.word);
      if (starts.length > 0) look(tokens, at, starts, found);
      if (token.kind === "number" && numbers.length > 0) look(tokens, at, numbers, found);
      if (token.gap > 0 && behindCommas.length > 0) look(tokens, at, behindCommas, found);
    }
  };
}

type Index<U> = {
  /** Phrases that may begin with a word. */
  readonly startingWith: (word: Word) => readonly Start<U>[];
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
  const kept = new Map<Word, readonly Start<U>[]>();
  const collect = ({ folded, base }: Word): readonly Start<U>[] => {
    const some = new Set<Start<U>>();
    for (const form of base === folded ? [folded] : [folded, base]) {
      for (const start of whole.get(form) ?? []) some.add(start);
      for (let length = 1; length <= LETTERS; length += 1)
        for (const { prefix, start } of begun.get(form.slice(0, length)) ?? [])
          if (form.startsWith(prefix)) some.add(start);
    }
    return some.size === 0 ? NOTHING : [...some];
  };
  const startingWith = (word: Word): readonly Start<U>[] => {
    const known = kept.get(word);
    if (known) return known;
    if (kept.size >= MAX_KEPT_WORDS) kept.clear();
    const made = collect(word);
    kept.set(word, made);
    return made;
  };
  return { startingWith, numbers, behindCommas };
}

const NOTHING: readonly never[] = [];

function addTo<T>(index: Map<string, T[]>, key: string, entry: T): void {
  const known = index.get(key);
  if (known) known.push(entry);
  else index.set(key, [entry]);
}

/** The steps of a sequence, and then what follows it. */
function stepsOf(nodes: readonly Node[], next: Step): Step {
  return nodes.reduceRight((after: Step, node): Step => {
    if (node.kind === "group") {
      const ways = node.branches.map((branch) => stepsOf(branch, after));
      return { kind: "ways", ways: node.optional ? [...ways, after] : ways };
    }
    // What a long gap may cross, the word behind it may stand after.
    if (node.kind === "gap") return { ...node, next: node.lead > 0 ? loosened(after) : after };
    return { ...node, next: after };
  }, next);
}

function loosened(step: Step): Step {
  if (step.kind === "end" || step.kind === "edge") return step;
  if (step.kind === "ways") return { kind: "ways", ways: step.ways.map(loosened) };
  return { ...step, lead: step.lead === 0 ? 1 : step.lead };
}

/** Where a phrase ends that has come to `step` at `from`; -1 where it does not stand there. */
function matchAt(tokens: readonly Token[], first: Step, from: number, start: number): number {
  let [step, at] = [first, from];
  for (;;) {
    switch (step.kind) {
      case "end":
        return at;
      case "edge":
        if (step.at === "start" ? at !== 0 : at !== tokens.length) return NONE;
        step = step.next;
        continue;
      case "ways": {
        for (const way of step.ways) {
          const end = matchAt(tokens, way, at, start);
          if (end !== NONE) return end;
        }
        return NONE;
      }
      case "gap":
        return matchAfterGap(tokens, step, at, start);
      default:
    }
    const token = tokens[at];
    const stands = token !== undefined && (at === start || token.gap <= step.lead) && holds(token, step);
    if (step.kind === "word" && step.optional) {
      if (stands) {
        const end = matchAt(tokens, step.next, at + 1, start);
        if (end !== NONE) return end;
      }
    } else if (stands) at += 1;
    else return NONE;
    step = step.next;
  }
}

function holds({ kind, word }: Token, step: Extract<Step, { kind: "word" | "number" | "any" }>): boolean {
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
function matchAfterGap(
  tokens: readonly Token[],
  gap: Extract<Step, { kind: "gap" }>,
  at: number,
  start: number,
): number {
  for (let next = at; next <= at + gap.most && next <= tokens.length; next += 1) {
    if (next > at && (tokens[next - 1]?.gap ?? 0) > gap.lead) return NONE;
    const end = matchAt(tokens, gap.next, next, start);
    if (end !== NONE) return end;
  }
  return NONE;
}
