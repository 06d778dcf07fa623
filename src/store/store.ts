import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
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
