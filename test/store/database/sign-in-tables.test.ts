import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getMigrations } from "better-auth/db/migration";
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { libraryOptions } from "../../../src/auth/library-options.ts";
import { createLog } from "../../../src/log.ts";
import { SIGN_IN_MIGRATIONS } from "../../../src/store/database/migrate.ts";
import { openSignInTables } from "../../../src/store/database/open-sign-in.ts";
import { makeDatabase } from "../../support/own-database.ts";

const url = inject("databaseUrl") ?? "";

describe.skipIf(url === "")("the tables of sign-in", () => {
  const optionsOn = (database: pg.Pool) =>
    libraryOptions(
      { publicUrl: "https://hiring.example.com", secret: "s".repeat(32), providers: [] },
      { database, isMember: async () => false, log: createLog("silent") },
    );

  it("are what the library would make now", async () => {
    const database = await makeDatabase(url, `greenflag_tables_${process.pid}`);
    const onConnect = async (client: pg.ClientBase) =>
      void (await client.query("create schema if not exists auth; set search_path = auth"));
    const pool = new pg.Pool({ connectionString: database.url, max: 1, onConnect });
    const { compileMigrations } = await getMigrations(optionsOn(pool));
    const shipped = readFileSync(join(SIGN_IN_MIGRATIONS, "0000_sign_in.sql"), "utf8");
    expect(shipped.split("--> statement-breakpoint\n").at(-1)?.trim()).toBe(
      (await compileMigrations()).trim(),
    );
    await pool.end();
    await database.drop();
  });

  it("leave the library nothing to add, and are made once by several processes", async () => {
    const database = await makeDatabase(url, `greenflag_tables_made_${process.pid}`);
    const opened = await Promise.all([1, 2, 3].map(() => openSignInTables(database.url)));
    for (const { pool, close } of opened) {
      const { toBeCreated, toBeAdded } = await getMigrations(optionsOn(pool));
      expect([toBeCreated, toBeAdded]).toEqual([[], []]);
      await close();
    }
    await database.drop();
  });

  it("are in a schema of their own, which an export does not look into", async () => {
    const database = await makeDatabase(url, `greenflag_tables_where_${process.pid}`);
    const { pool, close } = await openSignInTables(database.url);
    const { rows } = await pool.query<{ name: string }>(
      `select table_schema || '.' || table_name as name from information_schema.tables
       where table_schema not in ('pg_catalog', 'information_schema') and table_schema <> 'auth'`,
    );
    expect(rows).toEqual([{ name: "drizzle.__auth_migrations" }]);
    await close();
    await database.drop();
  });

  it("tell in words when the server is not there", async () => {
    await expect(openSignInTables("postgres://nobody@127.0.0.1:1/none")).rejects.toMatchObject({
      code: "unavailable",
      message: "The database did not answer; nothing was changed.",
    });
  });
});
