import type { Cleared, Db, Engine } from "../store.ts";
import type { ErasedPerson } from "./erased-list.ts";

/** A database that is open and up to date. */
export type Opened = {
  readonly db: Db;
  readonly engine: Engine;
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** Clears the files of tables of what was deleted from them, and keeps a list of the people whose it was. */
  clear(tables: readonly string[], erased: readonly ErasedPerson[]): Promise<Cleared>;
  close(): Promise<void>;
};
