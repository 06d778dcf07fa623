import { DomainError } from "../../domain/errors.ts";
import { shippedMigrations } from "../../store/database/migrate.ts";
import type { Db } from "../../store/store.ts";
import { type Column, columnsByTable } from "../../store/transfer/columns.ts";
import { type Content, lockAndLookIn, removeFirstStart } from "../../store/transfer/empty.ts";
import { COPIED_TABLES, type TransferTable } from "../../store/transfer/tables.ts";
import {
  beginRestoring,
  countRows,
  endRestoring,
  writeRows,
  writeRowWithFile,
} from "../../store/transfer/write-rows.ts";
import type { Header } from "../../transfer/archive/format.ts";
import { type Archive, damaged, faultsOf, openArchive } from "../../transfer/archive/read-archive.ts";
import type { Upkeep } from "../upkeep.ts";
import { keepConfirmedFromLeaving } from "./confirmed-messages.ts";
import { type ErasedPeople, erasureOf } from "./erased-people.ts";

type ArchiveInput = {
  /** The absolute path of an export. */
  readonly directory: string;
  /** The version of this program. */
  readonly version: string;
};

export type RestoreInput = ArchiveInput & {
  /** Lists of people who were erased since, as absolute paths. */
  readonly erased?: readonly string[];
};

export type Restored = {
  readonly header: Header;
  /** Of the people on the lists, those who were on record again, and were erased again. */
  readonly erasedAgain: number;
  /** Messages that were confirmed and had not left. Whether they did since is not known, so none is sent. */
  readonly unsent: number;
};

/** Reads an export as a restore would, and says what is wrong with it. @throws DomainError `invalid` with every fault. */
export async function verifyArchive(_at: Upkeep, input: ArchiveInput): Promise<Header> {
  const archive = await openArchive(input.directory, releaseOf(input));
  const faults = await faultsOf(archive, input.directory);
  if (faults.length > 0) throw damaged(...faults);
  return archive.header;
}

/**
 * Makes the workspace of an export again, in a database that is empty but for its first start. All of it or nothing: it is
 * one transaction. This process then works in that workspace.
 */
export async function restoreWorkspace(
  at: Upkeep,
  input: RestoreInput,
  { now, people }: { readonly now: Date; readonly people: ErasedPeople | undefined },
): Promise<Restored> {
  await verifyArchive(at, input);
  const eraseAgain = await erasureOf(people, input.erased ?? []);
  const archive = await openArchive(input.directory, releaseOf(input));
  const { workspace } = archive.header;
  const done = await at.write(async (tx) => {
    const contents = await lockAndLookIn(tx);
    if (contents.length > 0) throw notEmpty(contents);
    await beginRestoring(tx);
    await removeFirstStart(tx);
    await writeTables(tx, archive, at.signal);
    await endRestoring(tx);
    const unsent = await keepConfirmedFromLeaving(tx, workspace, now);
    return { unsent, erasedAgain: await eraseAgain(at, tx, workspace) };
  });
  await at.refresh();
  // They are erased by now. What fails here is done when the database is opened again.
  if (done.erasedAgain > 0) await people?.clear({ ...at, workspaceId: workspace }).catch(() => undefined);
  return { header: archive.header, ...done };
}

const releaseOf = ({ version }: ArchiveInput) => ({ version, migrations: shippedMigrations() });

async function writeTables(tx: Db, { header, schema, rows }: Archive, signal: AbortSignal): Promise<void> {
  const here = await columnsByTable(tx);
  for (const { name } of schema.tables) {
    if (!here.has(name) && header.files[`${name}.jsonl`]) throw unknownPart(name);
  }
  for (const table of COPIED_TABLES) {
    const written = schema.tables.find(({ name }) => name === table.name);
    // An older release had no such table.
    if (written?.columns === undefined) continue;
    const columns = columnsFor(table, here.get(table.name) ?? [], written.columns);
    await writeTable(tx, table, columns, rows(table.name), signal);
    const expected = header.files[`${table.name}.jsonl`]?.rows;
    const count = await countRows(tx, table.name, header.workspace);
    if (count !== expected)
      throw new Error(`${table.name} has ${count} rows after a restore of ${String(expected)}`);
  }
}

const ROWS_AT_ONCE = 100;

async function writeTable(
  tx: Db,
  { name, file }: TransferTable,
  columns: readonly string[],
  rows: ReturnType<Archive["rows"]>,
  signal: AbortSignal,
): Promise<void> {
  const into = { table: name, columns };
  let batch: string[] = [];
  const flush = async () => {
    if (signal.aborted) throw new DomainError("declined", "The restore was cancelled; nothing was changed.");
    if (batch.length > 0) await writeRows(tx, into, batch);
    batch = [];
  };
  for await (const row of rows) {
    if (file === undefined) batch.push(row.json);
    else
      await writeRowWithFile(tx, into, { json: row.json, column: file.bytes, bytes: await row.readFile() });
    if (batch.length === ROWS_AT_ONCE) await flush();
  }
  await flush();
}

/** The columns that are filled. What this release has beyond those of the export must have a default. */
function columnsFor(
  { name, file }: TransferTable,
  here: readonly Column[],
  written: readonly { readonly name: string; readonly type: string }[],
): readonly string[] {
  for (const column of written) {
    if (here.find((one) => one.name === column.name)?.type !== column.type)
      throw unknownPart(`${name}.${column.name}`);
  }
  const filled = [...written.map((column) => column.name), ...(file ? [file.bytes] : [])];
  const lacking = here.find(
    (column) => !filled.includes(column.name) && !column.nullable && !column.has_default,
  );
  if (lacking) throw unknownPart(`${name}.${lacking.name}`);
  return filled;
}

const unknownPart = (part: string): DomainError =>
  new DomainError(
    "invalid",
    `The export and this release differ in ${part}; nothing was changed.`,
    "Restore it with the release that wrote it, open the database with this one, and export it again.",
  );

function notEmpty(contents: readonly Content[]): DomainError {
  const list = contents.map(({ table, rows }) => `${table.replaceAll("_", " ")} (${rows})`).join(", ");
  return new DomainError(
    "conflict",
    `The database is not empty, so nothing was restored. It holds: ${list}.`,
    "Name an empty one: GREENFLAG_DATA_DIR with a new directory, or DATABASE_URL with a new database.",
  );
}
