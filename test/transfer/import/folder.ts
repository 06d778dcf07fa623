import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { ImportedPerson, ImportedSource } from "../../../src/domain/transfer/imported.ts";
import { readImportSource } from "../../../src/transfer/import/read-source.ts";

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export type Files = Readonly<Record<string, unknown>>;

/** A folder of these files: bytes and texts as they are, anything else as JSON. */
export function folderOf(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "greenflag-import-"));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const isPlain = typeof content === "string" || content instanceof Uint8Array;
    writeFileSync(join(folder, name), isPlain ? content : JSON.stringify(content));
  }
  return folder;
}

export const read = (path: string, role?: string): Promise<ImportedSource> =>
  readImportSource(path, { dates: undefined, role });

export const readFolder = (files: Files, role?: string): Promise<ImportedSource> =>
  read(folderOf(files), role);

/** What is told, in a line each. */
export const toldOf = ({ unclear }: ImportedSource): string[] =>
  unclear.map(({ where, field, why }) => `${where}${field === undefined ? "" : ` (${field})`}: ${why}`);

/** A person with all that a source need not say left at nothing. */
export const person = (
  known: Partial<ImportedPerson> & Pick<ImportedPerson, "where" | "name">,
): ImportedPerson => ({
  ...{ otherEmails: [], links: [], tags: [], doNotContact: false, files: [], records: [], applications: [] },
  ...known,
});
