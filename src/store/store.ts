import { sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { DomainError } from "../domain/errors.ts";
import { isConflict, translate } from "./database/failures.ts";
import type { Opened } from "./database/open.ts";
import type * as schema from "./tables.ts";

/** A database or a transaction on it, embedded or not: every query function takes one first. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

export type Engine = { readonly name: "embedded" | "postgresql"; readonly version: string };

/** What services hold: reads, and writes that happen whole or not at all. */
export type Store = {
  readonly engine: Engine;
  /** The workspace that this process works in. */
  readonly workspaceId: string;
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one transaction, again (at most three times) when the database asks for it.
   * A caller that has gone away by the end gets a roll-back, never a half-told success.
   */
  write<T>(signal: AbortSignal, work: (tx: Db) => Promise<T>): Promise<T>;
  /** Throws `unavailable` unless the database answers now. */
  ping(): Promise<void>;
  /** Lets what is under way finish, for a few seconds, then closes. */
  close(): Promise<void>;
};

const ATTEMPTS = 3;

const PATIENCE_MS = 3_000;

/** Wraps an opened database with the one translation of its failures. */
export function createStore(opened: Opened, workspaceId: string): Store {
  const { db, engine } = opened;
  const underWay = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.finally(() => underWay.delete(settled));
    underWay.add(settled);
    return settled;
  };
  return {
    engine,
    workspaceId,
    read: (work) => track(work(db).catch(translate)),
    write: (signal, work) => track(transact(opened, signal, work)),
    ping: async () => void (await track(db.execute(sql`select 1`).catch(translate))),
    async close() {
      const patience = AbortSignal.timeout(PATIENCE_MS);
      const timeUp = new Promise((resolve) => patience.addEventListener("abort", resolve));
      await Promise.race([Promise.allSettled(underWay), timeUp]);
      await opened.close();
    },
  };
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
