import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { sql } from "drizzle-orm";
import { drizzle as onServer } from "drizzle-orm/node-postgres";
import { migrate as migrateServer } from "drizzle-orm/node-postgres/migrator";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { MIGRATIONS } from "../../src/store/database/migrate.ts";
import { openEmbedded } from "../../src/store/database/open-embedded.ts";
import { openPostgresql } from "../../src/store/database/open-postgresql.ts";
import type { Opened } from "../../src/store/database/opened.ts";
import { rowsOf } from "../../src/store/events.ts";
import type { Db } from "../../src/store/store.ts";

export type OlderDatabase = {
  readonly db: Db;
  migrate(folder: string): Promise<void>;
  /** Lets go of the database and opens it as the program does. */
  reopen(): Promise<Opened>;
};

/** Makes databases of their own that have had no migration yet, on the engine of this run; they are gone after the file's tests. */
export function useOlderDatabases(): {
  empty(): Promise<OlderDatabase>;
  before(tag: string): Promise<string>;
} {
  const ends: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  const folder = async () => {
    const path = await mkdtemp(join(tmpdir(), "greenflag-older-"));
    ends.push(() => rm(path, { recursive: true, force: true }));
    return path;
  };
  const url = inject("databaseUrl");
  return {
    empty: async () => (url === undefined ? emptyDirectory(await folder(), ends) : emptyOnServer(url, ends)),
    before: async (tag) => migrationsBefore(tag, await folder()),
  };
}

/** The names of the migrations that ship, in their order. */
export async function migrationTags(): Promise<string[]> {
  return (await readJournal(MIGRATIONS)).entries.map(({ tag }) => tag);
}

let empty: Promise<Blob> | undefined;

/** A directory as PGlite makes it: made once for a worker, since it takes seconds. */
async function makeEmpty(): Promise<Blob> {
  const client = await PGlite.create({ extensions: { pg_trgm } });
  const tar = await client.dumpDataDir("none");
  await client.close();
  return tar;
}

async function emptyDirectory(directory: string, ends: (() => Promise<void>)[]): Promise<OlderDatabase> {
  empty ??= makeEmpty();
  const data = join(directory, "db");
  const client = await PGlite.create(data, { extensions: { pg_trgm }, loadDataDir: await empty });
  ends.push(async () => void (client.closed || (await client.close())));
  const db = drizzle({ client });
  return {
    db: db as unknown as Db,
    migrate: (migrationsFolder) => migrate(db, { migrationsFolder }),
    async reopen() {
      await client.close();
      const opened = await openEmbedded(directory, async () => {});
      ends.push(opened.close);
      return opened;
    },
  };
}

let made = 0;

async function emptyOnServer(url: string, ends: (() => Promise<void>)[]): Promise<OlderDatabase> {
  made += 1;
  const name = `greenflag_older_${process.pid}_${made}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${name}`);
  ends.push(async () => {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
  const own = new URL(url);
  own.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: own.href });
  await client.connect();
  ends.push(() => client.end());
  const db = onServer({ client });
  return {
    db: db as unknown as Db,
    migrate: (migrationsFolder) => migrateServer(db, { migrationsFolder }),
    async reopen() {
      const opened = await openPostgresql(own.href);
      ends.push(opened.close);
      return opened;
    },
  };
}

type Journal = { readonly entries: readonly { readonly tag: string }[] };
const journalOf = (folder: string): string => join(folder, "meta", "_journal.json");
const readJournal = async (folder: string): Promise<Journal> =>
  JSON.parse(await readFile(journalOf(folder), "utf8")) as Journal;

/** The migrations as they were before one of them. */
async function migrationsBefore(tag: string, folder: string): Promise<string> {
  await cp(MIGRATIONS, folder, { recursive: true });
  const journal = await readJournal(folder);
  const position = journal.entries.findIndex((e) => e.tag === tag);
  if (position < 0) throw new Error(`there is no migration ${tag}`);
  await writeFile(
    journalOf(folder),
    JSON.stringify({ ...journal, entries: journal.entries.slice(0, position) }),
  );
  return folder;
}

/** What is copied of a workspace, in the order in which one row needs another. */
export const COPIED_TABLES = ["workspaces", "members", "roles", "candidates", "applications", "moves"];

/** Copies a workspace's rows as far as the old tables have columns for them, but for what each database draws for itself. */
export async function copyWorkspace(from: Db, to: Db, workspaceId: string): Promise<void> {
  for (const table of COPIED_TABLES) {
    const columns = rowsOf<{ name: string }>(
      await to.execute(
        sql`select column_name as name from information_schema.columns
          where table_name = ${table} and column_name <> 'hash_key'`,
      ),
    ).map(({ name }) => sql.identifier(name));
    const list = sql.join(columns, sql`, `);
    const name = sql.identifier(table);
    const rows = JSON.stringify(await workspaceRows(from, table, workspaceId));
    await to.execute(
      sql`insert into ${name} (${list}) select ${list} from jsonb_populate_recordset(null::${name}, ${rows}::jsonb)`,
    );
  }
}

/** The rows of a workspace in one table, in an order of their own, without what each database draws for itself. */
export async function workspaceRows(db: Db, table: string, workspaceId: string): Promise<unknown> {
  const [all] = rowsOf<{ rows: unknown }>(
    await db.execute(
      sql`select coalesce(jsonb_agg(to_jsonb(t) - 'hash_key' order by to_jsonb(t) - 'hash_key'), '[]') as rows
        from ${sql.identifier(table)} t where workspace_id = ${workspaceId}`,
    ),
  );
  return all?.rows;
}
