import { createHash } from "node:crypto";
import type { Db } from "../store.ts";

const made = new WeakMap<Db, Map<string, unknown>>();

/** PostgreSQL uses only the first 63 bytes of a prepared statement's name. */
const LONGEST_NAME = 60;

/**
 * A frequent query, built once for each database and kept, because building it costs several times as much as running
 * it. Queries of different form must have different `shape`s. The name passed to `build` is made from the shape, and is
 * the statement's name on the server.
 */
export function prepared<Q>(db: Db, shape: string, build: (name: string) => Q): Q {
  const queries = made.get(db) ?? new Map<string, unknown>();
  made.set(db, queries);
  const query = (queries.get(shape) as Q | undefined) ?? build(nameOf(shape));
  queries.set(shape, query);
  return query;
}

function nameOf(shape: string): string {
  if (shape.length <= LONGEST_NAME) return shape;
  return `${shape.slice(0, 40)}_${createHash("sha256").update(shape).digest("hex").slice(0, 16)}`;
}
