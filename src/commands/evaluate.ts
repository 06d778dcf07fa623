import * as z from "zod";
import { loadCatalog } from "../catalog/load.ts";
import type { Config } from "../config.ts";
import { assess } from "../domain/evaluation/assessment.ts";
import { compileRubric } from "../domain/evidence/compile.ts";
import { type Labelled, type Miss, measure, type Predicted } from "../domain/evidence/measure.ts";
import { pluralize } from "../domain/pluralize.ts";
import { readJsonLines } from "./json-lines.ts";
import { print } from "./terminal.ts";

/** The verdict by which the rules say that they found a flag. */
const FOUND = { green: "present", red: "unclear" } as const;

const Line = z.object({ id: z.string(), text: z.string(), flags: z.record(z.string(), z.array(z.string())) });

/**
 * Measures a template's rules on a team's own labelled documents: JSON Lines with `id`, `text` and `flags`, the flags
 * that are present with their quotes. Rules verify green flags and only point at red ones. Prints precision, recall and F1
 * for each flag, and every miss with its text.
 */
export function evaluate(config: Config, { file, template }: { file: string; template: string }): void {
  const catalog = loadCatalog(config.templatesDir === undefined ? {} : { directory: config.templatesDir });
  const rubric = compileRubric(catalog.get(template).rubric);
  const labelled = readLabelled(file);
  const predicted = labelled.map(({ id, text }): Predicted => {
    const documents = [{ id, kind: "resume" as const, name: id, text }];
    const { flags } = assess(rubric, { lane: null, documents, findings: [] }).assessment;
    const found = flags.filter(({ verdict, polarity }) => verdict === FOUND[polarity]);
    return {
      id,
      flags: Object.fromEntries(found.map((flag) => [flag.id, flag.evidence.map((e) => e.quote)])),
    };
  });
  const { flags, macroF1, quotes, misses } = measure(labelled, predicted);
  for (const { id, precision, recall, f1, tp, fp, fn } of flags) {
    print(
      `${id.padEnd(28)} P ${precision.toFixed(2)}  R ${recall.toFixed(2)}  F1 ${f1.toFixed(2)}  (tp ${tp}, fp ${fp}, fn ${fn})`,
    );
  }
  print(
    `macro-F1 ${macroF1.toFixed(3)} over ${pluralize(labelled.length, "document")}; ` +
      `${quotes.onTarget} of ${pluralize(quotes.given, "quote")} on target`,
  );
  for (const miss of misses) print(describe(miss));
}

function describe({ id, flag, kind, quotes }: Miss): string {
  const what = kind === "missed" ? "missed" : "found where there is none";
  return `${id} ${flag}, ${what}: ${quotes.map((quote) => JSON.stringify(quote.replace(/\s+/g, " "))).join(", ")}`;
}

function readLabelled(file: string): Labelled[] {
  const read = (line: unknown) => {
    const parsed = Line.safeParse(line);
    return parsed.success ? parsed.data : { wrong: "is no labelled document" };
  };
  const example = 'A line looks like {"id": "1", "text": "...", "flags": {"cost_win": ["quote"]}}.';
  return readJsonLines<Labelled>(file, read, { what: "document", example });
}
