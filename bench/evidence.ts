import { readdirSync, readFileSync } from "node:fs";
import { loadCatalog } from "../src/catalog/load.ts";
import { assess } from "../src/domain/evaluation/assessment.ts";
import { compileRubric } from "../src/domain/evidence/compile.ts";
import { tokenize } from "../src/domain/text/tokens.ts";
import { report } from "./report.ts";

const SECONDS = 2;
const CHARS = 2_000;

/** Documents assessed in a second on one core, beside only splitting the same documents into words. */
export function benchEvidence(): void {
  const folder = new URL("../examples/resumes/", import.meta.url);
  const texts = readdirSync(folder).map((name) =>
    readFileSync(new URL(name, folder), "utf8").repeat(3).slice(0, CHARS),
  );
  const rubric = compileRubric(loadCatalog({}).get("mlops-engineer").rubric);
  const read = (text: string) =>
    assess(rubric, { lane: null, documents: [{ id: "d", kind: "resume", name: "d", text }], findings: [] });
  const ours = rate(texts, read);
  report(
    `documents of ${CHARS / 1000} kB assessed (a second)`,
    ours,
    rate(texts, tokenize),
    "at least 400 a second",
  );
  for (const length of [20_000, 200_000]) {
    const text = texts.join("\n").repeat(40).slice(0, length);
    const started = performance.now();
    read(text);
    console.log(`  one of ${length / 1000} kB: ${(performance.now() - started).toFixed(0)} ms`);
  }
}

/** How many a second of this process's own time: what else the machine does is no part of it. */
function rate(texts: readonly string[], work: (text: string) => unknown): number {
  for (const text of texts) work(text);
  const before = process.cpuUsage();
  const until = performance.now() + SECONDS * 1000;
  let done = 0;
  for (; performance.now() < until; done += 1) work(texts[done % texts.length] ?? "");
  const { user, system } = process.cpuUsage(before);
  return done / ((user + system) / 1e6);
}
