import { describe, expect, it } from "vitest";
import { anyOf, has } from "../../../src/domain/role-check/words.ts";

describe("anyOf", () => {
  const puzzles = anyOf("leet-?code", "brain teasers?", "puzzl*", "don't ask", "[A-Z]\\d", "\\(required\\)");

  it.each([
    "LeetCode",
    "leet code",
    "leet-code",
    "brain-teaser",
    "Brain  teasers",
    "puzzling",
    "don’t ask",
    "a B4",
    "Kubernetes (required)",
  ])("finds %j", (text) => expect(has(text, puzzles)).toBe(true));

  it.each(["leetcoder", "brainteaserish", "a puz", "do not ask", "AB4", "required"])(
    "does not find %j, which is another word",
    (text) => expect(has(text, puzzles)).toBe(false),
  );

  it("finds the same again, and every place, after it was only asked for", () => {
    const text = "puzzles and puzzles";
    expect([has(text, puzzles), has(text, puzzles)]).toEqual([true, true]);
    expect([...text.matchAll(puzzles)].map((match) => match.index)).toEqual([0, 12]);
  });
});
