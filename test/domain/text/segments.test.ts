import { describe, expect, it } from "vitest";
import { linesOf, proseSentences, sentencesOf } from "../../../src/domain/text/segments.ts";
import { cpuMs } from "../../support/cpu.ts";

describe("sentences", () => {
  it.each([
    ["We run it. You keep it up.", ["We run it.", "You keep it up."]],
    ["A Sr. Engineer in St. Louis, e.g. Kim.", ["A Sr. Engineer in St. Louis, e.g. Kim."]],
    ["Is it? yes it is.", ["Is it? yes it is."]],
    ['"Quoted." Next! 3 rounds.', ['"Quoted."', "Next!", "3 rounds."]],
    ["   ", []],
  ])("of %j end where they end", (line, expected) => expect(sentencesOf(line)).toEqual(expected));

  it("of a letter go on over wrapped lines, and end with an entry or a paragraph", () => {
    const letter = "Hello Kim,\n\nwe read\nyour answer. Thank you.\n- first\n- second\n\nDana";
    expect(proseSentences(letter)).toEqual([
      "Hello Kim,",
      "we read your answer.",
      "Thank you.",
      "first",
      "second",
      "Dana",
    ]);
  });

  it.each(["a. ", "e.g. Foo. ", "? ", "x"])(
    "are told apart in time that goes with the length of %j",
    (piece) => {
      const ms = (length: number) => cpuMs(() => sentencesOf(piece.repeat(length / piece.length)));
      expect(ms(100_000)).toBeLessThan(4 * ms(50_000) + 200);
    },
  );
});

describe("lines", () => {
  it("know entries, gaps and marked headings", () => {
    const lines = linesOf("# Work\n\n- one\n✅ two\n✅ three\nREQUIREMENTS\nYou bring:\nplain");
    expect(lines.map(({ item }) => item)).toEqual([false, true, true, true, false, false, false]);
    expect(lines.map(({ heading }) => heading)).toEqual([
      "marked",
      undefined,
      undefined,
      undefined,
      "capitals",
      "colon",
      undefined,
    ]);
    expect(lines.map(({ afterGap }) => afterGap)).toEqual([true, true, false, false, false, false, false]);
  });
});
