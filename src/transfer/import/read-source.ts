import { extname } from "node:path";
import { type ExportFiles, loadExportFiles, loadFileNames } from "../../catalog/export-files.ts";
import { DomainError } from "../../domain/errors.ts";
import type { ImportedSource, Unclear } from "../../domain/transfer/imported.ts";
import { ArchiveFault } from "./archive.ts";
import { ashby } from "./ashby.ts";
import { tokensOf } from "./file-words.ts";
import { type Gathered, gather, type SourceFile } from "./gather.ts";
import { greenhouse } from "./greenhouse.ts";
import { personOfJsonResume, withJsonResumes } from "./json-resume.ts";
import { lever } from "./lever.ts";
import { matchFiles } from "./match-files.ts";
import { isJson, isObject, readJson } from "./read-json.ts";
import { createRecords, LEFT, type Records } from "./records.ts";
import { teamtailor } from "./teamtailor.ts";
import { collectUnclear, type Draft, type Told } from "./vendor.ts";
import { workable } from "./workable.ts";

type Options = {
  /** The order of day and month in a sheet's dates, where it does not tell itself. */
  readonly dates?: "DMY" | "MDY" | "YMD" | undefined;
  /** The role for which résumés come in that no list names. */
  readonly role?: string | undefined;
};

/** The system of an export of Greenflag's own, which is not read here. */
const OWN_EXPORT = "greenflag";
const OWN_EXPORT_FILE = "greenflag-export.json";

// Lever's lists of names have the fewest fields, so it comes last.
const VENDORS = [greenhouse, ashby, workable, teamtailor, lever];

const SHEETS = new Set([".csv", ".tsv", ".tab", ".xlsx"]);
const OTHER_SHEETS = new Set([".xls", ".ods", ".numbers", ".xlsb"]);
const DOCUMENTS = new Set([
  ...[".pdf", ".docx", ".txt", ".md", ".markdown", ".html", ".htm", ".eml", ".rtf", ".odt", ".doc"],
]);

type Reading = {
  readonly options: Options;
  readonly isMany: boolean;
  readonly words: ExportFiles;
  readonly records: Records;
  readonly told: Told;
  /** What is told one by one, such as rows and files. */
  readonly each: Unclear[];
  readonly recognised: { what: string; as: string }[];
  readonly systems: Set<string>;
  readonly people: Draft[];
  readonly resumes: Draft[];
  readonly documents: SourceFile[];
};

/**
 * Finds out what a file, folder or zip holds (sheets, exports of other trackers, résumés) and reads the people in it.
 * @throws DomainError `invalid` where there is nothing that can be read, or what two trackers have written.
 */
export async function readImportSource(path: string, options: Options): Promise<ImportedSource> {
  const gathered = await gather(path);
  try {
    if (gathered.files.some(({ name }) => name.split("/").at(-1) === OWN_EXPORT_FILE))
      return {
        system: OWN_EXPORT,
        people: [],
        unclear: [],
        recognised: [{ what: path, as: "an export of Greenflag" }],
      };
    return await readFiles(gathered, options);
  } finally {
    gathered.close();
  }
}

async function readFiles(
  { files, unclear: left, isMany }: Gathered,
  options: Options,
): Promise<ImportedSource> {
  const { told, entries } = collectUnclear();
  const each: Unclear[] = [...left];
  const reading: Reading = {
    ...{ options, isMany, told, each, words: loadExportFiles(), records: createRecords(VENDORS) },
    ...{ recognised: [], systems: new Set(), people: [], resumes: [], documents: [] },
  };
  for (const file of files) await readOne(file, reading);
  const { records, recognised, systems, people, resumes, documents } = reading;
  records.finish(told);
  for (const { file, vendor, kind, count } of records.counts())
    if (kind.left === undefined)
      recognised.push({ what: `${file}: ${count}`, as: `${vendor.title}, ${kind.id}` });
  for (const vendor of records.systems()) {
    const found = vendor.assemble((kind) => records.itemsOf(vendor, kind), told);
    if (found.length > 0) systems.add(vendor.system);
    people.push(...found);
  }
  const [system, another] = [...systems].filter((one) => one !== "sheet");
  if (another !== undefined)
    throw fault(
      "holds exports of more than one tracker.",
      `Import those of ${[...systems].join(" and ")} each by itself.`,
    );
  const everybody = withJsonResumes(people, resumes);
  const matched = matchFiles(everybody, documents, loadFileNames(), (entry) => each.push(entry));
  if (documents.length > 0)
    recognised.push({ what: `${documents.length} files`, as: "résumés and other documents" });
  const unclear = [...each, ...entries()];
  const whole = unclear.find(({ where, field }) => where === files[0]?.name && field === undefined);
  if (matched.length === 0 && whole !== undefined && !isMany) throw fault(`the file ${whole.why}.`);
  return {
    system: system ?? (systems.has("sheet") || resumes.length === 0 ? "sheet" : "json-resume"),
    people: matched,
    unclear,
    recognised,
  };
}

