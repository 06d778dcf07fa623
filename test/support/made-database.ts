import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { MIGRATIONS } from "../../src/store/database/migrate.ts";
import { CACHE } from "./cache.ts";

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

/** One migrated database for the whole run, or for all runs until a migration changes; every test has its own workspace. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await madeDatabase();
  const server = process.env.TEST_DATABASE_URL;
  const database = server === undefined || server === "" ? undefined : await createDatabase(server);
  project.provide("dump", join(directory, "empty.tar"));
  project.provide("made", join(directory, "made"));
  project.provide("databaseUrl", database?.url);
  return async () => {
    await database?.drop();
  };
}

/** The directory with the ready-made database: made whole or not at all, and by whichever run comes first. */
export async function madeDatabase(): Promise<string> {
  const directory = join(CACHE, `database-${keyOfDatabase()}`);
  if (existsSync(directory)) return directory;
  await mkdir(CACHE, { recursive: true });
  const half = await mkdtemp(join(CACHE, "half-made-"));
  try {
    await makeDatabase(half);
    await rename(half, directory);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    // Another run that started at the same time was quicker.
    if (!existsSync(directory)) throw error;
  }
  return directory;
}

async function makeDatabase(directory: string): Promise<void> {
  const embedded = await PGlite.create({ extensions: { pg_trgm } });
  await migrate(drizzle({ client: embedded }), { migrationsFolder: MIGRATIONS });
  const dump = await embedded.dumpDataDir("none");
  await embedded.close();
  await writeFile(join(directory, "empty.tar"), Buffer.from(await dump.arrayBuffer()));
  await mkdir(join(directory, "made"));
  const data = join(directory, "made", "db");
  await (await PGlite.create(data, { extensions: { pg_trgm }, loadDataDir: dump })).close();
}

/** What a ready-made database depends on: the migrations and the release of the engine. */
function keyOfDatabase(): string {
  const hash = createHash("sha256").update(readFileSync(engineManifest()));
  const files = readdirSync(MIGRATIONS, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  for (const path of files.map((f) => join(f.parentPath, f.name)).sort())
    hash.update(path.slice(MIGRATIONS.length)).update(readFileSync(path));
  return hash.digest("hex").slice(0, 16);
}

const engineManifest = (): string =>
  join(createRequire(import.meta.url).resolve("@electric-sql/pglite"), "../../package.json");

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
