import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { MIGRATIONS } from "../../../src/store/database/migrate.ts";
import { rowsOf } from "../../../src/store/events.ts";
import { useDatabase } from "../../support/database.ts";
import { copyWorkspace, useOlderDatabases } from "../../support/older-database.ts";
import { randomPipeline } from "../../support/random-pipeline.ts";

const database = useDatabase();
const older = useOlderDatabases();
const NOW = new Date("2026-11-24T09:00:00Z");
const { stages } = loadCatalog({}).get("mlops-engineer");
const BEFORE = "0008_stays";

const STAYS = sql`select application_id, version, role_id, stage, position, source, applied_at, entered_at, first_visit, left_at,
  left_version, tenths, first_pass, left_for from stays`;

describe("a database that has moves already", () => {
  it("gets the stays that the triggers would have kept, undone moves and reopened applications included", async () => {
    const store = await database.workspace();
    const stories = await randomPipeline(store, { count: 400, seed: 23, stages, now: NOW });
    const kinds = rowsOf<{ undone: number; reopened: number }>(
      await database.db.execute(sql`
        select count(*) filter (where kind = 'undo')::int as undone,
               count(*) filter (where kind = 'move' and from_status <> 'active' and to_status = 'active')::int as reopened
        from moves where workspace_id = ${store.workspaceId}`),
    );
    expect(kinds[0]?.undone).toBeGreaterThan(20);
    expect(kinds[0]?.reopened).toBeGreaterThan(10);

    const old = await older.empty();
    await old.migrate(await older.before(BEFORE));
    await copyWorkspace(database.db, old.db, store.workspaceId);
    await old.migrate(MIGRATIONS);

    const order = sql`order by application_id, version`;
    const filled = rowsOf(await old.db.execute(sql`${STAYS} ${order}`));
    const kept = rowsOf(
      await database.db.execute(sql`${STAYS} where workspace_id = ${store.workspaceId} ${order}`),
    );
    expect(filled).toEqual(kept);
    const told = stories
      .flatMap(({ id, visits }) =>
        visits.map((v) => [id, v.stage, v.leftFor, v.enteredAt.getTime()].join(" ")),
      )
      .sort();
    type Stay = { application_id: string; stage: string; left_for: string | null; entered_at: string | Date };
    const stays = (filled as Stay[])
      .map((s) => [s.application_id, s.stage, s.left_for, new Date(s.entered_at).getTime()].join(" "))
      .sort();
    expect(stays).toEqual(told);

    // And the triggers go on from there.
    const [running] = stories.filter((s) => s.now.status === "active" && s.now.stage === stages[0]?.id);
    await old.db.execute(sql`
      insert into moves (workspace_id, id, application_id, version, kind, from_stage, from_status, to_stage, to_status,
                         entered_at, overridden, moved_at, moved_by, client)
      select a.workspace_id, gen_random_uuid(), a.id, 1000, 'move', a.stage, 'active', ${stages[1]?.id}, 'active',
             a.stage_entered_at, '{}', ${NOW.toISOString()}, (select id from members limit 1), 'test'
      from applications a where a.id = ${running?.id}`);
    const [last] = rowsOf<Stay>(
      await old.db.execute(
        sql`select * from stays where application_id = ${running?.id} order by version desc limit 1`,
      ),
    );
    expect(last).toMatchObject({ stage: stages[1]?.id, left_for: null });
  });
});