const fault = (why: string, hint?: string): DomainError => new DomainError("invalid", `FILE: ${why}`, hint);

async function readOne(file: SourceFile, reading: Reading): Promise<void> {
  const { told, words, isMany } = reading;
  const extension = extname(file.name).toLowerCase();
  const isSheet = SHEETS.has(extension) || (extension === ".txt" && !isMany);
  try {
    if (isSheet || isJson(file.name)) {
      const entry = entryFor(file.name, words);
      const left =
        entry !== undefined && (isSheet || entry.holds === "demographic")
          ? LEFT_SHEETS[entry.holds]
          : undefined;
      if (left !== undefined) told({ where: file.name, why: left });
      else if (isSheet) await readSheetOf(file, entry?.system, reading);
      else await readJsonOf(file, reading);
    } else if (DOCUMENTS.has(extension)) reading.documents.push(file);
    else if (OTHER_SHEETS.has(extension))
      told({ where: file.name, why: "is a sheet of a kind that is not read: save it as XLSX or CSV" });
    else told({ where: file.name, why: "is of a kind that is not read" });
  } catch (error) {
    if (!(error instanceof ArchiveFault)) throw error;
    told({ where: file.name, why: error.message });
  }
}

/** Why sheets are left out by what they hold. */
const LEFT_SHEETS: Partial<Record<ExportFiles["files"][number]["holds"], string>> = {
  ...LEFT,
  scorecards: "is a sheet of scorecards, which is not read: export them as JSON",
  feedback: "is a sheet of feedback, which is not read: export it as JSON",
};

/** What a file of an export is by its name, else by that of the folder or archive that it lies in. */
function entryFor(path: string, { files }: ExportFiles): ExportFiles["files"][number] | undefined {
  const names = path.split("/").reverse().slice(0, 2).map(tokensOf);
  return names.flatMap((tokens) => files.find(({ words }) => standsIn(words, tokens)) ?? [])[0];
}

function standsIn(words: readonly string[], tokens: readonly string[]): boolean {
  let at = -1;
  return words.every((word) => {
    at = tokens.indexOf(word, at + 1);
    return at >= 0;
  });
}

async function readJsonOf(
  file: SourceFile,
  { told, records, resumes, recognised, options }: Reading,
): Promise<void> {
  for (const value of readJson(await file.read(), file.name, told)) {
    if (isObject(value) && Object.hasOwn(value, "basics")) {
      const resume = personOfJsonResume(value, { file, role: options.role, told });
      if (resume === undefined) continue;
      resumes.push(resume);
      recognised.push({ what: file.name, as: "JSON Resume" });
    } else records.take(value, file.name);
  }
}

async function readSheetOf(
  file: SourceFile,
  system: string | undefined,
  { told, each, people, systems, recognised, options, isMany }: Reading,
): Promise<void> {
  const { readSheet } = await import("./read-sheet.ts");
  try {
    const sheet = await readSheet(await file.read(), file.name, { dates: options.dates, system });
    systems.add(system ?? "sheet");
    // Rows of several sheets have the same numbers.
    const at = (where: string) => (isMany ? `${file.name}, ${where}` : where);
    for (const person of sheet.people)
      people.push({ ...person, where: at(person.where), attachments: [], ids: idsOf(person.id) });
    recognised.push(...sheet.recognised);
    each.push(...sheet.unclear.map((entry) => ({ ...entry, where: at(entry.where) })));
  } catch (error) {
    if (!(error instanceof DomainError) || !isMany) throw error;
    told({ where: file.name, why: error.message });
  }
}

const idsOf = (id: string | undefined): string[] => (id === undefined ? [] : [id]);
