import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createArchives } from "../../../src/services/transfer/archives.ts";
import { createStartUpkeep, type Upkeep } from "../../../src/services/upkeep.ts";
import { brokenChains } from "../../../src/store/events.ts";
import type { Store } from "../../../src/store/store.ts";
import { COPIED_TABLES } from "../../../src/store/transfer/tables.ts";
import { useFreshStores } from "../../support/fresh-stores.ts";
import { fillWorkspace } from "../../support/full-workspace.ts";

const stores = useFreshStores();
const folder = mkdtempSync(join(tmpdir(), "greenflag-archives-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const version = "0.1.0";
const archives = createArchives({ now: () => new Date("2026-11-25T09:00:00Z") });
const at = (store: Store): Promise<Upkeep> =>
  createStartUpkeep({ store: async () => store })({ signal: new AbortController().signal });

let made = 0;
async function exported(store: Store): Promise<string> {
  made += 1;
  const directory = join(folder, `export-${made}`);
  await archives.export(await at(store), { directory, version });
  return directory;
}

/** Every file of an export by its path, without what belongs to the moment and the engine of writing it. */
function contentOf(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  return Object.fromEntries(
    files
      .map((f) => join(f.parentPath, f.name))
      .sort()
      .map((path) => [path.slice(directory.length), contentOfFile(path)]),
  );
}

function contentOfFile(path: string): string {
  const text = readFileSync(path, "latin1");
  if (!path.endsWith("greenflag-export.json")) return text;
  const { checksum: _c, when: _w, engine: _e, ...header } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify(header);
}

describe("a workspace that is exported and restored", () => {
  it("is equal byte for byte when it is exported again, and its history adds up", async () => {
    const store = await stores.fresh();
    await fillWorkspace(store);
    const first = await exported(store);
    const rows = Object.fromEntries(
      COPIED_TABLES.map(({ name }) => [name, readFileSync(join(first, `${name}.jsonl`), "utf8").length]),
    );
    expect(Object.entries(rows).filter(([, length]) => length === 0)).toEqual([]);
    const into = await stores.fresh();
    await archives.restore(await at(into), { directory: first, version });
    expect(into.workspaceId).toBe(store.workspaceId);
    expect(contentOf(await exported(into))).toEqual(contentOf(first));
    expect(await into.read((db) => brokenChains(db, into.workspaceId, 10))).toEqual([]);
  });
});
