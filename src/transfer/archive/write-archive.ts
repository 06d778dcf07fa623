import { createHash } from "node:crypto";
import { mkdir, open, readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DomainError } from "../../domain/errors.ts";
import { translateWriting } from "./failures.ts";
import {
  checksumOf,
  DOCUMENTS,
  HEADER_FILE,
  type Header,
  type HeaderFields,
  README_FILE,
  SCHEMA_FILE,
  type Schema,
  storedFilePath,
  tableFile,
} from "./format.ts";
import { README } from "./readme.ts";

type RowToWrite = {
  readonly json: string;
  readonly file?: { readonly bytes: Uint8Array; readonly extension: string };
};

/** Where an export is being written. Nothing is under its final name before all of it is there. */
export type ArchiveWriter = {
  table(name: string, pages: AsyncIterable<readonly RowToWrite[]>): Promise<void>;
  schema(schema: Schema): Promise<void>;
};

type About = Omit<HeaderFields, "files" | "documents">;

/**
 * Writes an export whole or not at all: it grows under a temporary name beside `target` and gets its own at the end.
 * @param target an absolute path that does not exist, or an empty folder
 * @throws DomainError where it cannot be written, or another process writes to the same place
 */
export async function writeArchive(
  target: string,
  write: (archive: ArchiveWriter) => Promise<About>,
): Promise<Header> {
  const growing = await makeRoom(target).catch((error: unknown) => translateWriting(error, target));
  try {
    const header = await fill(growing, write);
    // Windows does not rename onto a folder, and what is not empty is not removed.
    await rmdir(target).catch(ignoreMissing);
    await rename(growing, target);
    return header;
  } catch (error) {
    await rm(growing, { recursive: true, force: true }).catch(() => {});
    return translateWriting(error, target);
  }
}

/** The files are readable by this user only: they hold personal data. */
const PRIVATE = 0o600;
const PRIVATE_FOLDER = 0o700;

async function fill(growing: string, write: (archive: ArchiveWriter) => Promise<About>): Promise<Header> {
  const files: HeaderFields["files"] = {};
  const documents = { files: 0, bytes: 0 };
  await mkdir(join(growing, DOCUMENTS), { mode: PRIVATE_FOLDER });
  const saveText = async (name: string, text: string) => {
    await writeFile(join(growing, name), text, { mode: PRIVATE, flush: true });
    files[name] = { bytes: Buffer.byteLength(text), sha256: hashOf(text) };
  };
  const about = await write({
    schema: (schema) => saveText(SCHEMA_FILE, `${JSON.stringify(schema, null, 1)}\n`),
    async table(name, pages) {
      files[tableFile(name)] = await writeTable(growing, name, pages, documents);
    },
  });
  await saveText(README_FILE, README);
  const fields: HeaderFields = { ...about, files, documents };
  const header = { ...fields, checksum: checksumOf(fields) };
  await writeFile(join(growing, HEADER_FILE), `${JSON.stringify(header, null, 1)}\n`, {
    ...{ mode: PRIVATE, flush: true },
  });
  return header;
}

async function writeTable(
  growing: string,
  name: string,
  pages: AsyncIterable<readonly RowToWrite[]>,
  documents: { files: number; bytes: number },
): Promise<HeaderFields["files"][string]> {
  const hash = createHash("sha256");
  const facts = { rows: 0, bytes: 0 };
  const file = await open(join(growing, tableFile(name)), "wx", PRIVATE);
  try {
    for await (const page of pages) {
      const lines: string[] = [];
      for (const row of page) lines.push(await lineOf(growing, row, documents));
      const piece = Buffer.from(`${lines.join("\n")}\n`);
      hash.update(piece);
      await file.writeFile(piece);
      facts.rows += page.length;
      facts.bytes += piece.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { ...facts, sha256: hash.digest("hex") };
}

/** The line of a row. Its bytes go into a file of their own, and the line names their number and hash. */
async function lineOf(
  growing: string,
  { json, file }: RowToWrite,
  documents: { files: number; bytes: number },
): Promise<string> {
  if (file === undefined) return json;
  const row = JSON.parse(json) as { id: string };
  const path = join(growing, ...storedFilePath(row.id, file.extension).split("/"));
  await writeFile(path, file.bytes, { mode: PRIVATE, flag: "wx" });
  documents.files += 1;
  documents.bytes += file.bytes.length;
  return JSON.stringify({ ...row, file_bytes: file.bytes.length, file_sha256: hashOf(file.bytes) });
}

/** How many bytes an export has grown to that is being written to this place, whichever process writes it. */
export async function bytesWritten(target: string): Promise<number> {
  const names = await readdir(dirname(target)).catch(() => []);
  const growing = names.find((name) => name.startsWith(partialName(target)));
  if (growing === undefined) return 0;
  const folder = join(dirname(target), growing);
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  let bytes = 0;
  for (const file of files) bytes += (await stat(join(folder, file)).catch(() => undefined))?.size ?? 0;
  return bytes;
}

const partialName = (target: string): string => `.${basename(target)}.partial-`;

const hashOf = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** Makes the folder in which the export grows, and removes what a process that is gone left of one. */
async function makeRoom(target: string): Promise<string> {
  const there = await readdir(target).catch(ignoreMissing);
  if (there !== undefined && there.length > 0)
    throw new DomainError(
      "conflict",
      `${target} is there already and is not empty; nothing was written.`,
      "Name a folder that is not there yet.",
    );
  const [parent, begin] = [dirname(target), partialName(target)];
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (!name.startsWith(begin)) continue;
    if (isAlive(Number(name.slice(begin.length)))) throw underWay(join(parent, name));
    await rm(join(parent, name), { recursive: true, force: true });
  }
  const growing = join(parent, `${begin}${process.pid}`);
  await mkdir(growing, { mode: PRIVATE_FOLDER });
  return growing;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const underWay = (path: string): DomainError =>
  new DomainError(
    "conflict",
    `Another export to this place is under way in ${path}.`,
    "Wait for it, or name another folder. If no export runs, remove that folder.",
  );

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}
