import { leadOf, type Node, type Phrase, PhraseError } from "./phrase.ts";
import type { Token } from "./tokens.ts";

/** Where a phrase stands: token positions, the last one exclusive. */
export type Span = { readonly from: number; readonly to: number };

/** Looks for many phrases at once, in one pass over the tokens. */
export type Matcher = (tokens: readonly Token[], found: (phrase: number, span: Span) => void) => void;

/** The letters by which a phrase that begins with part of a word is found. */
const LETTERS = 3;
/** More words than this are not kept: a hostile text must not fill the memory. */
const MAX_KEPT_WORDS = 8_000;

type First = { readonly words: Set<string>; readonly prefixes: Set<string>; number: boolean; any: boolean };

/** Prepares phrases; each is known by its position. Ones that could begin with any word at all are refused. */
export function createMatcher(phrases: readonly Phrase[]): Matcher {
  const whole = new Map<string, number[]>();
  const begun = new Map<string, number[]>();
  const numbers: number[] = [];
  const behindCommas: number[] = [];
  const add = (index: Map<string, number[]>, key: string, n: number) => {
    const known = index.get(key);
    if (known === undefined) index.set(key, [n]);
    else if (known[known.length - 1] !== n) known.push(n);
  };
  phrases.forEach(({ nodes, afterComma }, n) => {
    const first = firstOf(nodes);
    if (first.any && !afterComma) throw new PhraseError("must begin with a word or a number");
    if (first.any) behindCommas.push(n);
    for (const word of first.words) add(whole, word, n);
    for (const prefix of first.prefixes) add(begun, prefix.slice(0, LETTERS), n);
    if (first.number) numbers.push(n);
  });
  const lengths = [...new Set([...begun.keys()].map((key) => key.length))];
  const kept = new Map<string, readonly number[]>();

  const candidates = (word: string): readonly number[] => {
    const known = kept.get(word);
    if (known) return known;
    const base = baseOf(word);
    const made = [
      ...new Set(
        [word, base].flatMap((form) => [
          ...(whole.get(form) ?? []),
          ...lengths.flatMap((length) =>
            form.length < length ? [] : (begun.get(form.slice(0, length)) ?? []),
          ),
        ]),
      ),
    ];
    if (kept.size >= MAX_KEPT_WORDS) kept.clear();
    kept.set(word, made);
    return made;
  };

  return (tokens, found) => {
    const text = readingOf(tokens);
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (!token) continue;
      let here = candidates(token.folded);
      if (token.kind === "number") here = [...here, ...numbers];
      if (text.leads[at] !== 0 && behindCommas.length > 0) here = [...here, ...behindCommas];
      for (const n of here) {
        const phrase = phrases[n];
        if (!phrase || (phrase.afterComma && text.leads[at] === 0)) continue;
        const to = matchAt(text, phrase.nodes, 0, at, at, NO_MORE);
        if (to > at) found(n, { from: at, to });
      }
    }
  };
}

function firstOf(nodes: readonly Node[]): First {
  const first: First = { words: new Set(), prefixes: new Set(), number: false, any: false };
  collectFirst(nodes, first);
  return first;
}

/** Adds what a sequence may begin with; true where it may be empty. */
function collectFirst(nodes: readonly Node[], first: First): boolean {
  for (const node of nodes) {
    if (node.kind === "edge") continue;
    if (node.kind === "gap" || node.kind === "any") first.any = true;
    if (node.kind === "number") first.number = true;
    if (node.kind === "word") {
      for (const word of node.words) first.words.add(word);
      for (const prefix of node.prefixes) first.prefixes.add(prefix);
    }
    if (node.kind !== "group") return false;
    const empty = node.branches.map((branch) => collectFirst(branch, first));
    if (!node.optional && !empty.includes(true)) return false;
  }
  return true;
}

type Text = {
  readonly tokens: readonly Token[];
  /** The strength of the punctuation before each token. */
  readonly leads: readonly number[];
  /** Each word without what stands behind its apostrophe. */
  readonly bases: readonly string[];
};

