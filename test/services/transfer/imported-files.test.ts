import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { zipOf } from "../../support/docx.ts";
import { start } from "../../support/harness.ts";
import {
  application,
  NOW,
  openMle,
  ownFolder,
  person,
  runImport,
  sourceOf,
} from "../../support/importing.ts";
import { line, pdfOf } from "../../support/pdf.ts";

const database = useDatabase();

it("stores the files of a person, from a folder or an archive, and says which cannot be read", async () => {
  const store = await database.workspace();
  const ada = await start({ store, clock: { now: NOW } });
  await openMle(ada);
  const folder = ownFolder();
  const at = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const pdf = at("cv.pdf", pdfOf({ content: line("Ran twelve models in production.", 60, 700) }));
  const zip = at("letters.zip", zipOf({ "zoe/letter.txt": "I would like to work with you." }));
  const [resume, letter] = ["resume", "cover_letter"];
  const files = [
    { name: "cv.pdf", kind: resume, path: pdf },
    { name: "letter.txt", kind: letter, path: zip, entry: "zoe/letter.txt" },
    { name: "lost.txt", kind: letter, path: zip, entry: "zoe/lost.txt" },
    { name: "gone.pdf", kind: resume, path: join(folder, "gone.pdf") },
    { name: "no.pdf", kind: resume, path: at("no.pdf", "this is no PDF") },
    { name: "offer.pdf", kind: "other", path: pdf },
  ];
  const people = [person(2, { files, applications: [application({ role: "MLE", stage: "Applied" })] })];
  const text = (await runImport(store, sourceOf(people), { yes: true })).join("\n");
  expect(text).toContain("with 2 documents");
  expect(text).toContain("row 2, lost.txt: it cannot be opened");
  expect(text).toContain("row 2, gone.pdf: it cannot be opened");
  expect(text).toContain("row 2, no.pdf: this is no PDF file.");
  expect(text).toContain("row 2, offer.pdf: it is neither a résumé nor a cover letter");
  const { documents = [], tasks } = await ada.ok("get_candidate", {
    application: "MLE-1",
    include: ["documents"],
  });
  expect(documents.map(({ kind, name, untrusted }) => [kind, name, untrusted.text])).toEqual([
    ["resume", "cv.pdf", "Ran twelve models in production."],
    ["cover_letter", "letter.txt", "I would like to work with you."],
  ]);
  expect(tasks).toMatchObject([{ what: "assessment" }]);
});
