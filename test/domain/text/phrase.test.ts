import { describe, expect, it } from "vitest";
import { createFinder, quoteAt, sentenceOf } from "../../../src/domain/text/finder.ts";
import { PhraseError, readPhrase } from "../../../src/domain/text/phrase.ts";

const quotes = (phrase: string, text: string): string[] => {
  const sentence = sentenceOf(text);
  return (createFinder([[phrase, [{ phrases: [phrase] }]]])(sentence).get(phrase) ?? []).map((span) =>
    quoteAt(sentence, span),
  );
};

describe("a phrase", () => {
  it.each([
    ["rock-?stars?", "We want a Rockstar, or rock stars.", ["Rockstar", "rock stars"]],
    ["deploy*", "Deploying what was deployed", ["Deploying", "deployed"]],
    ["reali[sz]e", "realise and realize", ["realise", "realize"]],
    ["(work|play) (very)? hard", "work hard and play very hard", ["work hard", "play very hard"]],
    ["on-call", "on call, on-call and On‑Call", ["on call", "on-call", "On‑Call"]],
    ["send ~2 photo", "send us a photo", ["send us a photo"]],
    ["between 18..80 and 18..80", "between 25 and 35, not between 2 and 4", ["between 25 and 35"]],
    ["N days", "30 days or 1,000 days", ["30 days", "1,000 days"]],
    ["you will", "You will run it", ["You will"]],
    ["you", "you'll run it", ["you'll"]],
    ["^ stop $", "Stop.", ["Stop"]],
    ["hard, play", "hard, play", ["hard, play"]],
    [", (a|the)", "no puzzles, a task", ["a"]],
    ["cut ...4 cost", "cut, over a year, the cost", ["cut, over a year, the cost"]],
    ["résumé", "Your resume", ["resume"]],
  ])("%s stands in %j", (phrase, text, expected) => expect(quotes(phrase, text)).toEqual(expected));

  it.each([
    ["play hard", "play. Hard work", "a full stop parts words"],
    ["send ~2 photo", "send us no blurred photo", "the gap is too long"],
    ["send ~4 photo", "send it, the photo", "a short gap does not cross a comma"],
    ["^ stop $", "Please stop", "it must begin the sentence"],
    ["rockstar", "rockstardom", "it is another word"],
    [", (a|the)", "then a task", "no comma stands before it"],
  ])("%s does not stand in %j: %s", (phrase, text) => expect(quotes(phrase, text)).toEqual([]));

  it.each(["", "(a|b", "a)", "<nothing> here", "~ photo", "-"])("%j is refused with a reason", (phrase) =>
    expect(() => createFinder([["x", [{ phrases: [phrase] }]]])).toThrow(PhraseError),
  );

  it("names a list that other phrases share", () => {
    const sets = new Map([
      ["food", ["bread", "hot <drink>"]],
      ["drink", ["tea"]],
    ]);
    expect(readPhrase("some <food>", sets).nodes).toHaveLength(2);
    expect(() => readPhrase("<a>", new Map([["a", ["<a>"]]]))).toThrow("names itself");
  });
});
