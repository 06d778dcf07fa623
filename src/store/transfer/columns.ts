import { sql } from "drizzle-orm";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";

/** A column as the database has it. */
export type Column = {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly has_default: boolean;
};

/** The columns of every table, by name. */
export async function columnsByTable(db: Db): Promise<ReadonlyMap<string, readonly Column[]>> {
  const rows = await db.execute(sql`
    select c.relname::text as "table", a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
           not a.attnotnull as nullable, a.atthasdef as has_default
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attname`);
  const tables = new Map<string, Column[]>();
  for (const { table, ...column } of rowsOf<Column & { table: string }>(rows)) {
    tables.set(table, [...(tables.get(table) ?? []), column]);
  }
  return tables;
}
