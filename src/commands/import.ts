import { existsSync, rmSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { Config } from "../config.ts";
import { ADMINISTER } from "../domain/access.ts";
import { DomainError, notAllowed } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import { EMPTY_MAP } from "../domain/transfer/import-map.ts";
import type { ImportPlan, ToPlan } from "../domain/transfer/import-plan.ts";
import type { ImportedSource, Unclear } from "../domain/transfer/imported.ts";
import { joinPeople, type PersonToImport } from "../domain/transfer/join-people.ts";
import type { LeftOutAt } from "../domain/transfer/left-out.ts";
import type { Services } from "../services/services.ts";
import type { Session } from "../services/session.ts";
import type { ImportBatch, ImportedBatch } from "../services/transfer/carry-out-import.ts";
import { withFingerprint } from "../services/transfer/fingerprint.ts";
import { readFilesOf } from "../services/transfer/read-files.ts";
import { isOwnExport } from "../transfer/archive/format.ts";
import {
  completeMapFile,
  mapPathOf,
  mapText,
  readMapFile,
  writeMapFile,
} from "../transfer/import-map-file.ts";
import {
  afterLines,
  commandText,
  importedLines,
  isLong,
  type LeftOutLines,
  leftOutLines,
  leftOutOf,
  leftOutText,
  nextLines,
  planLines,
} from "./import-text.ts";
import { restore } from "./restore.ts";
import { print, tellProgress } from "./terminal.ts";
import { NEVER_CANCELLED, withApp } from "./with-app.ts";

export type ImportOptions = {
  /** The key of the role for rows that name none. */
  readonly role?: string | undefined;
  readonly map?: string | undefined;
  readonly dates?: string | undefined;
  readonly yes?: boolean | undefined;
};

const DATES = ["DMY", "MDY", "YMD"] as const;

/** Reads people from a file or folder and prints what would come in, or with `yes` takes them in. */
export async function importPeople(config: Config, path: string, options: ImportOptions): Promise<void> {
  const from = resolve(path);
  if (!existsSync(from)) throw new DomainError("invalid", `${path}: there is nothing there.`);
  if (isOwnExport(from)) return importOwnExport(config, from, options);
  const dates =
    options.dates === undefined ? undefined : DATES.find((one) => one === options.dates?.toUpperCase());
  if (options.dates !== undefined && dates === undefined) throw notAllowed("--dates", options.dates, DATES);
  const { readImportSource } = await import("../transfer/import/read-source.ts");
  const source = await readImportSource(from, { dates, role: options.role });
  await withApp(config, { command: "greenflag import" }, async (app) => {
    const services = await app.services();
    const caller = {
      client: "greenflag import",
      tool: "import",
      access: ADMINISTER,
      signal: NEVER_CANCELLED,
    };
    await importSource(await services.startSession(caller), services, source, { ...options, from, print });
  });
}

/** An export of our own becomes the whole workspace: what `greenflag restore` does, once the person agrees. */
async function importOwnExport(config: Config, from: string, { yes }: ImportOptions): Promise<void> {
  if (yes) return restore(config, { directory: from });
  print(`${from} is a workspace that Greenflag exported. An empty database becomes that workspace.`);
  print(`To make it: greenflag import ${from} --yes`);
}

type Target = ImportOptions & { readonly from: string; readonly print: (line: string) => void };

/** Plans the import of what was read and, with `yes`, carries it out. */
export async function importSource(
  session: Session,
  services: Pick<Services, "imports">,
  source: ImportedSource,
  { from, print: printLine, ...options }: Target,
): Promise<void> {
  const tell = (line: string) => printLine(inOneLine(line));
  const { people, leftOut } = joinPeople(source.people.map(withFingerprint));
  const mapPath = options.map ?? mapPathOf(from);
  const given = options.map !== undefined || existsSync(mapPath) ? readMapFile(mapPath) : undefined;
  const { role } = options;
  const toPlan = {
    system: source.system,
    people: people.map(inBrief),
    map: given ?? EMPTY_MAP,
    role,
    leftOut,
  };
  const plan = await services.imports.plan(session, toPlan);
  const isWritten = given === undefined && people.length > 0 && writeMap(mapPath, from, plan);
  const completed = given === undefined ? 0 : completeMapFile(mapPath, plan);
  const next = { mapPath: isWritten || given ? mapPath : undefined, command: commandText(from, options) };
  const tellLeftOut = (some: readonly LeftOutAt[], unclear: readonly Unclear[]) => {
    const lines = leftOutOf(basename(from), some, [...source.unclear, ...unclear]);
    for (const line of leftOutLines(lines, writeLeftOut(leftOutPathOf(from), lines))) tell(line);
    if (completed > 0) tell(`Added to ${mapPath}: ${pluralize(completed, "name")} that it did not have.`);
  };
  if (!options.yes) {
    for (const line of planLines(source, people, plan)) tell(line);
    tellLeftOut(plan.left_out, plan.unclear);
    for (const line of nextLines(plan, next)) tell(line);
    return;
  }
  const { map, opened } = await services.imports.openRoles(session, { map: plan.map, role });
  for (const { name, key } of opened) tell(`Opened the role ${key} for ${name}.`);
  const adding = plan.to_add.flatMap((n) => people[n] ?? []);
  const done = await carryOutAll(session, services, adding, { system: source.system, map, role });
  // Of those who were to be added it was decided again as they were.
  const decided = new Set(adding.map(({ where }) => where));
  const leftOutNow = [...plan.left_out.filter(({ where }) => !decided.has(where)), ...done.left_out];
  const doubles = plan.doubles.filter(({ where }) => decided.has(where));
  for (const line of importedLines({ ...done, left_out: leftOutNow }, { ...plan, doubles })) tell(line);
  tellLeftOut(leftOutNow, done.unclear);
  for (const line of afterLines(plan, next)) tell(line);
}

/** Where the whole list of what is left out lies where the terminal shows only its beginning. */
const leftOutPathOf = (from: string): string => `${from}.greenflag-left-out.txt`;

/** Writes what is left out where it is long, and takes away the list of an earlier run. Undefined where none is written. */
function writeLeftOut(path: string, lines: LeftOutLines): string | undefined {
  try {
    if (isLong(lines)) writeFileSync(path, leftOutText(lines), { mode: 0o600 });
    else rmSync(path, { force: true });
    return isLong(lines) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Names of a source may hold what moves a terminal's cursor, turns text around, or looks like a line of ours. */
const inOneLine = (line: string): string =>
  line.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ");

/** A person without the words that a plan does not need: they stay in this process until they are stored. */
const inBrief = (person: PersonToImport): PersonToImport => {
  const short = ({ records }: Pick<PersonToImport, "records">) =>
    records.map((record) => ({ ...record, text: "" }));
  return {
    ...person,
    records: short(person),
    applications: person.applications.map((one) => ({ ...one, records: short(one) })),
  };
};

function writeMap(path: string, from: string, plan: ImportPlan): boolean {
  const { map, stages, known } = plan;
  return writeMapFile(path, mapText({ source: basename(from), map, stages, ...known }));
}

const PEOPLE_IN_A_BATCH = 50;
/** Files of so many bytes go to the database at once: less than what passes between two processes. */
const BYTES_IN_A_BATCH = 48_000_000;

type Rest = Pick<ToPlan, "system" | "map" | "role">;

/** Takes people in by batches. The files of the next are read while one is written. */
async function carryOutAll(
  session: Session,
  { imports }: Pick<Services, "imports">,
  people: readonly PersonToImport[],
  rest: Rest,
): Promise<ImportedBatch> {
  const [unclear, leftOut]: [Unclear[], LeftOutAt[]] = [[], []];
  const total = { people: 0, applications: 0, documents: 0, records: 0, unclear, left_out: leftOut };
  const batches = Array.from({ length: Math.ceil(people.length / PEOPLE_IN_A_BATCH) }, (_, n) =>
    people.slice(n * PEOPLE_IN_A_BATCH, (n + 1) * PEOPLE_IN_A_BATCH),
  );
  let ahead = readFilesOf(batches[0] ?? []);
  for (const [n] of batches.entries()) {
    const read = await ahead;
    ahead = readFilesOf(batches[n + 1] ?? []);
    // Where the writing fails, nobody waits for what was being read ahead.
    ahead.catch(() => undefined);
    unclear.push(...read.unclear);
    for (const part of bySize(read.people)) {
      const done = await imports.carryOut(session, { ...rest, people: part });
      total.people += done.people;
      total.applications += done.applications;
      total.documents += done.documents;
      total.records += done.records;
      unclear.push(...done.unclear);
      leftOut.push(...done.left_out);
    }
    tellProgress(`${Math.min(people.length, (n + 1) * PEOPLE_IN_A_BATCH)} of ${people.length} people`);
  }
  return total;
}

function bySize(people: ImportBatch["people"]): ImportBatch["people"][] {
  const parts: ImportBatch["people"][number][][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const one of people) {
    const size = one.files.reduce((sum, file) => sum + (file.original?.bytes.length ?? 0), 0);
    if (bytes + size > BYTES_IN_A_BATCH) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(one);
    bytes += size;
  }
  return parts;
}
