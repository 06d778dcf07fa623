import { setTimeout as pause } from "node:timers/promises";
import type { MigrationConfig } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import type { Cleared, Db } from "../store.ts";
import * as schema from "../tables.ts";
import { isGone, UnansweredCommit } from "./failures.ts";
import { MIGRATION_LOCK, MIGRATIONS, schemaVersion } from "./migrate.ts";
import type { Opened } from "./opened.ts";
import { createSockets, type Sockets } from "./sockets.ts";

/** To reach a server and to be answered by it: together less than the 15 seconds after which a silent network is told. */
const CONNECT_MS = 4_000;
const ANSWER_MS = 10_000;
/** The server gives up first, so that a slow statement is told apart from a silent network. */
const STATEMENT_MS = 9_000;
const LOCK_MS = 5_000;
const HEARTBEAT_MS = 2_000;
const POOL = 10;

/**
 * Connects to a PostgreSQL server and updates its schema. Processes that start at the same time wait for each other.
 */
export async function openPostgresql(url: string): Promise<Opened> {
  const sockets = createSockets();
  try {
    return await openThrough(sockets, url);
  } catch (error) {
    sockets.destroy();
    throw error;
  }
}

/** Connections to a server. None waits longer than a few seconds, whatever becomes of the network. */
export function createPool(
  sockets: Sockets,
  url: string,
  { max, onConnect }: { readonly max: number; readonly onConnect: (client: pg.ClientBase) => Promise<void> },
): { readonly pool: pg.Pool; readonly server: pg.ClientConfig } {
  const server = {
    connectionString: url,
    application_name: "greenflag",
    connectionTimeoutMillis: CONNECT_MS,
    stream: sockets.open,
  };
  const pool = new pg.Pool({
    ...server,
    max,
    // Only a limit on this side ends a call when the network goes silent.
    query_timeout: ANSWER_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: 15_000,
    async onConnect(client) {
      client.on("error", () => {});
      await onConnect(client);
    },
  });
  // A broken connection fails its query, and the pool replaces it. The pool also emits this event, which would end the
  // process without a listener.
  pool.on("error", () => {});
  return { pool, server };
}

async function openThrough(sockets: Sockets, url: string): Promise<Opened> {
  const { pool, server } = createPool(sockets, url, { max: POOL, onConnect: prepare });
  const db = drizzle({ client: pool, schema, casing: "snake_case" }) as unknown as Opened["db"];
  const { rows } = await pool.query<{ server_version: string }>("show server_version");
  if (!(await isUpToDate(pool, db))) await migrateOnce(server, { migrationsFolder: MIGRATIONS });
  return {
    db,
    engine: { name: "postgresql", version: rows[0]?.server_version ?? "unknown" },
    // The connection is taken and released here, because drizzle never releases one whose `begin` failed.
    async transaction(work) {
      const client = await pool.connect();
      let isBroken = false;
      try {
        return await transact(client, work);
      } catch (error) {
        // The server rolls back what a dropped connection had begun.
        isBroken = isGone(error) || !(await isRolledBack(client));
        throw error;
      } finally {
        client.release(isBroken);
      }
    },
    clear: (tables) => vacuum(pool, tables),
    async close() {
      await pool.end();
      sockets.destroy();
    },
  };
}

/** drizzle's own transaction does not tell a failed commit from what failed before it. */
async function transact<T>(client: pg.PoolClient, work: (tx: Db) => Promise<T>): Promise<T> {
  await client.query("begin");
  const result = await work(drizzle({ client, casing: "snake_case" }) as unknown as Db);
  await client.query("commit").catch((error: unknown) => {
    throw isGone(error) ? new UnansweredCommit(error) : error;
  });
  return result;
}

const isRolledBack = (client: pg.PoolClient): Promise<boolean> =>
  client.query("rollback").then(
    () => true,
    () => false,
  );

/**
 * Has the server give back what deleted rows held, where this login may and the server is done in time. Otherwise it
 * does that by itself.
 */
async function vacuum(pool: pg.Pool, tables: readonly string[]): Promise<Cleared> {
  const { rows } = await pool.query<{ mayAll: boolean }>(
    `select bool_and(pg_has_role(relowner, 'usage')) as "mayAll" from pg_class
     where relnamespace = 'public'::regnamespace and relname = any($1)`,
    [tables],
  );
  if (rows[0]?.mayAll !== true) return "left_to_server";
  try {
    for (const table of tables) await pool.query(`vacuum ${pg.escapeIdentifier(table)}`);
    return "vacuumed";
  } catch (error) {
    if (isGone(error)) throw error;
    return "left_to_server";
  }
}

/**
 * Turns parallel workers and compilation off: our queries take tens of milliseconds, and starting a worker or compiling
 * a query costs more. Set by a statement because poolers may refuse startup options.
 */
async function prepare(client: pg.ClientBase): Promise<void> {
  await client.query("set max_parallel_workers_per_gather = 0; set jit = off");
}

/** Asked before anything is migrated: a login that may read and write is enough where nothing is to be changed. */
async function isUpToDate(pool: pg.Pool, db: Db): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as there",
  );
  if (rows[0]?.there !== true) return false;
  const { applied, shipped } = await schemaVersion(db);
  return applied >= shipped;
}

/** drizzle's migrator takes no lock of its own, and several processes do start at once. */
export async function migrateOnce(server: pg.ClientConfig, migrations: MigrationConfig): Promise<void> {
  const [client, heart] = [new pg.Client(server), new pg.Client({ ...server, query_timeout: CONNECT_MS })];
  const done = new AbortController();
  try {
    for (const each of [client, heart]) {
      each.on("error", () => {});
      await each.connect();
    }
    await Promise.race([migrateAlone(client, migrations), heartbeat(heart, done.signal)]);
  } finally {
    done.abort();
    for (const each of [client, heart]) each.end().catch(() => {});
  }
}

async function migrateAlone(client: pg.Client, migrations: MigrationConfig): Promise<void> {
  await client.query("select set_config('lock_timeout', $1, false)", [String(ANSWER_MS)]);
  await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
  await migrate(drizzle({ client }), migrations);
}

/** A migration may take long; this fails as soon as the server is silent, and never ends by itself. */
async function heartbeat(heart: pg.Client, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await heart.query("select 1");
    await pause(HEARTBEAT_MS);
  }
}
