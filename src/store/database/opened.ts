import type { Db, Engine } from "../store.ts";

/** A database that is open and up to date. */
export type Opened = {
  readonly db: Db;
  readonly engine: Engine;
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};
