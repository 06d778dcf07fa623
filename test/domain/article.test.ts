import { expect, it } from "vitest";
import { withArticle } from "../../src/domain/article.ts";

it.each([
  "an MLOps engineer",
  "an ML engineer",
  "an SRE",
  "a UX designer",
  "a QA engineer",
  "a Data scientist",
  "a Backend engineer",
  "an Engineering manager",
  "an iOS engineer",
  "a User researcher",
  "a unit lead",
  "an umbrella",
  "a European lead",
  "an admin",
  "a hiring manager",
])("%s has the article that it is said with", (said) => {
  expect(withArticle(said.replace(/^an? /, ""))).toBe(said);
});
