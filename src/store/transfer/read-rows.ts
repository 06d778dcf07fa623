import { type SQL, sql } from "drizzle-orm";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";
import type { Column } from "./columns.ts";
import type { TransferTable } from "./tables.ts";

/** A row as the database writes it as JSON, so that microseconds, bytes and numbers keep their form. */
export type StoredRow = {
  readonly json: string;
  /** What goes into a file of its own. */
  readonly file?: { readonly bytes: Uint8Array; readonly extension: string };
};

const ROWS_AT_ONCE = 100;
/** A stored file may have megabytes. */
const FILES_AT_ONCE = 1;

/** Fixes how values are written, whatever this connection is set to. For the transaction that it is called in. */
export async function fixValueFormats(tx: Db): Promise<void> {
  await tx.execute(sql`select set_config('timezone', 'UTC', true), set_config('bytea_output', 'hex', true)`);
}

/**
 * The rows of a workspace in one table, in the order of the primary key, a few at a time. `tx` is a transaction: a cursor
 * reads them, so that only a few are in memory. Text is ordered by its bytes, the same in every database.
 */
export async function* readRows(
  tx: Db,
  { name, key, file }: TransferTable,
  { columns, workspaceId }: { readonly columns: readonly Column[]; readonly workspaceId: string },
): AsyncGenerator<readonly StoredRow[]> {
  const plain = columns.filter((column) => column.name !== file?.bytes);
  const list = sql.join(
    plain.map((column) => sql`t.${sql.identifier(column.name)}`),
    sql`, `,
  );
  const bytes = file
    ? sql`, t.${sql.identifier(file.bytes)} as bytes, t.${sql.identifier(file.extension)} as extension`
    : sql``;
  const order = key.map((column) => orderOf(column, columns));
  await tx.execute(sql`declare greenflag_rows no scroll cursor for
    select to_jsonb(r)::text as json${bytes} from ${sql.identifier(name)} t cross join lateral (select ${list}) r
    where t.workspace_id = ${workspaceId} ${order.length > 0 ? sql`order by ${sql.join(order, sql`, `)}` : sql``}`);
  const limit = file ? FILES_AT_ONCE : ROWS_AT_ONCE;
  for (;;) {
    const fetched = await tx.execute(sql`fetch ${sql.raw(String(limit))} from greenflag_rows`);
    const rows = rowsOf<{ json: string; bytes?: Uint8Array; extension?: string }>(fetched);
    if (rows.length === 0) break;
    yield rows.map(({ json, bytes, extension }) =>
      bytes === undefined ? { json } : { json, file: { bytes, extension: extension ?? "" } },
    );
  }
  await tx.execute(sql`close greenflag_rows`);
}

function orderOf(column: string, columns: readonly Column[]): SQL {
  const isText = columns.find(({ name }) => name === column)?.type === "text";
  return isText ? sql`t.${sql.identifier(column)} collate "C"` : sql`t.${sql.identifier(column)}`;
}
