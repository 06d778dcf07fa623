import type { MailWords } from "./words.ts";

const MAX_SENTENCE_CHARS = 400;

/** The first sentence of a text that reads like a wish not to be written to; undefined where none does. */
export function optOutIn(text: string, { optOut }: MailWords): string | undefined {
  const saysSo = (sentence: string) => {
    const folded = fold(sentence);
    return optOut.some(({ phrases, alone, unless }) => {
      if (!phrases.some((phrase) => phrase.test(folded))) return alone.some((phrase) => phrase.test(folded));
      return unless === undefined || !unless.test(folded);
    });
  };
  const standsAlone = (line: string) => {
    const folded = fold(line);
    return optOut.some(({ alone }) => alone.some((phrase) => phrase.test(folded)));
  };
  return sentencesOf(text).find(saysSo) ?? linesOf(text).find(standsAlone);
}

/** Somebody else's words, or the name of a thing. */
const QUOTED = /"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』/g;

const fold = (text: string): string =>
  text
    .replace(QUOTED, '""')
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, " ")
    .replace(/[\s.!?。！？]+$/, "");

const linesOf = (text: string): string[] =>
  text.split("\n").map((line) => line.trim().slice(0, MAX_SENTENCE_CHARS));

/** Sentences with the line breaks inside them; a blank line, an item of a list and a short line of its own end one. */
function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?。！？])\s+|(?<=[。！？])|\n\s*\n|\n(?=\s*[-*•])/)
    .flatMap((part) => (part.length > MAX_SENTENCE_CHARS ? part.split("\n") : [part]))
    .map((sentence) => sentence.trim().slice(0, MAX_SENTENCE_CHARS))
    .filter((sentence) => sentence !== "");
}
