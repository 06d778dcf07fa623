const BEFORE =
  /\b(?:no|not|none|never|nor|neither|without|don'?t|doesn'?t|isn'?t|aren'?t|instead of|rather than|regardless of|without regard to|leave)\b[^.;:!?]*$/i;
const AFTER =
  /^[^.;:!?]{0,60}?\b(?:not (?:needed|required|necessary|asked)|never required|optional|no requirement|is(?:n'?t| not))\b/i;

/** Whether what stands at `index` of a sentence is denied there: "no puzzles", "a degree is not needed". */
export function isDenied(sentence: string, index: number, length: number): boolean {
  return BEFORE.test(sentence.slice(0, index)) || AFTER.test(sentence.slice(index + length));
}

/** The first place where a pattern stands and is not denied. `pattern` must be global. */
export function firstClaim(sentence: string, pattern: RegExp): RegExpMatchArray | undefined {
  for (const match of sentence.matchAll(pattern)) {
    if (!isDenied(sentence, match.index, match[0].length)) return match;
  }
  return undefined;
}
