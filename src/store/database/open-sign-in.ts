import pg from "pg";
import { translate } from "./failures.ts";
import { SIGN_IN_MIGRATIONS, shippedMigrations } from "./migrate.ts";
import { createPool, migrateOnce } from "./open-postgresql.ts";
import { createSockets } from "./sockets.ts";

export type SignInTables = { readonly pool: pg.Pool; close(): Promise<void> };

const POOL = 5;
const APPLIED_TABLE = "__auth_migrations";

/**
 * The tables of sign-in: connections that see the schema `auth` and nothing else, which is updated first under the same
 * lock as all other tables. The authorization server makes the queries itself.
 * @throws DomainError `unavailable` in words that a user can act on.
 */
export async function openSignInTables(url: string): Promise<SignInTables> {
  const sockets = createSockets();
  const { pool, server } = createPool(sockets, url, {
    max: POOL,
    onConnect: async (client) => void (await client.query("set search_path = auth; set jit = off")),
  });
  try {
    if (!(await isUpToDate(pool)))
      await migrateOnce(server, { migrationsFolder: SIGN_IN_MIGRATIONS, migrationsTable: APPLIED_TABLE });
  } catch (error) {
    sockets.destroy();
    return translate(error);
  }
  return {
    pool,
    async close() {
      await pool.end();
      sockets.destroy();
    },
  };
}

async function isUpToDate(pool: pg.Pool): Promise<boolean> {
  const table = `drizzle.${pg.escapeIdentifier(APPLIED_TABLE)}`;
  const there = await pool.query<{ there: boolean }>("select to_regclass($1) is not null as there", [table]);
  if (there.rows[0]?.there !== true) return false;
  const { rows } = await pool.query<{ applied: number }>(`select count(*)::int as applied from ${table}`);
  return (rows[0]?.applied ?? 0) >= shippedMigrations(SIGN_IN_MIGRATIONS);
}
