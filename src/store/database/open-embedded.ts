import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import * as schema from "../tables.ts";
import { clearFiles } from "./clear-files.ts";
import { filesFailure, isDatabaseThere } from "./directory-failures.ts";
import { appendErased } from "./erased-list.ts";
import { MIGRATIONS } from "./migrate.ts";
import type { Opened } from "./opened.ts";
import { placeDatabase } from "./ready-made.ts";

/**
 * Opens the embedded database in a directory that this process holds; where there is none, a ready-made one is put there
 * first.
 * @param release gives the directory up. It is called when nothing touches the files any more, also after a failure.
 * @throws DomainError `unavailable` when its files belong to another version or are damaged.
 */
export async function openEmbedded(directory: string, release: () => Promise<void>): Promise<Opened> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const data = join(directory, "db");
    if (!isDatabaseThere(data)) await placeDatabase(data);
    const client = await PGlite.create(data, { extensions: { pg_trgm } }).catch((error: unknown) => {
      throw filesFailure(error, data);
    });
    const db = drizzle({ client, schema, casing: "snake_case" });
    await migrate(db, { migrationsFolder: MIGRATIONS });
    const { rows } = await client.query<{ server_version: string }>("show server_version");
    return {
      db: db as unknown as Opened["db"],
      engine: { name: "embedded", version: rows[0]?.server_version ?? "unknown" },
      transaction: (work) => db.transaction((tx) => work(tx as unknown as Opened["db"])),
      async clear(tables, erased) {
        await appendErased(directory, erased);
        await clearFiles(client, tables);
        return "rewritten";
      },
      async close() {
        await client.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
