import { afterAll, inject } from "vitest";
import { createStore } from "../../src/store/database/create-store.ts";
import { openPostgresql } from "../../src/store/database/open-postgresql.ts";
import type { Opened } from "../../src/store/database/opened.ts";
import type { Store } from "../../src/store/store.ts";
import { ensureWorkspace } from "../../src/store/team/workspaces.ts";
import { openArchive } from "./database.ts";
import { makeDatabase } from "./own-database.ts";

type Engine = Store["engine"]["name"];

let made = 0;

/**
 * Databases of a test's own, as a first start leaves them. A restore needs one, because it takes a whole database. They
 * are gone after the file's tests.
 */
export function useFreshStores() {
  const ends: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  const url = inject("databaseUrl");
  const engine: Engine = url === undefined ? "embedded" : "postgresql";

  async function open(on: Engine): Promise<Opened> {
    if (on === "embedded") return openArchive();
    made += 1;
    const database = await makeDatabase(url ?? "", `greenflag_fresh_${process.pid}_${made}`);
    ends.push(database.drop);
    return openPostgresql(database.url);
  }
  return {
    /** The engine of this run, and the other one where there is a server. */
    engine,
    other: (engine === "postgresql" ? "embedded" : undefined) as Engine | undefined,
    async fresh(on: Engine = engine): Promise<Store> {
      const opened = await open(on);
      ends.push(opened.close);
      const firstAdmin = async () => ({
        email: "first@example.test",
        name: "First",
        from: "user name" as const,
      });
      return createStore({ ...opened, close: async () => {} }, await ensureWorkspace(opened, firstAdmin));
    },
  };
}
