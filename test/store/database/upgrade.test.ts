import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { createStore } from "../../../src/store/database/create-store.ts";
import { schemaVersion } from "../../../src/store/database/migrate.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import {
  COPIED_TABLES,
  copyWorkspace,
  migrationTags,
  useOlderDatabases,
  workspaceRows,
} from "../../support/older-database.ts";
import { randomPipeline } from "../../support/random-pipeline.ts";

const database = useDatabase();
const older = useOlderDatabases();
const NOW = new Date("2026-11-24T09:00:00Z");
const { stages } = loadCatalog({}).get("mlops-engineer");

describe.each([1, 2])("a database that lacks the last migrations: %i", (behind) => {
  it("is brought up to date when it is opened, keeps its rows, and is worked on as one made today", async () => {
    const store = await database.workspace();
    await randomPipeline(store, { count: 30, seed: behind, stages, now: NOW });
    const tags = await migrationTags();
    const old = await older.empty();
    await old.migrate(await older.before(tags.at(-behind) ?? ""));
    await copyWorkspace(database.db, old.db, store.workspaceId);

    const opened = await old.reopen();
    expect(await schemaVersion(opened.db)).toEqual({ applied: tags.length, shipped: tags.length });
    for (const table of COPIED_TABLES)
      expect(await workspaceRows(opened.db, table, store.workspaceId), table).toEqual(
        await workspaceRows(database.db, table, store.workspaceId),
      );
    const today = await start({ store });
    const upgraded = await start({ store: createStore(opened, store.workspaceId) });
    expect(await upgraded.ok("get_pipeline")).toEqual(await today.ok("get_pipeline"));
    const role = { template: "mlops-engineer", level: "senior", location: "Lisbon", key: "NEW" };
    await upgraded.ok("open_role", role);
  });
});
