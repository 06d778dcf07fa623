import { type Lead, leadOf, type Node, type Phrase, PhraseError } from "./phrase.ts";
import type { Token } from "./tokens.ts";

/** Where a phrase stands: token positions, the last one exclusive. */
export type Span = { readonly from: number; readonly to: number };

/** Looks for many phrases at once, in one pass over the tokens. */
export type Matcher = (text: Words, found: (phrase: number, from: number, to: number) => void) => void;

/** The letters by which a phrase that begins with part of a word is found. */
const LETTERS = 3;
/** More words than this are not kept: a hostile text must not fill the memory. */
const MAX_KEPT_WORDS = 8_000;

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
const NO_PHRASES: readonly number[] = [];

/** Prepares phrases; each is known by its position. Ones that could begin with any word at all are refused. */
export function createMatcher(phrases: readonly Phrase[]): Matcher {
  const index = indexOf(phrases);
  const steps = phrases.map(({ nodes }) => stepsOf(nodes, END));
  const afterComma = phrases.map((phrase) => phrase.afterComma);
  return (text, found) => {
    for (let at = 0; at < text.tokens.length; at += 1) {
      const isNumber = text.tokens[at]?.kind === "number";
      for (const some of [
        index.beginningWith(text.folded[at] ?? ""),
        isNumber ? index.numbers : NO_PHRASES,
        text.leads[at] === 0 ? NO_PHRASES : index.behindCommas,
      ]) {
        for (const n of some) {
          const step = steps[n];
          if (step === undefined || (afterComma[n] && text.leads[at] === 0)) continue;
          const to = matchAt(text, step, at, at);
          if (to > at) found(n, at, to);
        }
      }
    }
  };
}

type Index = {
  /** Phrases that may begin with a word. */
  readonly beginningWith: (word: string) => readonly number[];
  readonly numbers: readonly number[];
  readonly behindCommas: readonly number[];
};

function indexOf(phrases: readonly Phrase[]): Index {
  const whole = new Map<string, number[]>();
  const begun = new Map<string, { readonly prefix: string; readonly n: number }[]>();
  const numbers: number[] = [];
  const behindCommas: number[] = [];
  phrases.forEach(({ nodes, afterComma }, n) => {
    const first: First = { words: new Set(), prefixes: new Set(), number: false, any: false };
    collectFirst(nodes, first);
    if (first.any && !afterComma) throw new PhraseError("must begin with a word or a number");
    if (first.any) behindCommas.push(n);
    if (first.number) numbers.push(n);
    for (const word of first.words) addTo(whole, word, n);
    for (const prefix of first.prefixes) addTo(begun, prefix.slice(0, LETTERS), { prefix, n });
  });
  const kept = new Map<string, readonly number[]>();
  const beginningWith = (word: string): readonly number[] => {
    const known = kept.get(word);
    if (known) return known;
    const some = new Set<number>();
    for (const form of new Set([word, baseOf(word)])) {
      for (const n of whole.get(form) ?? NO_PHRASES) some.add(n);
      for (let length = 1; length <= LETTERS; length += 1)
        for (const { prefix, n } of begun.get(form.slice(0, length)) ?? [])
          if (form.startsWith(prefix)) some.add(n);
    }
    if (kept.size >= MAX_KEPT_WORDS) kept.clear();
    const made = some.size === 0 ? NO_PHRASES : [...some];
    kept.set(word, made);
    return made;
  };
  return { beginningWith, numbers, behindCommas };
}

function addTo<T>(index: Map<string, T[]>, key: string, entry: T): void {
  const known = index.get(key);
  if (known) known.push(entry);
  else index.set(key, [entry]);
}

type First = { readonly words: Set<string>; readonly prefixes: Set<string>; number: boolean; any: boolean };

/** Adds what a sequence may begin with; true where it may be empty. */
function collectFirst(nodes: readonly Node[], first: First): boolean {
  for (const node of nodes) {
    if (node.kind === "edge") continue;
    if (node.kind === "gap" || node.kind === "any") first.any = true;
    if (node.kind === "number") first.number = true;
    if (node.kind === "word") {
      for (const word of node.words) first.words.add(word);
      for (const prefix of node.prefixes) first.prefixes.add(prefix);
      if (node.optional) continue;
    }
    if (node.kind !== "group") return false;
    const empty = node.branches.map((branch) => collectFirst(branch, first));
    if (!node.optional && !empty.includes(true)) return false;
  }
  return true;
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

/** The words of a text as phrases are compared with them. */
export type Words = {
  readonly tokens: readonly Token[];
  readonly folded: readonly string[];
  /** Each word without what stands behind its apostrophe. */
  readonly bases: readonly string[];
  /** The strength of the punctuation before each token, from 0 for none to 2. */
  readonly leads: readonly Lead[];
};

export function wordsOf(tokens: readonly Token[]): Words {
  const folded = tokens.map((token) => token.folded);
  return { tokens, folded, bases: folded.map(baseOf), leads: tokens.map(({ lead }) => leadOf(lead)) };
}

/** "The candidate's" has the word candidate, and "you'll" the word you. */
function baseOf(word: string): string {
  const at = word.indexOf("'");
  return at > 0 ? word.slice(0, at) : word;
}

/** Where a phrase ends that has come to `step` at `from`; -1 where it does not stand there. */
function matchAt(text: Words, first: Step, from: number, start: number): number {
  let [step, at] = [first, from];
  for (;;) {
    switch (step.kind) {
      case "end":
        return at;
      case "edge":
        if (step.at === "start" ? at !== 0 : at !== text.tokens.length) return NONE;
        step = step.next;
        continue;
      case "ways": {
        for (const way of step.ways) {
          const end = matchAt(text, way, at, start);
          if (end !== NONE) return end;
        }
        return NONE;
      }
      case "gap":
        return matchAfterGap(text, step, at, start);
      default:
    }
    const stands =
      at < text.tokens.length &&
      (at === start || (text.leads[at] ?? 0) <= step.lead) &&
      holds(text, step, at);
    if (step.kind === "word" && step.optional) {
      if (stands) {
        const end = matchAt(text, step.next, at + 1, start);
        if (end !== NONE) return end;
      }
    } else if (stands) at += 1;
    else return NONE;
    step = step.next;
  }
}

function holds(text: Words, step: Extract<Step, { kind: "word" | "number" | "any" }>, at: number): boolean {
  if (step.kind === "any") return true;
  const word = text.folded[at] ?? "";
  if (step.kind === "number") {
    if (text.tokens[at]?.kind !== "number") return false;
    const value = Number(word.replace(/[^\d.]/g, ""));
    return value >= step.least && value <= step.most;
  }
  if (step.words.has(word)) return true;
  const base = text.bases[at] ?? "";
  if (base !== word && step.words.has(base)) return true;
  for (const prefix of step.prefixes) if (word.startsWith(prefix)) return true;
  return false;
}

/** The shortest way over a gap. */
function matchAfterGap(text: Words, gap: Extract<Step, { kind: "gap" }>, at: number, start: number): number {
  for (let next = at; next <= at + gap.most && next <= text.tokens.length; next += 1) {
    if (next > at && (text.leads[next - 1] ?? 0) > gap.lead) return NONE;
    const end = matchAt(text, gap.next, next, start);
    if (end !== NONE) return end;
  }
  return NONE;
}
