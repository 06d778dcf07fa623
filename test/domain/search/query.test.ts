import { describe, expect, it } from "vitest";
import { passageAround } from "../../../src/domain/search/passage.ts";
import { parseQuery } from "../../../src/domain/search/query.ts";
import { searchWords } from "../../../src/domain/search/words.ts";

/** A query as its alternatives in words: `java +"on call" -go`. */
const read = (query: string): string[] =>
  parseQuery(query, new Set(["MLE"])).map(({ all, none }) => {
    const show = (sign: string) => (term: (typeof all)[number]) =>
      `${sign}${term.ref ?? (term.words.length > 0 ? term.words.join("_") : term.name)}`;
    return [...all.map(show("+")), ...none.map(show("-"))].join(" ");
  });

describe("a query", () => {
  it.each([
    ["java kafka", ["+java +kafka"]],
    ['"on call" java', ["+on_call +java"]],
    ["“on call” -go", ["+on_call -go"]],
    ['java -"on call"', ["+java -on_call"]],
    ["a b or c", ["+a +b", "+c"]],
    ["a OR b or -c d", ["+a", "+b", "+d -c"]],
    ["or a or or b or", ["+a", "+b"]],
    ['"a or b"', ["+a_or_b"]],
    ['java "on call', ["+java +on_call"]],
    ["zoe@example.test", ["+zoe_example_test"]],
    ["machine-learning C++", ["+machine_learning +c"]],
    ["mle-7 GPT-4", ["+MLE-7 +gpt_4"]],
    ["100%", ["+100"]],
    ["&|! a", ["+&|! +a"]],
    ["Ärger ŁÓDŹ ＷＩＤＥ", ["+arger +lodz +wide"]],
    ["東京", ["+東_京"]],
    ["Straße STRASSE", ["+strasse +strasse"]],
    ["912 345 678 -java", ["+912 +345 +678 -java", "+912 345 678 -java"]],
    ["2019 345", ["+2019 +345", "+2019 345"]],
    ["201 34", ["+201 +34"]],
    ["2019 -2020", ["+2019 -2020"]],
  ])("reads %s", (query, expected) => {
    expect(read(query)).toEqual(expected);
  });
});

describe("a passage", () => {
  const TEXT =
    "At Acme I ran twelve models.\nOn-call for\nKubernetes and Kafka; on Call again at Łódź (東京).";
  it.each([
    ["the first of several phrases", [["kafka"], ["on", "call"]], "On-call"],
    ["a phrase across a line", [["call", "for", "kubernetes"]], "call for Kubernetes"],
    ["letters without accents", [["lodz"]], "Łódź"],
    ["characters without blanks", [["東", "京"]], "東京"],
  ])("shows %s", (_name, phrases, shown) => {
    expect(passageAround(TEXT, phrases)).toContain(shown);
    const long = `${"before ".repeat(100)}${TEXT}${" after".repeat(100)}`;
    expect(passageAround(long, phrases)).toMatch(/^… .* …$/);
    expect(passageAround(long, phrases)).toContain(shown);
  });

  it("is none where no phrase stands", () => {
    expect(passageAround(TEXT, [["kafka", "kubernetes"], []])).toBeUndefined();
    expect(passageAround("", [["a"]])).toBeUndefined();
  });

  it("is short, however long a word is", () => {
    const passage = passageAround(`${"x".repeat(500)} needle ${"y".repeat(500)}`, [["needle"]]);
    expect(passage).toBe("… needle …");
    expect(searchWords("x".repeat(500))).toEqual(["x".repeat(100)]);
  });
});
