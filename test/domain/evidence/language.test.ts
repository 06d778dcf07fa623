import { describe, expect, it } from "vitest";
import { loadLexicon } from "../../../src/catalog/lexicon.ts";
import { Language, withGeneralWords } from "../../../src/domain/evidence/language.ts";
import { createFinder, sentenceOf } from "../../../src/domain/text/finder.ts";

const lexicon = loadLexicon();
const isIntended = (text: string, not: readonly string[]): boolean => {
  const language = Language.parse({ intended: { phrases: ["some day"], not } });
  return (
    createFinder([["intended", withGeneralWords(language, lexicon).intended]])(sentenceOf(text)).size > 0
  );
};

describe("the words by which claims are hedged", () => {
  it("are the general ones and those of the trade", () => {
    expect(isIntended("our target is 99%", [])).toBe(true);
    expect(isIntended("some day it will", [])).toBe(true);
    expect(isIntended("it is 99%", [])).toBe(false);
  });

  it("leave out, of the general ones too, what they do not mean in the trade", () => {
    expect(isIntended("bound the target protein", ["target protein*"])).toBe(false);
    expect(isIntended("our target is 99%", ["target protein*"])).toBe(true);
  });
});
