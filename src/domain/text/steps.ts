import type { Node } from "./phrase.ts";
import type { Lead, Token } from "./tokens.ts";

/** A step of a phrase, with the one that follows it. All have one shape, so that comparing them is fast. */
export type Step = {
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

const NO_WORDS: readonly never[] = [];
export const END: Step = {
  kind: "end",
  words: new Set(),
  prefixes: NO_WORDS,
  optional: false,
  least: 0,
  most: 0,
  lead: 0,
  ways: NO_WORDS,
  next: undefined,
};
/** Where a phrase does not stand. */
const NONE = -1;

/** The steps of a sequence, and then what follows it. */
export function stepsOf(nodes: readonly Node[], next: Step): Step {
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
export function matchAt(tokens: readonly Token[], first: Step, from: number, start: number): number {
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
