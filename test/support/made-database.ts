import { randomBytes } from "node:crypto";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { databaseArchive } from "../../src/build/database-archive.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The path of the ready-made embedded database, packed. */
    archive: string;
    /** A database on the server under test, or nothing when the run is on the embedded one. */
    databaseUrl: string | undefined;
  }
}

/** One migrated database for the whole run, or for all runs until a migration changes; every test has its own workspace. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL;
  const database = server === undefined || server === "" ? undefined : await createDatabase(server);
  project.provide("archive", await databaseArchive());
  project.provide("databaseUrl", database?.url);
  return async () => {
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
