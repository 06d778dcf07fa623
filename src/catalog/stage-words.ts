import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { StageWords } from "../domain/transfer/match-stage.ts";

let words: StageWords | undefined;

/** The names that other trackers and sheets have for stages. Read when first needed. */
export function loadStageWords(): StageWords {
  words ??= StageWords.parse(parse(readFileSync(new URL("transfer/stages.yaml", import.meta.url), "utf8")));
  return words;
}
