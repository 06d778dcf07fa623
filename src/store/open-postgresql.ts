import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { MIGRATION_LOCK, MIGRATIONS } from "./migrate.ts";
import type { Opened } from "./open.ts";
import * as schema from "./tables.ts";

const CONNECT_MS = 5_000;
const POOL = 10;

/** Connects to a PostgreSQL server and brings its schema up to date, one starter at a time. */
export async function openPostgresql(url: string): Promise<Opened> {
  await migrateOnce(url);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "greenflag",
    max: POOL,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: 15_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 15_000,
  });
  // A connection that breaks fails the query that it carries, and the pool replaces it. The event says so once more,
  // and would end the process if nobody listened.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const { rows } = await pool.query<{ server_version: string }>("show server_version");
  return {
    db: drizzle({ client: pool, schema, casing: "snake_case" }) as unknown as Opened["db"],
    engine: { name: "postgresql", version: rows[0]?.server_version ?? "unknown" },
    // The connection is taken and given back here: drizzle keeps one for good whose `begin` has failed.
    async transaction(work) {
      const client = await pool.connect();
      try {
        return await drizzle({ client, casing: "snake_case" }).transaction((tx) =>
          work(tx as unknown as Opened["db"]),
        );
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

/** drizzle's migrator takes no lock of its own, and several processes do start at once. */
async function migrateOnce(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migrate(drizzle({ client }), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.end();
  }
}
