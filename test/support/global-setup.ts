import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { MIGRATIONS } from "../../src/store/database/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated, empty embedded database as a file. */
    dump: string;
    /** The same as the directory of a program's data, to be copied. */
    made: string;
    /** A database on the server under test, or nothing when the run is on the embedded one. */
    databaseUrl: string | undefined;
  }
}

/** Migrates once for the whole run; every test then works in a workspace of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), "greenflag-test-"));
  const dump = join(directory, "empty.tar");
  const embedded = await PGlite.create({ extensions: { pg_trgm } });
  await migrate(drizzle({ client: embedded }), { migrationsFolder: MIGRATIONS });
  const blob = await embedded.dumpDataDir("none");
  await writeFile(dump, Buffer.from(await blob.arrayBuffer()));
  await embedded.close();
  const made = join(directory, "made");
  await mkdir(made);
  await (await PGlite.create(join(made, "db"), { extensions: { pg_trgm }, loadDataDir: blob })).close();
  const server = process.env.TEST_DATABASE_URL;
  const database = server === undefined || server === "" ? undefined : await createDatabase(server);
  project.provide("dump", dump);
  project.provide("made", made);
  project.provide("databaseUrl", database?.url);
  return async () => {
    await rm(directory, { recursive: true, force: true });
    await database?.drop();
  };
}

/** A fresh database beside the one that was named, so that a run leaves nothing behind. */
async function createDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `greenflag_test_${randomBytes(4).toString("hex")}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}
