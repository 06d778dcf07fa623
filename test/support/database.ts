import { readFile } from "node:fs/promises";
import { brotliDecompressSync } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { drizzle } from "drizzle-orm/pglite";
import { uuidv7 } from "uuidv7";
import { beforeAll, inject } from "vitest";
import { clearFiles } from "../../src/store/database/clear-files.ts";
import { createStore } from "../../src/store/database/create-store.ts";
import { openPostgresql } from "../../src/store/database/open-postgresql.ts";
import type { Opened } from "../../src/store/database/opened.ts";
import type { Db, Store } from "../../src/store/store.ts";
import * as schema from "../../src/store/tables.ts";

/** Opened by the first file of a worker that asks, and kept for those that follow: to open one takes longer than most tests. */
let opening: Promise<Opened> | undefined;

function openOnce(): Promise<Opened> {
  const url = inject("databaseUrl");
  opening ??= url === undefined ? openArchive() : openPostgresql(url);
  return opening;
}

/** The database of this worker, on the engine of this run, and as many workspaces in it as tests want. */
export function useDatabase(): { readonly db: Db; workspace(): Promise<Store> } {
  let opened: Opened | undefined;
  beforeAll(async () => {
    opened = await openOnce();
  });
  const ready = (): Opened => {
    if (!opened) throw new Error("the database is opened before the tests of a file, not while it is loaded");
    return opened;
  };
  return {
    get db() {
      return ready().db;
    },
    async workspace() {
      const { db } = ready();
      const workspaceId = uuidv7();
      const createdAt = new Date("2026-11-01T09:00:00Z");
      await db.insert(schema.workspaces).values({ workspaceId, name: "Test", createdAt });
      await db.insert(schema.members).values({
        workspaceId,
        id: uuidv7(),
        email: "ada@example.test",
        name: "Ada Byron",
        access: "admin",
        createdAt,
      });
      return createStore({ ...ready(), close: async () => {} }, workspaceId);
    },
  };
}

export async function openArchive(): Promise<Opened> {
  const tar = brotliDecompressSync(await readFile(inject("archive")));
  const client = await PGlite.create({ extensions: { pg_trgm }, loadDataDir: new Blob([tar]) });
  const db = drizzle({ client, schema, casing: "snake_case" }) as unknown as Db;
  return {
    ...{ db, engine: { name: "embedded", version: "18" }, close: () => client.close() },
    transaction: (work) => db.transaction((tx) => work(tx as unknown as Db)),
    async clear(tables) {
      await clearFiles(client, tables);
      return "rewritten";
    },
  };
}
