import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "../../domain/errors.ts";
import { translateReading } from "./failures.ts";
import {
  checksumOf,
  FileOfRow,
  FORMAT,
  HEADER_FILE,
  Header,
  isOwnExport,
  README_FILE,
  SCHEMA_FILE,
  Schema,
  storedFilePath,
  tableFile,
} from "./format.ts";

/** A row as it stands in an archive. `readFile` gives the bytes that belong to it, and throws where they are others. */
type ArchivedRow = { readonly json: string; readFile(): Promise<Buffer> };

export type Archive = {
  readonly header: Header;
  readonly schema: Schema;
  /** The rows of a table in their order. Throws at the end where the file is not the one that was written. */
  rows(table: string): AsyncGenerator<ArchivedRow>;
};

export type Release = { readonly version: string; readonly migrations: number };

/**
 * Exports of databases with fewer migrations are refused: what their rows hold was changed since, not only added to. A
 * migration that changes what rows hold raises it to its own number.
 */
const OLDEST_MIGRATIONS = 18;
const MAX_HEADER_BYTES = 1024 * 1024;

/**
 * Opens an export for reading.
 * @param directory an absolute path
 * @throws DomainError `invalid` when it is none, is damaged, or belongs to another release; the message names the file
 */
export async function openArchive(directory: string, release: Release): Promise<Archive> {
  const header = await readHeader(directory);
  requireReadable(header, release);
  const text = await readWhole(directory, SCHEMA_FILE, header);
  return {
    header,
    schema: Schema.parse(JSON.parse(text.toString("utf8"))),
    rows: (table) => readRows(directory, tableFile(table), header),
  };
}

/** Reads everything once. @returns every fault, each with its file; none when the export is whole. */
export async function faultsOf({ header, rows }: Archive, directory: string): Promise<string[]> {
  const faults: string[] = [];
  const note = (error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
    faults.push(error.message);
  };
  const documents = { files: 0, bytes: 0 };
  for (const [name, { rows: count }] of Object.entries(header.files)) {
    // Whoever keeps an export may write into the file that is for people.
    if (count === undefined) {
      if (name !== README_FILE) await readWhole(directory, name, header).catch(note);
      continue;
    }
    try {
      for await (const row of rows(name.replace(/\.jsonl$/, ""))) {
        if (fileOf(row.json) === undefined) continue;
        documents.files += 1;
        documents.bytes += (await row.readFile().catch(note))?.length ?? 0;
      }
    } catch (error) {
      note(error);
    }
  }
  if (faults.length === 0 && documents.files !== header.documents.files)
    faults.push(`documents: ${documents.files} of ${header.documents.files} files are named`);
  return faults;
}

async function readHeader(directory: string): Promise<Header> {
  const path = join(directory, HEADER_FILE);
  if (!isOwnExport(directory))
    throw new DomainError(
      "invalid",
      `${directory} is no export of Greenflag: it holds no ${HEADER_FILE}.`,
      "Name the folder that greenflag export or greenflag backup wrote.",
    );
  const { size } = await stat(path);
  const text = size > MAX_HEADER_BYTES ? "" : await readFile(path, "utf8").catch(failedAt(path));
  const read = Header.safeParse(jsonOf(text));
  if (read.success) {
    const { checksum, ...fields } = read.data;
    if (checksum === checksumOf(fields)) return read.data;
  }
  // A later format may have other fields, so its number is looked for first.
  const { data: other } = Header.pick({ greenflag_export: true }).safeParse(jsonOf(text));
  if (other !== undefined && other.greenflag_export > FORMAT) throw tooNew("a newer release");
  throw damaged(`${HEADER_FILE}: it was changed or cut since it was written`);
}

