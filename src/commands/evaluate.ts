import { readFileSync } from "node:fs";
import * as z from "zod";
import { loadCatalog } from "../catalog/load.ts";
import type { Config } from "../config.ts";
import { assess } from "../domain/assessment.ts";
import { DomainError } from "../domain/errors.ts";
import { compileRubric } from "../domain/evidence/compile.ts";
import { type Labelled, type Miss, measure, type Predicted } from "../domain/evidence/measure.ts";
import { print } from "./terminal.ts";

const Line = z.object({ id: z.string(), text: z.string(), flags: z.record(z.string(), z.array(z.string())) });

/**
 * Measures a template's rules on a team's own labelled documents: JSON Lines with `id`, `text` and `flags`, the flags
 * that are present with their quotes. Prints precision, recall and F1 for each flag, and every miss with its text.
 */
export function evaluate(config: Config, { file, template }: { file: string; template: string }): void {
  const catalog = loadCatalog(config.templatesDir === undefined ? {} : { directory: config.templatesDir });
  const rubric = compileRubric(catalog.get(template).rubric);
  const labelled = readLabelled(file);
  const predicted = labelled.map(({ id, text }): Predicted => {
    const documents = [{ id, kind: "resume" as const, name: id, text }];
    const { flags } = assess(rubric, { lane: null, documents, findings: [] });
    const present = flags.filter((flag) => flag.verdict === "present");
    return {
      id,
      flags: Object.fromEntries(present.map((flag) => [flag.id, flag.evidence.map((e) => e.quote)])),
    };
  });
  const { flags, macroF1, quotes, misses } = measure(labelled, predicted);
  for (const { id, precision, recall, f1, tp, fp, fn } of flags) {
    print(
      `${id.padEnd(28)} P ${precision.toFixed(2)}  R ${recall.toFixed(2)}  F1 ${f1.toFixed(2)}  (tp ${tp}, fp ${fp}, fn ${fn})`,
    );
  }
  print(
    `macro-F1 ${macroF1.toFixed(3)} over ${labelled.length} documents; ${quotes.onTarget} of ${quotes.given} quotes on target`,
  );
  for (const miss of misses) print(describe(miss));
}

function describe({ id, flag, kind, quotes }: Miss): string {
  const what = kind === "missed" ? "missed" : "found where there is none";
  return `${id} ${flag}, ${what}: ${quotes.map((quote) => JSON.stringify(quote.replace(/\s+/g, " "))).join(", ")}`;
}

function readLabelled(file: string): Labelled[] {
  const wrong = (why: string) =>
    new DomainError(
      "invalid",
      `${file}: ${why}`,
      'A line looks like {"id": "1", "text": "...", "flags": {"cost_win": ["quote"]}}.',
    );
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw wrong("cannot be read.");
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) throw wrong("holds no document.");
  return lines.map((line, n) => {
    const parsed = Line.safeParse(asJson(line));
    if (!parsed.success) throw wrong(`line ${n + 1} is no labelled document.`);
    return parsed.data;
  });
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
