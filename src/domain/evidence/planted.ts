import type { Clause } from "./clauses.ts";
import { hasTerm, type Terms } from "./terms.ts";
import type { Token } from "./tokens.ts";

const ENCODED = /[A-Za-z0-9+/]{24,}={0,2}/g;
const READABLE = /^[\p{L}\p{N}\p{P}\p{Zs}\s]+$/u;
const WORDS = 3;

/**
 * Whether a clause speaks to whoever reads by machine: it, or its heading, holds one of the phrases, forwards or backwards,
 * or words wrapped in base64, which nobody puts into a résumé for people. A sign to look, never a judgement.
 */
export function speaksToMachines(
  { tokens, under, start, end }: Clause,
  text: string,
  phrases: Terms,
): boolean {
  if (hasTerm(phrases, tokens) || hasTerm(phrases, under) || hasTerm(phrases, backwards(tokens))) return true;
  for (const [run] of text.slice(start, end).matchAll(ENCODED)) if (isWrappedText(run)) return true;
  return false;
}

const backwards = (tokens: readonly Token[]): Token[] =>
  tokens.map((token) => ({ ...token, folded: [...token.folded].reverse().join("") })).reverse();

function isWrappedText(run: string): boolean {
  const decoded = decodeBase64(run);
  return decoded !== undefined && READABLE.test(decoded) && decoded.trim().split(/\s+/).length >= WORDS;
}

function decodeBase64(run: string): string | undefined {
  try {
    return atob(run.length % 4 === 1 ? run.slice(0, -1) : run);
  } catch {
    return undefined;
  }
}
