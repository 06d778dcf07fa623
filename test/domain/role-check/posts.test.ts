import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { checkPost } from "../../../src/domain/role-check/check.ts";
import type { Level } from "../../../src/domain/roles/role.ts";
import { cpuMs } from "../../support/cpu.ts";

type Case = {
  id: string;
  today: string;
  location: string | null;
  remote: boolean;
  level: Level | null;
  text: string;
  /** Rules that must be found, each with words that its quote holds, or null where something is missing. */
  expect: Record<string, string | null>;
  not: string[];
};

const catalog = loadCatalog({});
const { places, get } = catalog;
const lexicon = catalog.lexicon();
const template = get("mlops-engineer");
const posts = readFileSync(new URL("posts.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

const folded = (text: string) => text.replace(/[*_]/g, "").replace(/\s+/g, " ");

describe("the table of job posts", () => {
  it("has at least forty", () => expect(posts.length).toBeGreaterThanOrEqual(40));

  it.each(posts)("$id is judged as was written down before the rules were", (post) => {
    const { text, ...setting } = post;
    const { findings } = checkPost(text, { template, places, lexicon, ...setting });
    const rules = findings.map((f) => f.rule);
    const wrong = post.not.filter((rule) => rules.includes(rule));
    const missed = Object.keys(post.expect).filter((rule) => !rules.includes(rule));
    expect({ wrong, missed }, JSON.stringify(findings, null, 1)).toEqual({ wrong: [], missed: [] });
    for (const [rule, words] of Object.entries(post.expect)) {
      if (words === null) continue;
      const quotes = findings.filter((f) => f.rule === rule).map((f) => folded(f.quote ?? ""));
      expect(
        quotes.some((q) => q.includes(folded(words)) || (folded(words).includes(q) && q.length > 10)),
        `${rule}: ${quotes} for ${words}`,
      ).toBe(true);
    }
    for (const { quote } of findings) if (quote !== undefined) expect(text).toContain(quote);
  });
});

describe("hostile text", () => {
  it.each([
    "improve our ",
    "5 years of experience in the and ",
    "$100,000 - ",
    "save the cut 40k and pay ",
    "- you have the a\n",
    "Interview: 45 min and the call ",
    "the same our software engineer and ",
    "degree and live the zip cv ",
    "*_#:",
    "not ",
    "\n",
    "a\n",
    "| ",
    "✅ ",
    "A, ",
    "in St. ",
    "1 2 3 ",
    "9am to ",
    "Level: ",
    "three rounds of 50 ",
  ])("of %j over and over is read to its end", (words) => {
    const text = `the and of to you we our is ${words.repeat(100_000)}`.slice(0, 100_000);
    expect(
      checkPost(text, { template, places, lexicon, today: "2026-11-24" }).findings.length,
    ).toBeGreaterThan(0);
  });

  it.each(["Engineer", "Engineer. ", "- "])(
    "takes time in step with its length where blanks follow %j",
    (words) => {
      const ms = (length: number) =>
        cpuMs(() =>
          checkPost(`${words}${" ".repeat(length)}!`, { template, places, lexicon, today: "2026-11-24" }),
        );
      const [once, twice] = [ms(49_000), ms(98_000)];
      expect(twice).toBeLessThan(3 * once + 100);
    },
  );
});
