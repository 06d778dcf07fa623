import { createHash } from "node:crypto";
import type { Db } from "../store.ts";

const made = new WeakMap<Db, Map<string, unknown>>();

/** PostgreSQL tells prepared statements apart by their first 63 bytes. */
const LONGEST_NAME = 60;

/**
 * A hot query, built once for each database and kept: building one costs several times what running it does. `shape` must
 * tell apart every form of the query; the name that `build` gets is made from it, and is its name on the server.
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
