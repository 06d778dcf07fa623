import { sql } from "drizzle-orm";
import { DomainError } from "../../domain/errors.ts";
import type { Db, Store } from "../store.ts";
import { presentWorkspace } from "../team/workspaces.ts";
import { clearErased } from "./clear-erased.ts";
import { isConflict, translate } from "./failures.ts";
import type { Opened } from "./opened.ts";

const ATTEMPTS = 3;

const PATIENCE_MS = 3_000;

/** Makes a store of an opened database. All failures of the database are translated here. */
export function createStore(opened: Opened, workspaceId: string): Store {
  const { db, engine } = opened;
  let current = workspaceId;
  const underWay = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.finally(() => underWay.delete(settled));
    underWay.add(settled);
    return settled;
  };
  return {
    engine,
    get workspaceId() {
      return current;
    },
    async refresh() {
      current = (await track(presentWorkspace(db, current).catch(translate))) ?? current;
    },
    read: (work) => track(work(db).catch(translate)),
    snapshot: (work) => track(opened.transaction((tx) => ofOneMoment(tx, work)).catch(translate)),
    write: (signal, work) => track(transact(opened, signal, work)),
    clearErased: () => track(clearErased(opened, current).catch(translate)),
    ping: async () => void (await track(db.execute(sql`select 1`).catch(translate))),
    async close() {
      const patience = AbortSignal.timeout(PATIENCE_MS);
      const timeUp = new Promise((resolve) => patience.addEventListener("abort", resolve));
      await Promise.race([Promise.allSettled(underWay), timeUp]);
      await opened.close();
    },
  };
}

async function ofOneMoment<T>(tx: Db, work: (db: Db) => Promise<T>): Promise<T> {
  await tx.execute(sql`set transaction isolation level repeatable read, read only`);
  return work(tx);
}

async function transact<T>(opened: Opened, signal: AbortSignal, work: (tx: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await opened.transaction(async (tx) => {
        const result = await work(tx);
        if (signal.aborted) throw new DomainError("declined", "The call was cancelled; nothing was changed.");
        return result;
      });
    } catch (error) {
      if (!isConflict(error) || attempt === ATTEMPTS) return translate(error);
    }
  }
}
