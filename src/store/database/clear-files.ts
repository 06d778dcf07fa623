import type { PGlite } from "@electric-sql/pglite";

/**
 * Takes what was deleted out of the files of an embedded database: of its tables, their indexes and statistics, and of
 * the write-ahead log. A deleted row stays in all of these until something else is written over it.
 */
export async function clearFiles(client: PGlite, tables: readonly string[]): Promise<void> {
  const names = tables.map((table) => `"${table}"`).join(", ");
  await client.exec(`vacuum full ${names}`);
  await clearStatistics(client, tables);
  await client.exec("checkpoint");
  await replaceLog(client);
}

/** The planner's statistics hold values as they were. */
async function clearStatistics(client: PGlite, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select distinct tablename as name from pg_stats where schemaname = 'public' and tablename = any($1)",
    [[...tables]],
  );
  if (rows.length === 0) return;
  await client.exec(`analyze ${rows.map(({ name }) => `"${name}"`).join(", ")}`);
  await client.exec("vacuum full pg_statistic");
}

/** More than there ever are: each is 16 MB, and the engine keeps few. */
const MAX_SEGMENTS = 100;

/**
 * Goes on in a segment of the log that none of the present ones can be. Those that are done with are kept for use again
 * with what they hold, so they are used up first, and then removed.
 */
async function replaceLog(client: PGlite): Promise<void> {
  await client.exec("set wal_recycle = off");
  try {
    const last = await newestSegment(client);
    for (let n = 0; n < MAX_SEGMENTS; n += 1) {
      await client.exec("select pg_switch_wal()");
      await client.exec("checkpoint");
      if ((await currentSegment(client)) > last) break;
    }
    // The switch that ended the last of them is itself written there.
    await client.exec("checkpoint");
  } finally {
    await client.exec("reset wal_recycle");
  }
}

async function newestSegment(client: PGlite): Promise<string> {
  const { rows } = await client.query<{ name: string | null }>(
    "select max(name) as name from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'",
  );
  return rows[0]?.name ?? "";
}

async function currentSegment(client: PGlite): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    "select pg_walfile_name(pg_current_wal_insert_lsn()) as name",
  );
  return rows[0]?.name ?? "";
}
