import { sql } from "drizzle-orm";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";

/**
 * Says that the rows written until the end of this transaction come from a backup: they hold what triggers made of them
 * when they were first written.
 */
export async function beginRestoring(tx: Db): Promise<void> {
  await tx.execute(sql`select set_config('greenflag.restoring', 'on', true)`);
}

/** From here on triggers run again. */
export async function endRestoring(tx: Db): Promise<void> {
  await tx.execute(sql`select set_config('greenflag.restoring', 'off', true)`);
}

type Into = { readonly table: string; readonly columns: readonly string[] };

/** Inserts rows that are written as JSON. A column that is not in `columns` gets its default. */
export async function writeRows(tx: Db, { table, columns }: Into, json: readonly string[]): Promise<void> {
  const [name, list] = [sql.identifier(table), listOf(columns)];
  await tx.execute(sql`insert into ${name} (${list})
    select ${list} from jsonb_populate_recordset(null::${name}, ${`[${json.join(",")}]`}::jsonb)`);
}

/** Inserts one row whose column `bytes` comes from a file. */
export async function writeRowWithFile(
  tx: Db,
  { table, columns }: Into,
  row: { readonly json: string; readonly column: string; readonly bytes: Uint8Array },
): Promise<void> {
  const name = sql.identifier(table);
  const list = listOf(columns.filter((column) => column !== row.column));
  await tx.execute(sql`insert into ${name} (${list}, ${sql.identifier(row.column)})
    select ${list}, ${row.bytes}::bytea from jsonb_populate_record(null::${name}, ${row.json}::jsonb)`);
}

/** How many rows of a workspace a table holds. */
export async function countRows(db: Db, table: string, workspaceId: string): Promise<number> {
  const rows = await db.execute(
    sql`select count(*)::int as n from ${sql.identifier(table)} where workspace_id = ${workspaceId}`,
  );
  return rowsOf<{ n: number }>(rows)[0]?.n ?? 0;
}

const listOf = (columns: readonly string[]) =>
  sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  );
