import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";

/** The migrations that come with the program, found independently of the working directory. */
export const MIGRATIONS = fileURLToPath(new URL("../../../migrations", import.meta.url));

/** The migrations of the tables of sign-in, which are in a schema of their own and only where people sign in. */
export const SIGN_IN_MIGRATIONS = join(MIGRATIONS, "auth");

/** An arbitrary number that every Greenflag process uses for the lock. */
export const MIGRATION_LOCK = 7_021_964;

/** How many migrations this release ships. */
export function shippedMigrations(folder = MIGRATIONS): number {
  const text = readFileSync(join(folder, "meta", "_journal.json"), "utf8");
  return (JSON.parse(text) as { entries: unknown[] }).entries.length;
}

/** How many migrations the database has had, and how many this release ships. */
export async function schemaVersion(db: Db): Promise<{ applied: number; shipped: number }> {
  const rows = await db.execute(sql`select count(*)::int as n from drizzle.__drizzle_migrations`);
  return { applied: rowsOf<{ n: number }>(rows)[0]?.n ?? 0, shipped: shippedMigrations() };
}
