import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type * as schema from "./tables.ts";

/** A database or a transaction on it, embedded or not. Every query function takes one as its first argument. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

export type Engine = { readonly name: "embedded" | "postgresql"; readonly version: string };

/**
 * What became of deleted rows in the database's own files: written over, given back by the server now, or left to the
 * server, which gives them back by itself.
 */
export type Cleared = "rewritten" | "vacuumed" | "left_to_server";

/** The database as services use it: reads, and writes in one transaction. */
export type Store = {
  readonly engine: Engine;
  /** The workspace that this process works in. A restore puts another one in its place. */
  readonly workspaceId: string;
  /** Looks which workspace is there, where the one that this process worked in is gone. */
  refresh(): Promise<void>;
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Reads in one transaction that sees one moment, whatever others write meanwhile. */
  snapshot<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one transaction, and repeats it (at most three runs) when the database asks for that. If the caller
   * has gone away by the end, the transaction is rolled back.
   */
  write<T>(signal: AbortSignal, work: (tx: Db) => Promise<T>): Promise<T>;
  /**
   * Clears the database's own files of people who were erased. Undefined where nothing waits; what fails is done with the
   * next erasure, or when the database is opened again.
   */
  clearErased(): Promise<Cleared | undefined>;
  /** Throws `unavailable` unless the database answers now. */
  ping(): Promise<void>;
  /** Waits a few seconds for running work, then closes. */
  close(): Promise<void>;
};
