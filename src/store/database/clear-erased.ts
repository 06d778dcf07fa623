import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { TOUCHED } from "../candidates/erase.ts";
import type { Cleared } from "../store.ts";
import { erasures } from "../tables.ts";
import type { Opened } from "./opened.ts";

/**
 * Clears the database's own files of what was deleted when people were erased, and keeps the list of them beside it. An
 * erasure whose process ended before this is cleared with the next, or when the database is opened again.
 * @returns undefined where nothing waits
 */
export async function clearErased(opened: Opened, workspaceId: string): Promise<Cleared | undefined> {
  const { db } = opened;
  const waiting = await db
    .select()
    .from(erasures)
    .where(and(eq(erasures.workspaceId, workspaceId), isNull(erasures.clearedAt)))
    .orderBy(asc(erasures.erasedAt), asc(erasures.id));
  if (waiting.length === 0) return undefined;
  const cleared = await opened.clear(
    TOUCHED,
    waiting.map(({ candidateId, hashes, erasedAt }) => ({
      candidate_id: candidateId,
      hashes,
      erased_at: erasedAt.toISOString(),
    })),
  );
  const ids = waiting.map(({ id }) => id);
  await db
    .update(erasures)
    .set({ clearedAt: new Date() })
    .where(and(eq(erasures.workspaceId, workspaceId), inArray(erasures.id, ids)));
  return cleared;
}
