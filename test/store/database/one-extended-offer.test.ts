import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { MIGRATIONS } from "../../../src/store/database/migrate.ts";
import { rowsOf } from "../../../src/store/events.ts";
import { useDatabase } from "../../support/database.ts";
import { copyWorkspace, migrationTags, useOlderDatabases } from "../../support/older-database.ts";
import { seeded } from "../../support/seeded.ts";

const database = useDatabase();
const older = useOlderDatabases();

/** The migration that makes the index. */
async function tagOfIndex(): Promise<string> {
  for (const tag of await migrationTags())
    if ((await readFile(join(MIGRATIONS, `${tag}.sql`), "utf8")).includes('"offers_one_extended"'))
      return tag;
  throw new Error("there is no such migration");
}

it("a database in which several offers of an application are extended keeps the last one so, and takes no second", async () => {
  const store = await seeded(await database.workspace(), [{ name: "Person 1", email: "p1@example.test" }]);
  const old = await older.empty();
  await old.migrate(await older.before(await tagOfIndex()));
  await copyWorkspace(database.db, old.db, store.workspaceId);
  const add = (version: number, status: string, day: string | null, last: string) =>
    old.db.execute(sql`insert into offers (workspace_id, id, application_id, version, status, currency, period, expires_on,
      extended_at, recorded_by, client, recorded_at) select a.workspace_id, gen_random_uuid(), a.id, ${version}, ${status},
      'USD', 'year', ${last}, ${day}, m.id, 'test', now() from applications a join members m on m.workspace_id = a.workspace_id limit 1`);
  await add(1, "extended", "2026-11-01", "2026-11-05");
  await add(2, "extended", "2026-11-10", "2026-11-30");
  await add(3, "extended", "2026-11-20", "2026-12-20");
  await add(4, "draft", null, "2026-12-24");
  await old.migrate(MIGRATIONS);
  const rows = await old.db.execute(sql`select status from offers order by version`);
  expect(rowsOf<{ status: string }>(rows).map(({ status }) => status)).toEqual([
    ...["expired", "replaced", "extended", "draft"],
  ]);
  await expect(add(5, "extended", "2026-11-21", "2026-12-24")).rejects.toThrow();
  await add(6, "accepted", "2026-11-21", "2026-12-24");
});