function requireReadable({ greenflag_export, migrations, release }: Header, ours: Release): void {
  if (greenflag_export > FORMAT || migrations > ours.migrations) throw tooNew(`release ${release}`);
  if (greenflag_export === FORMAT && migrations >= OLDEST_MIGRATIONS) return;
  throw new DomainError(
    "invalid",
    `This export was written by release ${release}, and what its rows hold was changed since.`,
    "Restore it with that release into an empty database, open it with this one, and export it again.",
  );
}

const tooNew = (by: string): DomainError =>
  new DomainError(
    "invalid",
    `This export was written by ${by}, which is newer than this one; nothing was changed.`,
    "Update this program, then repeat.",
  );

/** The error for an archive that is not as it was written. */
export const damaged = (...faults: readonly string[]): DomainError =>
  new DomainError(
    "invalid",
    `The export is not whole; nothing was changed. ${faults.join(". ")}.`,
    "Take another copy of it.",
  );

type FileFacts = Header["files"][string];

const factsOf = (name: string, header: Header): FileFacts => {
  const facts = Object.hasOwn(header.files, name) ? header.files[name] : undefined;
  if (facts === undefined) throw fault(name, `${HEADER_FILE} does not name it`);
  return facts;
};

async function readWhole(directory: string, name: string, header: Header): Promise<Buffer> {
  const facts = factsOf(name, header);
  const bytes = await readFile(join(directory, name)).catch(failedAt(name));
  return requireSame(name, bytes, facts);
}

function requireSame(name: string, bytes: Buffer, facts: FileFacts): Buffer {
  requireSize(name, bytes.length, facts);
  requireHash(name, createHash("sha256").update(bytes), facts);
  return bytes;
}

async function* readRows(directory: string, name: string, header: Header): AsyncGenerator<ArchivedRow> {
  const facts = factsOf(name, header);
  const path = join(directory, name);
  const { size } = await stat(path).catch(failedAt(name));
  requireSize(name, size, facts);
  const hash = createHash("sha256");
  let rows = 0;
  for await (const line of linesOf(path, hash)) {
    rows += 1;
    yield { json: line, readFile: () => readFileOfRow(directory, line) };
  }
  requireHash(name, hash, facts);
  if (rows !== facts.rows) throw fault(name, `it has ${rows} rows, and ${facts.rows} were written`);
}

/** The lines of a file, of which only one is in memory. */
async function* linesOf(path: string, hash: Hash): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  for await (const chunk of createReadStream(path)) {
    let rest = chunk as Buffer;
    hash.update(rest);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield Buffer.concat([...pieces, rest.subarray(0, end)]).toString("utf8");
      pieces = [];
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) pieces.push(rest);
  }
  if (pieces.length > 0) yield Buffer.concat(pieces).toString("utf8");
}

/** The file of a row; undefined where a row has none. */
const fileOf = (json: string): FileOfRow | undefined =>
  json.includes('"file_sha256"') ? FileOfRow.safeParse(jsonOf(json)).data : undefined;

async function readFileOfRow(directory: string, json: string): Promise<Buffer> {
  const row = FileOfRow.parse(JSON.parse(json));
  const name = storedFilePath(row.id, row.extension);
  const bytes = await readFile(join(directory, ...name.split("/"))).catch(failedAt(name));
  return requireSame(name, bytes, { bytes: row.file_bytes, sha256: row.file_sha256 });
}

function requireSize(name: string, bytes: number, facts: FileFacts): void {
  if (bytes < facts.bytes) throw fault(name, `it is cut: ${bytes} of ${facts.bytes} bytes are there`);
  if (bytes > facts.bytes) throw fault(name, `it has ${bytes} bytes, and ${facts.bytes} were written`);
}

function requireHash(name: string, hash: Hash, facts: FileFacts): void {
  if (hash.digest("hex") !== facts.sha256) throw fault(name, "it was changed since it was written");
}

const fault = (name: string, what: string): DomainError =>
  new DomainError("invalid", `${name}: ${what}`, "Take another copy of the export.");

const failedAt = (name: string) => (error: unknown) => translateReading(error, name);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
