import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { DomainError } from "../../domain/errors.ts";
import * as schema from "../tables.ts";
import { MIGRATIONS } from "./migrate.ts";
import type { Opened } from "./opened.ts";

/** The PostgreSQL that the pinned PGlite release carries: a data directory belongs to one major version. */
const MAJOR = "18";

/**
 * Opens (and makes, where there is none) the embedded database in a directory that this process holds.
 * @param release gives the directory up: called once nothing touches it any more, also when it cannot be opened.
 * @throws DomainError `unavailable` when it belongs to another version.
 */
export async function openEmbedded(directory: string, release: () => Promise<void>): Promise<Opened> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const data = join(directory, "db");
    requireMajor(data);
    const client = await PGlite.create(data, { extensions: { pg_trgm } });
    const db = drizzle({ client, schema, casing: "snake_case" });
    await migrate(db, { migrationsFolder: MIGRATIONS });
    const { rows } = await client.query<{ server_version: string }>("show server_version");
    return {
      db: db as unknown as Opened["db"],
      engine: { name: "embedded", version: rows[0]?.server_version ?? "unknown" },
      transaction: (work) => db.transaction((tx) => work(tx as unknown as Opened["db"])),
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

function requireMajor(data: string): void {
  const file = join(data, "PG_VERSION");
  if (!existsSync(file)) return;
  const major = readFileSync(file, "utf8").trim();
  if (major === MAJOR) return;
  throw new DomainError(
    "unavailable",
    `The embedded database was made by PostgreSQL ${major}; this release opens version ${MAJOR}.`,
    "Open it with the release that made it and export it there, or set GREENFLAG_DATA_DIR to a new directory.",
  );
}
