import { readFile, stat } from "node:fs/promises";
import { readBytes } from "../../documents/read.ts";
import { DomainError } from "../../domain/errors.ts";
import type { ImportedFile, Unclear } from "../../domain/transfer/imported.ts";
import type { PersonToImport } from "../../domain/transfer/join-people.ts";
import { MAX_FILE_BYTES } from "../../domain/uploads/link.ts";
import { readEntries } from "../../transfer/archive-entries.ts";
import type { FileRead, ImportBatch } from "./carry-out-import.ts";

type People = ImportBatch["people"];

/** How many files are read at once: each in a process of its own. */
const FILES_AT_ONCE = 2;

/** Reads the files of some people. One that cannot be read is told, and its person comes in without it. */
export async function readFilesOf(
  people: readonly PersonToImport[],
): Promise<{ readonly people: People; readonly unclear: readonly Unclear[] }> {
  const unclear: Unclear[] = [];
  const wanted = people.flatMap((person) => person.files.map((file) => ({ person, file })));
  const entries = await entriesOf(wanted.map(({ file }) => file));
  const read = new Map<ImportedFile, FileRead>();
  const next = wanted[Symbol.iterator]();
  const work = async () => {
    for (const { person, file } of next) {
      const one = await readOne(file, entries);
      if ("why" in one) unclear.push({ where: person.where, field: file.name, why: one.why });
      else read.set(file, one);
    }
  };
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, work));
  const filesOf = (person: PersonToImport) => person.files.flatMap((file) => read.get(file) ?? []);
  return { people: people.map((person) => ({ person, files: filesOf(person) })), unclear };
}

type Bytes = Buffer | "too_large" | undefined;

/** The bytes of what lies in archives, each archive opened once. */
async function entriesOf(
  files: readonly ImportedFile[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Bytes>>> {
  const wanted = new Map<string, Set<string>>();
  for (const { path, entry, kind } of files) {
    if (entry === undefined || kind === "other") continue;
    wanted.set(path, (wanted.get(path) ?? new Set()).add(entry));
  }
  const read = new Map<string, Map<string, Bytes>>();
  for (const [path, names] of wanted)
    read.set(path, await readEntries(path, names, MAX_FILE_BYTES).catch(() => new Map()));
  return read;
}

async function readOne(
  file: ImportedFile,
  entries: ReadonlyMap<string, ReadonlyMap<string, Bytes>>,
): Promise<FileRead | { readonly why: string }> {
  const { kind, name, path, entry } = file;
  if (kind === "other") return { why: "it is neither a résumé nor a cover letter, and is left out" };
  try {
    const bytes = entry === undefined ? await bytesAt(path) : entries.get(path)?.get(entry);
    if (bytes === undefined) return { why: "it cannot be opened" };
    if (bytes === "too_large") return { why: `it is over ${MAX_FILE_BYTES / 1_000_000} MB` };
    return { ...(await readBytes(bytes, name, "file")), kind };
  } catch (error) {
    if (error instanceof DomainError) return { why: error.message.replace(/^file: /, "") };
    throw error;
  }
}

async function bytesAt(path: string): Promise<Bytes> {
  try {
    if ((await stat(path)).size > MAX_FILE_BYTES) return "too_large";
    return await readFile(path);
  } catch {
    return undefined;
  }
}
