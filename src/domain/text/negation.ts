import type { Sentence } from "./finder.ts";
import type { Hit, Lexicon } from "./lexicon.ts";
import type { ListName } from "./lists.ts";
import type { Span } from "./matcher.ts";
import type { Token } from "./tokens.ts";

/** How far what stands behind a place can deny it. */
const REACH_AFTER_WORDS = 12;
const STRONG = 2;

/** Whether what stands at a place of a sentence is denied there: "no puzzles", "a degree is not needed". */
export const isDenied = (lexicon: Lexicon, sentence: Sentence, span: Span): boolean =>
  isDeniedBefore(lexicon, sentence, span.from) || isDeniedAfter(lexicon, sentence, span.to);

/** For each token of a sentence, whether a denial before it holds there; read once, however much is asked of it. */
const denials = new WeakMap<readonly Hit[], readonly boolean[]>();

function isDeniedBefore(lexicon: Lexicon, sentence: Sentence, at: number): boolean {
  const hits = lexicon.find("denied", sentence);
  if (hits.length === 0) return false;
  const known = denials.get(hits) ?? deniedTokens(sentence, hits, lexicon.find("turn", sentence));
  denials.set(hits, known);
  return known[at] ?? false;
}

/** A denial holds up to strong punctuation, a dash or a turn. */
function deniedTokens({ tokens }: Sentence, hits: readonly Hit[], turns: readonly Hit[]): boolean[] {
  const [opens, ends] = [startsOf(hits), startsOf(turns)];
  let holds = false;
  return tokens.map((token, at) => {
    if (token.gap === STRONG || isDash(token) || ends.has(at)) holds = false;
    const isDeniedHere = holds;
    if (opens.has(at)) holds = true;
    return isDeniedHere;
  });
}

const startsOf = (hits: readonly Hit[]): ReadonlySet<number> => new Set(hits.map(({ from }) => from));

function isDeniedAfter(lexicon: Lexicon, sentence: Sentence, at: number): boolean {
  const hits = lexicon.find("denied_after", sentence);
  const next = firstFrom(hits, at);
  if (next === undefined || next.from >= at + REACH_AFTER_WORDS) return false;
  let end = Math.min(sentence.tokens.length, at + REACH_AFTER_WORDS);
  end = Math.min(end, firstFrom(lexicon.find("turn_after", sentence), at)?.from ?? end);
  for (let n = at; n < end; n += 1) if (sentence.tokens[n]?.gap === STRONG) end = n;
  return next.to <= end;
}

/** The first of some places that begins at a token or behind it. */
function firstFrom(hits: readonly Hit[], at: number): Hit | undefined {
  let [low, high] = [0, hits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle]?.from ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return hits[low];
}

const isDash = ({ lead }: Token): boolean => lead.length > 1 && /\s[-–—]\s/.test(lead);

/** The places of a list that are not denied. */
export const claimsIn = (lexicon: Lexicon, list: ListName, sentence: Sentence): Hit[] =>
  lexicon.find(list, sentence).filter((hit) => !isDenied(lexicon, sentence, hit));

/** The first place of a list that is not denied. */
export const firstClaim = (lexicon: Lexicon, list: ListName, sentence: Sentence): Hit | undefined =>
  lexicon.find(list, sentence).find((hit) => !isDenied(lexicon, sentence, hit));
