import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { MIGRATION_LOCK, MIGRATIONS } from "./migrate.ts";
import type { Opened } from "./open.ts";
import * as schema from "./tables.ts";

const SECONDS_TO_CONNECT = 5;
const POOL = 10;

/** Connects to a PostgreSQL server and brings its schema up to date, one starter at a time. */
export async function openPostgresql(url: string): Promise<Opened> {
  await migrateOnce(url);
  const client = postgres(url, {
    max: POOL,
    connect_timeout: SECONDS_TO_CONNECT,
    onnotice: () => {},
    connection: {
      application_name: "greenflag",
      statement_timeout: 15_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 15_000,
    },
  });
  const db = drizzle({ client, schema, casing: "snake_case" });
  const version = await client`show server_version`;
  return {
    db: db as unknown as Opened["db"],
    engine: { name: "postgresql", version: String(version[0]?.server_version) },
    close: () => client.end({ timeout: SECONDS_TO_CONNECT }),
  };
}

/** drizzle's migrator takes no lock of its own, and several processes do start at once. */
async function migrateOnce(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: SECONDS_TO_CONNECT, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle({ client }), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.end({ timeout: SECONDS_TO_CONNECT });
  }
}
