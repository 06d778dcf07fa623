import { type SQL, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { rowsOf } from "../../../src/store/events.ts";
import { TRANSFER_TABLES } from "../../../src/store/transfer/tables.ts";
import { useDatabase } from "../../support/database.ts";

const database = useDatabase();
const read = async <T>(query: SQL): Promise<T[]> => rowsOf<T>(await database.db.execute(query));
const names = TRANSFER_TABLES.map(({ name }) => name);

describe("the tables of an export", () => {
  it("are all tables of the database, each once", async () => {
    const tables = await read<{ name: string }>(sql`
      select table_name::text as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`);
    expect([...names].sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  it("come after those that their rows refer to", async () => {
    const references = await read<{ from: string; to: string }>(sql`
      select distinct c.relname::text as "from", p.relname::text as "to" from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid where k.contype = 'f'`);
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter(({ from, to }) => names.indexOf(from) <= names.indexOf(to))).toEqual([]);
  });

  it("are read in the order of a key, or have a reason why they are not read", async () => {
    const keys = await read<{ table: string; columns: string[] }>(sql`
      select c.relname::text as "table", (select array_agg(a.attname::text order by n)
        from unnest(k.conkey) with ordinality as x(attnum, n) join pg_attribute a on a.attrelid = c.oid and a.attnum = x.attnum) as columns
      from pg_constraint k join pg_class c on c.oid = k.conrelid
      where k.contype in ('p', 'u') and c.relnamespace = 'public'::regnamespace`);
    for (const { name, how, key, why } of TRANSFER_TABLES) {
      if (how !== "copied") expect(why, name).toMatch(/\w+ \w+/);
      else
        expect(keys.filter(({ table }) => table === name).map(({ columns }) => columns)).toContainEqual([
          "workspace_id",
          ...key,
        ]);
    }
  });
});
