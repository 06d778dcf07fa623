import type { Db } from "./store.ts";

const made = new WeakMap<Db, Map<string, unknown>>();

/**
 * A hot query, built once for each database and kept: building one costs several times what running it does. The name must
 * tell apart every shape of the query, since it is also its name on the server.
 */
export function prepared<Q>(db: Db, name: string, build: () => Q): Q {
  const queries = made.get(db) ?? new Map<string, unknown>();
  made.set(db, queries);
  const known = (queries.get(name) as Q | undefined) ?? build();
  queries.set(name, known);
  return known;
}
