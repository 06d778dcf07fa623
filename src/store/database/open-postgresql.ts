import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import * as schema from "../tables.ts";
import { MIGRATION_LOCK, MIGRATIONS } from "./migrate.ts";
import type { Opened } from "./opened.ts";

const CONNECT_MS = 5_000;
const POOL = 10;

/**
 * Connects to a PostgreSQL server and updates its schema. Processes that start at the same time wait for each other.
 */
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
    onConnect: prepare,
  });
  // A broken connection fails its query, and the pool replaces it. The pool also emits this event, which would end the
  // process without a listener.
  pool.on("error", () => {});
  const { rows } = await pool.query<{ server_version: string }>("show server_version");
  return {
    db: drizzle({ client: pool, schema, casing: "snake_case" }) as unknown as Opened["db"],
    engine: { name: "postgresql", version: rows[0]?.server_version ?? "unknown" },
    // The connection is taken and released here, because drizzle never releases one whose `begin` failed.
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

/**
 * Turns parallel workers off: our queries take tens of milliseconds, and starting a worker costs more. Set by a
 * statement because poolers may refuse startup options.
 */
async function prepare(client: pg.ClientBase): Promise<void> {
  client.on("error", () => {});
  await client.query("set max_parallel_workers_per_gather = 0");
}

/** Locks before migrating, because drizzle's migrator does not, and several processes may start at once. */
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
