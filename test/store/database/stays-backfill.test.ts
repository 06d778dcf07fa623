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
import { afterAll, describe, expect, inject, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { MIGRATIONS } from "../../../src/store/database/migrate.ts";
import { rowsOf } from "../../../src/store/events.ts";
import type { Db } from "../../../src/store/store.ts";
import { useDatabase } from "../../support/database.ts";
import { randomPipeline } from "../../support/random-pipeline.ts";

const database = useDatabase();
const NOW = new Date("2026-11-24T09:00:00Z");
const { stages } = loadCatalog({}).get("mlops-engineer");
const BEFORE = "0008_stays";
const TABLES = ["workspaces", "members", "roles", "candidates", "applications", "moves"];

type Old = { readonly db: Db; migrate(folder: string): Promise<void>; close(): Promise<void> };
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

/** A database of its own that has had no migration yet, on the engine of this run. */
async function emptyDatabase(): Promise<Old> {
  const url = inject("databaseUrl");
  if (url === undefined) {
    const client = await PGlite.create({ extensions: { pg_trgm } });
    const db = drizzle({ client });
    return {
      db: db as unknown as Db,
      migrate: (migrationsFolder) => migrate(db, { migrationsFolder }),
      close: () => client.close(),
    };
  }
  const name = `greenflag_backfill_${process.pid}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: own.href });
  await client.connect();
  const db = onServer({ client });
  return {
    db: db as unknown as Db,
    migrate: (migrationsFolder) => migrateServer(db, { migrationsFolder }),
    async close() {
      await client.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** The migrations as they were before one of them. */
async function migrationsBefore(tag: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "greenflag-migrations-"));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  await cp(MIGRATIONS, folder, { recursive: true });
  const path = join(folder, "meta", "_journal.json");
  const journal = JSON.parse(await readFile(path, "utf8")) as { entries: { tag: string }[] };
  const entries = journal.entries.slice(
    0,
    journal.entries.findIndex((e) => e.tag === tag),
  );
  expect(entries.length).toBeGreaterThan(5);
  await writeFile(path, JSON.stringify({ ...journal, entries }));
  return folder;
}

/** Copies a workspace's rows as far as the old tables have columns for them. */
async function copy(from: Db, to: Db, workspaceId: string): Promise<void> {
  for (const table of TABLES) {
    const columns = rowsOf<{ name: string }>(
      await to.execute(
        sql`select column_name as name from information_schema.columns where table_name = ${table}`,
      ),
    ).map(({ name }) => sql.identifier(name));
    const list = sql.join(columns, sql`, `);
    const name = sql.identifier(table);
    const [all] = rowsOf<{ rows: unknown }>(
      await from.execute(
        sql`select coalesce(jsonb_agg(to_jsonb(t)), '[]') as rows from ${name} t where workspace_id = ${workspaceId}`,
      ),
    );
    const rows = JSON.stringify(all?.rows);
    await to.execute(
      sql`insert into ${name} (${list}) select ${list} from jsonb_populate_recordset(null::${name}, ${rows}::jsonb)`,
    );
  }
}

const STAYS = sql`select application_id, version, role_id, stage, position, source, applied_at, entered_at, first_visit, left_at,
  left_version, tenths, first_pass, left_for from stays`;

describe("a database that has moves already", () => {
  it("gets the stays that the triggers would have kept, undone moves and reopened applications included", async () => {
    const store = await database.workspace();
    const stories = await randomPipeline(store, { count: 400, seed: 23, stages, now: NOW });
    const kinds = rowsOf<{ undone: number; reopened: number }>(
      await database.db.execute(sql`
        select count(*) filter (where kind = 'undo')::int as undone,
               count(*) filter (where kind = 'move' and from_status <> 'active' and to_status = 'active')::int as reopened
        from moves where workspace_id = ${store.workspaceId}`),
    );
    expect(kinds[0]?.undone).toBeGreaterThan(20);
    expect(kinds[0]?.reopened).toBeGreaterThan(10);

    const old = await emptyDatabase();
    ends.push(() => old.close());
    await old.migrate(await migrationsBefore(BEFORE));
    await copy(database.db, old.db, store.workspaceId);
    await old.migrate(MIGRATIONS);

    const order = sql`order by application_id, version`;
    const filled = rowsOf(await old.db.execute(sql`${STAYS} ${order}`));
    const kept = rowsOf(
      await database.db.execute(sql`${STAYS} where workspace_id = ${store.workspaceId} ${order}`),
    );
    expect(filled).toEqual(kept);
    const told = stories
      .flatMap(({ id, visits }) =>
        visits.map((v) => [id, v.stage, v.leftFor, v.enteredAt.getTime()].join(" ")),
      )
      .sort();
    type Stay = { application_id: string; stage: string; left_for: string | null; entered_at: string | Date };
    const stays = (filled as Stay[])
      .map((s) => [s.application_id, s.stage, s.left_for, new Date(s.entered_at).getTime()].join(" "))
      .sort();
    expect(stays).toEqual(told);

    // And the triggers go on from there.
    const [running] = stories.filter((s) => s.now.status === "active" && s.now.stage === stages[0]?.id);
    await old.db.execute(sql`
      insert into moves (workspace_id, id, application_id, version, kind, from_stage, from_status, to_stage, to_status,
                         entered_at, overridden, moved_at, moved_by, client)
      select a.workspace_id, gen_random_uuid(), a.id, 1000, 'move', a.stage, 'active', ${stages[1]?.id}, 'active',
             a.stage_entered_at, '{}', ${NOW.toISOString()}, (select id from members limit 1), 'test'
      from applications a where a.id = ${running?.id}`);
    const [last] = rowsOf<Stay>(
      await old.db.execute(
        sql`select * from stays where application_id = ${running?.id} order by version desc limit 1`,
      ),
    );
    expect(last).toMatchObject({ stage: stages[1]?.id, left_for: null });
  });
});
