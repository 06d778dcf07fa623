import type { Span } from "./matcher.ts";
import type { Token } from "./tokens.ts";

/** Where a clause is cut into parts by its punctuation and its contrasts: how far apart two words are in meaning. */
export type Parts = {
  /** For each token the number of the part that it stands in. */
  readonly part: readonly number[];
  /** For each token the number of contrasts (but, while, a semicolon, a dash, brackets) before it. */
  readonly turn: readonly number[];
};

const CONTRASTS = new Set(["but", "while", "whereas", "although", "though", "however", "yet", "instead"]);
const CUT = /[,;:()[\]–—|!?]|\s-+\s|\.\s/;
const TURN = /[;()[\]–—|]|\s-+\s|\.\s/;

export function partsOf(tokens: readonly Token[]): Parts {
  const part: number[] = [];
  const turn: number[] = [];
  let [parts, turns] = [0, 0];
  for (const { folded, lead } of tokens) {
    const contrast = CONTRASTS.has(folded);
    const bare = lead === " " || lead === "";
    if (contrast || (!bare && CUT.test(lead))) parts += 1;
    if (contrast || (!bare && TURN.test(lead))) turns += 1;
    part.push(parts);
    turn.push(turns);
  }
  return { part, turn };
}

const PART = 3;

/** How far apart two places are: the tokens between them, and some more for each part that is crossed. */
function distance({ part }: Parts, a: Span, b: Span): number {
  const [first, second] = a.from <= b.from ? [a, b] : [b, a];
  const crossed = (part[second.from] ?? 0) - (part[first.to - 1] ?? 0);
  return Math.max(0, second.from - first.to) + PART * Math.max(0, crossed);
}

/** The least distance from `place` to one of `found`; infinite when there is none. */
export function nearest(parts: Parts, found: readonly Span[], place: Span): number {
  let least = Number.POSITIVE_INFINITY;
  for (const one of found) least = Math.min(least, distance(parts, one, place));
  return least;
}

/**
 * Whether a hedge covers a place: all that follows it up to a contrast, and before it what stands in the same part. Where
 * one of `resets` stands between (I, we), somebody else has the word again.
 */
export function covers({ part, turn }: Parts, hedge: Span, at: number, resets: readonly Span[]): boolean {
  const [after, before] = [hedge.to - 1, hedge.from];
  if (at < before) return part[at] === part[before];
  if (at <= after) return true;
  return turn[at] === turn[after] && !resets.some(({ from }) => from > after && from <= at);
}
