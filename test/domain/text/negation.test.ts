import { describe, expect, it } from "vitest";
import { loadLexicon } from "../../../src/catalog/lexicon.ts";
import { createFinder, sentenceOf } from "../../../src/domain/text/finder.ts";
import { isDenied } from "../../../src/domain/text/negation.ts";

const lexicon = loadLexicon();
const denied = (text: string): boolean[] => {
  const sentence = sentenceOf(text);
  return (createFinder([["puzzles?", [{ phrases: ["puzzles?"] }]]])(sentence).get("puzzles?") ?? []).map(
    (span) => isDenied(lexicon, sentence, span),
  );
};

describe("what a sentence says of puzzles", () => {
  it.each([
    "There are no puzzles.",
    "We ask for work instead of puzzles",
    "We dropped the puzzles",
    "Puzzles are not part of it.",
    "A puzzle counts for nothing",
    "regardless of riddles or puzzles",
  ])("is denied in %j", (text) => expect(denied(text)).toEqual([true]));

  it.each([
    "There are puzzles.",
    "Not only puzzles",
    "No riddles, but puzzles",
    "No riddles; puzzles",
    "No riddles, a puzzle",
    "No riddles – puzzles",
    "puzzles, and the degree is not needed",
  ])("stands in %j", (text) => expect(denied(text)).toEqual([false]));
});