const readings = new WeakMap<readonly Token[], Text>();
function readingOf(tokens: readonly Token[]): Text {
  const known = readings.get(tokens);
  if (known) return known;
  const made = {
    tokens,
    leads: tokens.map(({ lead }) => leadOf(lead)),
    bases: tokens.map(({ folded }) => baseOf(folded)),
  };
  readings.set(tokens, made);
  return made;
}

/** The strength of the punctuation before each token, from 0 for none to 2. */
export const leadsOf = (tokens: readonly Token[]): readonly number[] => readingOf(tokens).leads;

/** "The candidate's" has the word candidate, and "you'll" the word you. */
function baseOf(word: string): string {
  const at = word.indexOf("'");
  return at > 0 ? word.slice(0, at) : word;
}

type Rest = (at: number) => number;
const NO_MORE: Rest = (at) => at;
const NONE = -1;

/** Where the nodes from `n` on, and then the rest, end when they begin at `at`; -1 where they do not stand there. */
function matchAt(
  text: Text,
  nodes: readonly Node[],
  n: number,
  at: number,
  start: number,
  rest: Rest,
): number {
  const node = nodes[n];
  if (node === undefined) return rest(at);
  const { tokens, leads } = text;
  const lead = at === start ? 0 : (leads[at] ?? 0);
  switch (node.kind) {
    case "edge": {
      const holds = node.at === "start" ? at === 0 : at === tokens.length;
      return holds ? matchAt(text, nodes, n + 1, at, start, rest) : NONE;
    }
    case "word": {
      const token = tokens[at];
      if (token === undefined || lead > node.lead || !isWord(node, token.folded, text.bases[at] ?? ""))
        return NONE;
      return matchAt(text, nodes, n + 1, at + 1, start, rest);
    }
    case "number": {
      const token = tokens[at];
      if (token?.kind !== "number" || lead > node.lead) return NONE;
      const value = Number(token.folded.replace(/[^\d.]/g, ""));
      if (value < node.least || value > node.most) return NONE;
      return matchAt(text, nodes, n + 1, at + 1, start, rest);
    }
    case "any":
      if (tokens[at] === undefined || lead > node.lead) return NONE;
      return matchAt(text, nodes, n + 1, at + 1, start, rest);
    case "gap": {
      for (let passed = 0; passed <= node.most && at + passed <= tokens.length; passed += 1) {
        if (passed > 0 && (leads[at + passed - 1] ?? 0) > node.lead) return NONE;
        const end = matchAt(text, afterGap(nodes, n), 0, at + passed, start, rest);
        if (end !== NONE) return end;
      }
      return NONE;
    }
    case "group": {
      const further: Rest = (next) => matchAt(text, nodes, n + 1, next, start, rest);
      for (const branch of node.branches) {
        const end = matchAt(text, branch, 0, at, start, further);
        if (end !== NONE) return end;
      }
      return node.optional ? further(at) : NONE;
    }
  }
}

const isWord = ({ words, prefixes }: Extract<Node, { kind: "word" }>, word: string, base: string): boolean =>
  words.has(word) || (base !== word && words.has(base)) || prefixes.some((prefix) => word.startsWith(prefix));

const tails = new WeakMap<Node, readonly Node[]>();
/** The nodes behind a gap; what a long gap may cross, the word behind it may stand after. */
function afterGap(nodes: readonly Node[], n: number): readonly Node[] {
  const gap = nodes[n];
  if (!gap) return [];
  const known = tails.get(gap);
  if (known) return known;
  const [next, ...more] = nodes.slice(n + 1);
  const made = next && gap.kind === "gap" && gap.lead > 0 ? [loosened(next), ...more] : nodes.slice(n + 1);
  tails.set(gap, made);
  return made;
}

function loosened(node: Node): Node {
  if (node.kind === "edge") return node;
  if (node.kind !== "group") return { ...node, lead: node.lead === 0 ? 1 : node.lead };
  return {
    ...node,
    branches: node.branches.map(([first, ...more]) => (first ? [loosened(first), ...more] : [])),
  };
}
