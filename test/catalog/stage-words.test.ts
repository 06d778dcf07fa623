import { expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { loadStageWords } from "../../src/catalog/stage-words.ts";
import { nameKey } from "../../src/domain/transfer/import-map.ts";
import { endFor, stageFor } from "../../src/domain/transfer/match-stage.ts";

const { stages } = loadCatalog({}).get("mlops-engineer");
const words = loadStageWords();

it.each([
  ["Application Review", "applied"],
  ["CV-Screening", "applied"],
  ["new_applicant", "applied"],
  ["Telefoninterview", "screen"],
  ["Entretien téléphonique", "screen"],
  ["Take-Home Test", "exercise"],
  ["Angebot", "offer"],
  ["Offer", "offer"],
  ["Debrief", "debrief"],
  ["on_call_fit", "on_call_fit"],
  ["Onsite", undefined],
  ["Culture fit", undefined],
])("the stage %s of another tracker is %s", (name, stage) => {
  expect(stageFor(name, stages, words)).toBe(stage);
});

it("says of an end that it is one, and of a stage that it is none", () => {
  expect([endFor("Abgelehnt", words), endFor("Hired", words), endFor("Candidate withdrew", words)]).toEqual([
    ...["rejected", "hired", "withdrawn"],
  ]);
  expect(endFor("Screen", words)).toBeUndefined();
});

it("has no word twice", () => {
  const all = [...words.stages.map((entry) => entry.words), ...Object.values(words.ends)].flat().map(nameKey);
  expect(all.filter((word, n) => all.indexOf(word) !== n)).toEqual([]);
});
