import { lstat, readdir, readFile, realpath } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { DomainError } from "../../domain/errors.ts";
import type { Unclear } from "../../domain/transfer/imported.ts";
import { ArchiveFault, openArchive } from "./archive.ts";

/** A file of what is imported. `name` is its path from there on, with `/`. */
export type SourceFile = {
  readonly name: string;
  readonly path: string;
  /** The path inside the zip at `path`. */
  readonly entry?: string;
  readonly read: () => Promise<Buffer>;
};

/** The files of a path, in the order of their names, and what of it is left out. */
export type Gathered = {
  readonly files: readonly SourceFile[];
  readonly unclear: readonly Unclear[];
  /** Whether the path is a folder or archive, so that files in it belong together. */
  readonly isMany: boolean;
  readonly close: () => void;
};

/** A file that is read whole. The largest exports of people are a tenth of this. */
const MAX_FILE_BYTES = 256_000_000;
const MAX_FILES = 200_000;
const MB = 1_000_000;
const TOO_LARGE = `is over ${MAX_FILE_BYTES / MB} MB: export it in parts`;
/** What systems, and imports of ours, put beside people's files, and what is never one of them. */
const HIDDEN = /^(?:\..*|__MACOSX|Thumbs\.db|desktop\.ini|~\$.*|.*\.greenflag-(?:map\.yaml|left-out\.txt))$/i;
const isHidden = (name: string): boolean => name.split("/").some((part) => HIDDEN.test(part));
const isZip = (name: string): boolean => extname(name).toLowerCase() === ".zip";

type Work = { files: SourceFile[]; unclear: Unclear[]; closing: (() => void)[] };

/**
 * Finds the files of a file, folder or zip. Links and hidden files are left out, archives are opened one level deep, and
 * nothing is read yet.
 * @throws DomainError `invalid` where there is nothing at the path, or nothing to read.
 */
export async function gather(named: string): Promise<Gathered> {
  const path = await realpath(named).catch(() => Promise.reject(fault("there is no file at this path.")));
  const stats = await lstat(path);
  const work: Work = { files: [], unclear: [], closing: [] };
  const close = () => {
    for (const end of work.closing) end();
  };
  try {
    if (stats.isDirectory()) await walk(path, "", work);
    else if (stats.isFile()) await take(path, basename(path), work);
    else throw fault("must be a file or a folder.");
  } catch (error) {
    close();
    throw error;
  }
  const [first] = work.unclear;
  const isMany = stats.isDirectory() || isZip(path);
  if (work.files.length === 0 && first !== undefined && !isMany) throw fault(`the file ${first.why}.`);
  if (work.files.length === 0 && first === undefined)
    throw fault(isMany ? "there is no file in it." : "is hidden.");
  return { ...work, files: inOrder(work.files), isMany, close };
}

const fault = (why: string): DomainError => new DomainError("invalid", `FILE: ${why}`);

const inOrder = (files: readonly SourceFile[]): SourceFile[] =>
  files.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));

async function walk(folder: string, within: string, work: Work): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const [path, name] = [join(folder, entry.name), `${within}${entry.name}`];
    if (isHidden(entry.name)) continue;
    if (entry.isSymbolicLink()) work.unclear.push({ where: name, why: "is a link, and is not followed" });
    else if (entry.isDirectory()) await walk(path, `${name}/`, work);
    else if (entry.isFile()) await take(path, name, work);
  }
}

async function take(path: string, name: string, work: Work): Promise<void> {
  if (work.files.length >= MAX_FILES) throw fault(`it holds more than ${MAX_FILES} files.`);
  const { size } = await lstat(path);
  if (isZip(name)) return takeArchive(path, name, work);
  if (size > MAX_FILE_BYTES) work.unclear.push({ where: name, why: TOO_LARGE });
  else if (size === 0) work.unclear.push({ where: name, why: "is empty" });
  else work.files.push({ name, path, read: () => readFile(path) });
}

async function takeArchive(path: string, name: string, work: Work): Promise<void> {
  try {
    const archive = await openArchive(path);
    work.closing.push(archive.close);
    for (const { name: entry, bytes, why } of archive.entries) {
      const where = `${name}/${entry}`;
      if (isHidden(entry)) continue;
      if (why !== undefined) work.unclear.push({ where, why });
      else if (isZip(entry))
        work.unclear.push({ where, why: "is an archive in an archive: unpack the outer one" });
      else if (bytes > MAX_FILE_BYTES) work.unclear.push({ where, why: TOO_LARGE });
      else if (bytes === 0) work.unclear.push({ where, why: "is empty" });
      else work.files.push({ name: where, path, entry, read: () => archive.read(entry) });
    }
  } catch (error) {
    if (!(error instanceof ArchiveFault)) throw error;
    work.unclear.push({ where: name, why: error.message });
  }
}
