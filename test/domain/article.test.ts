import { expect, it } from "vitest";
import { withArticle } from "../../src/domain/article.ts";

it.each([
  ["MLOps engineer", "an"],
  ["ML engineer", "an"],
  ["SRE", "an"],
  ["UX designer", "a"],
  ["Backend engineer", "a"],
  ["Data scientist", "a"],
  ["Analyst", "an"],
  ["Machine learning engineer", "a"],
])("says %s with %s", (noun, article) => {
  expect(withArticle(noun)).toBe(`${article} ${noun}`);
});
