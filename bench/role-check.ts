import { readFileSync } from "node:fs";
import { loadCatalog } from "../src/catalog/load.ts";
import { checkPost } from "../src/domain/role-check/check.ts";
import { foreignLanguage } from "../src/domain/role-check/language.ts";
import { median } from "./report.ts";

const CHARS = 20_000;
const RUNS = 60;

/** check_role on a post of 20 kB, made of the posts of the test table, beside only telling its language. */
export function benchRoleCheck(): void {
  const table = readFileSync(new URL("../test/domain/role-check/posts.jsonl", import.meta.url), "utf8");
  const posts = table
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { text: string }).text);
  const text = posts.slice(0, 40).join("\n\n").slice(0, CHARS);
  const catalog = loadCatalog({});
  const { places, get } = catalog;
  const lexicon = catalog.lexicon();
  const template = get("mlops-engineer");
  const check = () =>
    checkPost(text, {
      template,
      places,
      lexicon,
      today: "2026-11-24",
      level: "senior",
      location: "Denver, CO",
      remote: false,
    });
  console.log(
    `check_role on a post of ${CHARS / 1000} kB: median ${timed(check)} ms; its language alone ${timed(() => foreignLanguage(text))} ms (goal: under 20 ms)`,
  );
}

function timed(work: () => unknown): string {
  for (let n = 0; n < 10; n += 1) work();
  const taken = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return median(taken).toFixed(1);
}
