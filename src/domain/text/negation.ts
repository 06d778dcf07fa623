import type { Hit, Lexicon, Sentence } from "./lexicon.ts";
import type { ListName } from "./lists.ts";
import type { Span } from "./matcher.ts";
import type { Token } from "./tokens.ts";

/** How far what stands behind a place can deny it. */
const REACH_AFTER_WORDS = 12;
const STRONG = 2;

/** Whether what stands at a place of a sentence is denied there: "no puzzles", "a degree is not needed". */
export const isDenied = (lexicon: Lexicon, sentence: Sentence, span: Span): boolean =>
  isDeniedBefore(lexicon, sentence, span.from) || isDeniedAfter(lexicon, sentence, span.to);

function isDeniedBefore(lexicon: Lexicon, sentence: Sentence, at: number): boolean {
  const denials = lexicon.find("denied", sentence).filter(({ from }) => from < at);
  const last = denials[denials.length - 1];
  if (!last) return false;
  const { tokens, leads } = sentence;
  for (let n = at; n > last.from; n -= 1) if (leads[n] === STRONG || isDash(tokens[n])) return false;
  return !lexicon.find("turn", sentence).some(({ from }) => from > last.from && from <= at);
}

function isDeniedAfter(lexicon: Lexicon, sentence: Sentence, at: number): boolean {
  const denials = lexicon.find("denied_after", sentence);
  if (!denials.some(({ from }) => from >= at)) return false;
  const { leads } = sentence;
  let end = Math.min(sentence.tokens.length, at + REACH_AFTER_WORDS);
  for (const { from } of lexicon.find("turn_after", sentence)) if (from >= at && from < end) end = from;
  for (let n = at; n < end; n += 1) if (leads[n] === STRONG) end = n;
  return denials.some(({ from, to }) => from >= at && to <= end);
}

const isDash = (token: Token | undefined): boolean => token !== undefined && /\s[-–—]\s/.test(token.lead);

/** The places of a list that are not denied. */
export const claimsIn = (lexicon: Lexicon, list: ListName, sentence: Sentence): Hit[] =>
  lexicon.find(list, sentence).filter((hit) => !isDenied(lexicon, sentence, hit));

/** The first place of a list that is not denied. */
export const firstClaim = (lexicon: Lexicon, list: ListName, sentence: Sentence): Hit | undefined =>
  lexicon.find(list, sentence).find((hit) => !isDenied(lexicon, sentence, hit));
