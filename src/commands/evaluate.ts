import * as z from "zod";
import { loadCatalog } from "../catalog/load.ts";
import type { Config } from "../config.ts";
import { notAllowed } from "../domain/errors.ts";
import {
  foundByRules,
  foundWithReadings,
  type ReadingOfDocument,
} from "../domain/evaluation/evaluate-readings.ts";
import { FindingVerdict } from "../domain/evaluation/finding.ts";
import { compileRubric } from "../domain/evidence/compile.ts";
import { type Labelled, type Miss, measure } from "../domain/evidence/measure.ts";
import { pluralize } from "../domain/pluralize.ts";
import { readJsonLines } from "./json-lines.ts";
import { print } from "./terminal.ts";

const LabelledLine = z.object({
  id: z.string(),
  text: z.string(),
  flags: z.record(z.string(), z.array(z.string())),
});
const ReadingLine = z.object({
  id: z.string(),
  findings: z.array(
    z.object({
      flag: z.string(),
      verdict: FindingVerdict,
      quotes: z.array(z.string()),
      note: z.string().optional(),
    }),
  ),
});

/** What is measured: a file of labelled documents, and with `readings` a file of what a reader found in them. */
export type ToEvaluate = {
  readonly file: string;
  readonly template: string;
  readonly readings?: string | undefined;
};

/**
 * Measures a template's rules on a team's own labelled documents, or rules and a reading together, by the function that
 * assesses candidates. Prints precision, recall and F1 for every flag of the rubric, and every miss with its text.
 */
export function evaluate(config: Config, { file, template, readings }: ToEvaluate): void {
  const catalog = loadCatalog(config.templatesDir === undefined ? {} : { directory: config.templatesDir });
  const rubric = compileRubric(catalog.get(template).rubric);
  const measured = rubric.flags.map(({ flag }) => flag);
  const labelled = readLabelled(file, new Set(measured.map(({ id }) => id)));
  if (readings === undefined) {
    print("By rules alone: green flags that are verified, red ones that are pointed at (none is asserted).");
    const [byRules, byReader] = partition(measured, ({ conditions }) => conditions.length > 0);
    printMeasured(labelled, measure(labelled, foundByRules(rubric, labelled), byRules));
    if (byReader.length > 0)
      print(`Not measured, because only a reader finds them: ${byReader.map(({ id }) => id).join(", ")}.`);
    return;
  }
  const found = foundWithReadings(rubric, labelled, readReadings(readings));
  print("By rules and the reading: flags that are shown as present.");
  printMeasured(labelled, measure(labelled, found.predicted, measured));
  print(
    `${pluralize(found.given, "quote")}: ${found.refused} refused, ${found.notTaken.length - found.refused} left out; of the ` +
      `flags shown ${found.verified} verified, ${found.claimed} claimed; ${pluralize(found.toRead, "flag")} left to read`,
  );
  for (const { id, message } of found.notTaken) print(`${id}, not taken: ${message}`);
}

const partition = <T>(items: readonly T[], is: (item: T) => boolean): [T[], T[]] => [
  items.filter(is),
  items.filter((item) => !is(item)),
];

function printMeasured(labelled: readonly Labelled[], measured: ReturnType<typeof measure>): void {
  const { flags, misses } = measured;
  for (const { id, polarity, tp, fp, fn, ...ratios } of flags) {
    const figures = tp + fp + fn === 0 ? "neither labelled nor found" : ratiosText(ratios);
    print(`${polarity.padEnd(5)} ${id.padEnd(28)} ${figures}  (tp ${tp}, fp ${fp}, fn ${fn})`);
  }
  for (const name of ["green", "red", "all"] as const) {
    const { macroF1, tp, fp, fn, quotes, onTarget, ...ratios } = measured[name];
    print(`${name.padEnd(34)} ${ratiosText(ratios)}  (tp ${tp}, fp ${fp}, fn ${fn})`);
    print(
      `${"".padEnd(34)} macro-F1 ${macroF1.toFixed(3)}, ${onTarget} of ${pluralize(quotes, "quote")} on target`,
    );
  }
  print(`${pluralize(labelled.length, "document")}.`);
  for (const miss of misses) print(missText(miss));
}

const ratiosText = ({ precision, recall, f1 }: { precision: number; recall: number; f1: number }): string =>
  `P ${precision.toFixed(2)}  R ${recall.toFixed(2)}  F1 ${f1.toFixed(2)}`;

function missText({ id, flag, kind, quotes }: Miss): string {
  const what = kind === "missed" ? "missed" : "found where there is none";
  return `${id} ${flag}, ${what}: ${quotes.map((quote) => JSON.stringify(quote.replace(/\s+/g, " "))).join(", ")}`;
}

function readLabelled(file: string, flags: ReadonlySet<string>): Labelled[] {
  const read = (line: unknown) => {
    const { success, data } = LabelledLine.safeParse(line);
    if (!success) return { wrong: "is no labelled document" };
    const unknown = Object.keys(data.flags).find((flag) => !flags.has(flag));
    if (unknown === undefined) return data;
    const { message, hint } = notAllowed("flags", unknown, [...flags]);
    return { wrong: `is no labelled document of this rubric: ${message} ${hint ?? ""}`.trim() };
  };
  const example = 'A line looks like {"id": "1", "text": "...", "flags": {"cost_win": ["quote"]}}.';
  return readJsonLines<Labelled>(file, read, { what: "document", example });
}

function readReadings(file: string): ReadingOfDocument[] {
  const read = (line: unknown) => {
    const { success, data } = ReadingLine.safeParse(line);
    return success ? data : { wrong: "is no reading" };
  };
  const example =
    'A line looks like {"id": "1", "findings": [{"flag": "cost_win", "verdict": "present", "quotes": ["quote"]}]}.';
  return readJsonLines<ReadingOfDocument>(file, read, { what: "reading", example });
}
