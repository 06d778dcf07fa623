import { expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { loadCellLists, loadSheetWords } from "../../src/catalog/sheet-words.ts";
import { loadStageWords } from "../../src/catalog/stage-words.ts";
import { nameKey } from "../../src/domain/transfer/import-map.ts";
import { stageFor } from "../../src/domain/transfer/match-stage.ts";

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

it("says of an end that it is one, and not of a stage or of what can end in several ways", () => {
  const { cell } = loadSheetWords();
  expect(["Abgelehnt", "Hired", "Candidate withdrew"].map(cell.endOf)).toEqual([
    "rejected",
    "hired",
    "withdrawn",
  ]);
  expect(["Screen", "Archived", "Closed"].map(cell.endOf)).toEqual([undefined, undefined, undefined]);
});

it("has no word twice, be it for a stage or for what became of somebody", () => {
  const { status, withdrawn_within: withdrawn, hired_within: hired } = loadCellLists();
  // The same word in two languages is one word.
  const ends = Object.values(status).map((byLanguage) => [...new Set(Object.values(byLanguage).flat())]);
  const all = [...words.stages.map((entry) => entry.words), ...ends, withdrawn, hired].flat().map(nameKey);
  expect(all.filter((word, n) => all.indexOf(word) !== n)).toEqual([]);
});
