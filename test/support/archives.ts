import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { createArchives } from "../../src/services/transfer/archives.ts";
import { createStartUpkeep } from "../../src/services/upkeep.ts";
import type { Store } from "../../src/store/store.ts";
import { checksumOf, HEADER_FILE, Header, Schema } from "../../src/transfer/archive/format.ts";

const VERSION = "0.1.0";
const NOW = new Date("2026-11-25T09:00:00Z");

/** Exports and restores as the commands do, in a folder that is gone after the file's tests. */
export function useArchives() {
  const folder = mkdtempSync(join(tmpdir(), "greenflag-archives-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const archives = createArchives({ now: () => NOW });
  const at = (store: Store, signal = new AbortController().signal) =>
    createStartUpkeep({ store: async () => store })({ signal });
  let made = 0;
  const newPath = () => {
    made += 1;
    return join(folder, `export-${made}`);
  };
  return {
    folder,
    newPath,
    async export(store: Store, directory = newPath(), signal?: AbortSignal): Promise<string> {
      await archives.export(await at(store, signal), { directory, version: VERSION });
      return directory;
    },
    verify: async (store: Store, directory: string) =>
      archives.verify(await at(store), { directory, version: VERSION }),
    restore: async (store: Store, directory: string, erased?: string[]) =>
      archives.restore(await at(store), { directory, version: VERSION, ...(erased && { erased }) }),
  };
}

/** The files in which two exports differ, apart from the moment and the engine of writing them. */
export function differencesOf(one: string, other: string): string[] {
  const [left, right] = [contentOf(one), contentOf(other)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (path) => left[path] !== right[path],
  );
}

function contentOf(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  const paths = files.map((f) => join(f.parentPath, f.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(directory.length), contentOfFile(path)]));
}

function contentOfFile(path: string): string {
  const text = readFileSync(path, "latin1");
  if (!path.endsWith(HEADER_FILE)) return text;
  const { checksum: _c, when: _w, engine: _e, ...header } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify(header);
}

/** Changes an export as another release would have written it: its hashes are right. */
export function rewrite(
  directory: string,
  change: { header?: Partial<Header>; schema?: (schema: Schema) => Schema },
): void {
  const path = join(directory, HEADER_FILE);
  const { checksum: _, ...fields } = Header.parse(JSON.parse(readFileSync(path, "utf8")));
  const schemaPath = join(directory, "schema.json");
  const schema = Schema.parse(JSON.parse(readFileSync(schemaPath, "utf8")));
  writeFileSync(schemaPath, JSON.stringify(change.schema?.(schema) ?? schema));
  const bytes = readFileSync(schemaPath);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const files = { ...fields.files, "schema.json": { bytes: bytes.length, sha256 } };
  const written = { ...fields, files, ...change.header };
  writeFileSync(path, JSON.stringify({ ...written, checksum: checksumOf(written) }));
}
