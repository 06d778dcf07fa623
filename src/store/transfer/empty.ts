import { sql } from "drizzle-orm";
import { MIGRATION_LOCK } from "../database/migrate.ts";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";
import { COPIED_TABLES } from "./tables.ts";

/** What a first start leaves: its workspace, its first admin, and where that one's name is from. */
const FIRST_START: Readonly<Record<string, number>> = {
  workspaces: 1,
  members: 1,
  events: 1,
  event_chains: 1,
};
const FIRST_EVENT = "member.first";
/** What only follows from the others tells a reader nothing. */
const UNTOLD = ["workspaces", "event_chains", "stays"];
/** A full table is counted up to here. */
const MAX_COUNTED = 10_000;

export type Content = { readonly table: string; readonly rows: number };

/**
 * Keeps every other process from starting a workspace or writing into the one of the first start, until the end of the
 * transaction, and tells what is in the database beside that first start. An empty list means that it may be replaced.
 */
export async function lockAndLookIn(tx: Db): Promise<readonly Content[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  await tx.execute(sql`select workspace_id from workspaces for update`);
  const contents: Content[] = [];
  for (const { name } of COPIED_TABLES) {
    const rows = await tx.execute(
      sql`select count(*)::int as n from (select 1 from ${sql.identifier(name)} limit ${MAX_COUNTED}) t`,
    );
    contents.push({ table: name, rows: rowsOf<{ n: number }>(rows)[0]?.n ?? 0 });
  }
  const later = await tx.execute(sql`select 1 as n from events where kind <> ${FIRST_EVENT} limit 1`);
  const isFirstStart =
    rowsOf(later).length === 0 && contents.every(({ table, rows }) => rows <= (FIRST_START[table] ?? 0));
  return isFirstStart ? [] : contents.filter(({ table, rows }) => rows > 0 && !UNTOLD.includes(table));
}

/** Takes the first start's workspace away. Its history goes after it: that of a workspace which is there cannot. */
export async function removeFirstStart(tx: Db): Promise<void> {
  for (const name of ["confirmations", "members", "workspaces", "events", "event_chains"])
    await tx.execute(sql`delete from ${sql.identifier(name)}`);
}
