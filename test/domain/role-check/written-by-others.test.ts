import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { checkPost } from "../../../src/domain/role-check/check.ts";
import { RULES } from "../../../src/domain/role-check/rules.ts";

type Post = { id: string; today: string; text: string; found: string[]; quotes: Record<string, string> };

const catalog = loadCatalog({});
const { places, get } = catalog;
const lexicon = catalog.lexicon();
const template = get("mlops-engineer");
// The authors were not asked about these two: one is a hint for roles, the other a slip of the pen.
const ASKED = RULES.map((rule) => rule.id).filter(
  (id) => !["outcome_without_baseline", "comp_implausible", "place_unclear"].includes(id),
);
const folded = (text: string) => text.replace(/[*_]/g, "").replace(/\s+/g, " ").toLowerCase();

function measured(file: string) {
  const posts = readFileSync(new URL(`written-by-others/${file}`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Post);
  const counts = new Map(ASKED.map((id) => [id, { tp: 0, fp: 0, fn: 0 }]));
  const quotes = { given: 0, onTarget: 0 };
  for (const { text, today, found, quotes: words } of posts) {
    const { findings } = checkPost(text, { template, places, lexicon, today });
    for (const { quote } of findings) if (quote !== undefined) expect(text).toContain(quote);
    for (const [id, count] of counts) {
      const of = findings.filter((f) => f.rule === id);
      if (of.length > 0 && found.includes(id)) count.tp += 1;
      else if (of.length > 0) count.fp += 1;
      else if (found.includes(id)) count.fn += 1;
      const word = words[id];
      const quoted = of.flatMap(({ quote }) => (quote === undefined ? [] : [folded(quote)]));
      if (word === undefined || quoted.length === 0) continue;
      quotes.given += 1;
      if (quoted.some((q) => q.includes(folded(word)) || folded(word).includes(q))) quotes.onTarget += 1;
    }
  }
  const f1 = [...counts].map(([id, { tp, fp, fn }]) => ({ id, f1: (2 * tp) / (2 * tp + fp + fn) }));
  return { posts: posts.length, f1, macroF1: f1.reduce((sum, each) => sum + each.f1, 0) / f1.length, quotes };
}

// Written and labelled by authors who had never seen the rules, pasted bare: level, place and remote are read from the
// text. What each scored before anyone looked stands in the README; these floors keep what was reached from being lost.
describe.each([
  ["a.jsonl", 50],
  ["b.jsonl", 50],
  ["c.jsonl", 40],
  ["d.jsonl", 50],
  ["e.jsonl", 50],
])("job posts written and labelled by others, %s", (file, posts) => {
  it("are judged as their labels say, and never misquoted", () => {
    const score = measured(file);
    expect(score.posts).toBe(posts);
    expect(score.macroF1).toBeGreaterThanOrEqual(0.97);
    for (const { id, f1 } of score.f1) expect(f1, id).toBeGreaterThanOrEqual(0.8);
    expect(score.quotes.onTarget / score.quotes.given).toBeGreaterThanOrEqual(0.8);
  });
});
