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
  const opened = new WeakMap<Store, Opened>();
  const storeOf = async (database: Opened): Promise<Store> => {
    const firstAdmin = async () => ({
      email: "first@example.test",
      name: "First",
      from: "user name" as const,
    });
    const store = createStore(
      { ...database, close: async () => {} },
      await ensureWorkspace(database, firstAdmin),
    );
    opened.set(store, database);
    return store;
  };
  async function fresh(on: Engine = engine): Promise<Store> {
    const database = await open(on);
    ends.push(database.close);
    return storeOf(database);
  }
  let kept: Promise<Store> | undefined;
  return {
    /** The engine of this run, and the other one where there is a server. */
    engine,
    other: (engine === "postgresql" ? "embedded" : undefined) as Engine | undefined,
    fresh,
    /** One for all tests that leave it as it is. */
    shared(): Promise<Store> {
      kept ??= fresh();
      return kept;
    },
    /** The same database as another process of the same time has it. */
    again(store: Store): Promise<Store> {
      const database = opened.get(store);
      if (!database) throw new Error("the store is not of this file");
      return storeOf(database);
    },
  };
}
