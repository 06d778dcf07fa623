import { anyOf, has } from "./words.ts";

/** What denies all that follows in its clause: "no puzzles", "we dropped the whiteboard". */
const DENIAL = anyOf(
  "no(?! (?:less|later|more|fewer|matter|doubt|longer than))",
  "not(?! (?:only|just|merely|least|all|every))",
  "none",
  "never",
  "neither",
  "nor",
  "without(?! (?:exception|fail))",
  "zero",
  "\\w+n't",
  "cannot",
  "instead of",
  "rather than",
  "in place of",
  "as opposed to",
  "over(?= (?:certificates|certifications|degrees|credentials|pedigree|puzzles))",
  "free of",
  "regardless of",
  "irrespective of",
  "(?:any|independent) of",
  "leave out",
  "leave (?=\\w+ (?:at|out))",
  "(?:we|we've|have) (?:dropped|scrapped|removed|banned|ditched|skip|skipped|abolished|retired|binned|killed)",
  "(?:skip|drop|forget|ditch|hate|dislike|avoid|ban|despise|refuse|reject) (?:the|all|any|giving|asking|doing|using|running|\\w+)",
  "(?:tired|sick|fed up) (?:of|with)",
  "unlike",
  "allergic to",
  "care (?:little|less) (?:about|for)",
  "more than (?:any )?(?=certifi|degree|badge|pedigree|credential)",
);
/** Where a new thought begins, which the denial before does not reach. */
const TURN =
  /[.;:!?•|]|\s[–—-]\s|,?\s(?:but|then|instead|just|only|followed by|however|while|because|since|though|so)\s|,\s(?:and\s)?(?:a|an|the|we|you|you['’]ll|it|there|our|your|they|he|she|this|that|which|who)\s|,\s(?=\w+ (?:is|are|has|will|was|were)\s)/gi;
/** What denies what stood before it: "a degree is not needed", "puzzles are not part of it". */
const DENIED_AFTER = anyOf(
  "(?:is|are|was|were|be|being) (?:not|never|neither|no)",
  "(?:is|are|was|were|do|does|will|would|did|wo|ca)n't",
  "(?:do|does|will|would|can) (?:not|never)",
  "not (?:needed|required|necessary|asked|expected|a requirement|relevant|important|essential|mandatory|used|part)",
  "never (?:needed|required|asked|used)",
  "unnecessary",
  "optional",
  "irrelevant",
  "no requirement",
  "no(?:t)? (?:must|longer)",
  "(?:count|counts|mean|means|matter|matters) (?:for )?(?:nothing|little|less)",
  "(?:is|are|was|were) (?:banned|gone|out|dropped|history|retired|forbidden)",
  "won't (?:help|count|impress|be)",
  "need not",
  "needn't",
);
const REACH_AFTER = 70;

/** Whether what stands at `index` of a sentence is denied there: "no puzzles", "a degree is not needed". */
export function isDenied(sentence: string, index: number, length: number): boolean {
  return isDeniedBefore(sentence, index) || isDeniedAfter(sentence, index + length);
}

function isDeniedBefore(sentence: string, index: number): boolean {
  let from = 0;
  for (const turn of sentence.matchAll(TURN)) {
    const end = turn.index + turn[0].length;
    if (end <= index) from = end;
  }
  return has(sentence.slice(from, index), DENIAL);
}

function isDeniedAfter(sentence: string, end: number): boolean {
  const rest = sentence.slice(end, end + REACH_AFTER);
  const turn = /[.;:!?]|,?\s(?:but|then|instead|and)\s|,\s(?:we|you|a|an|the)\s/i.exec(rest);
  return has(turn ? rest.slice(0, turn.index + 1) : rest, DENIED_AFTER);
}

/** The first place where a pattern stands and is not denied. `pattern` must be global. */
export function firstClaim(sentence: string, pattern: RegExp): RegExpMatchArray | undefined {
  if (!has(sentence, pattern)) return undefined; // far cheaper than to make the matches
  for (const match of sentence.matchAll(pattern)) {
    if (!isDenied(sentence, match.index, match[0].length)) return match;
  }
  return undefined;
}
