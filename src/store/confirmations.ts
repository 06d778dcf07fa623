import { and, eq, lt } from "drizzle-orm";
import type { Db } from "./store.ts";
import { confirmations } from "./tables.ts";

/** Adds a confirmation, and deletes those that have expired by `now`. */
export async function insertConfirmation(
  tx: Db,
  now: Date,
  row: typeof confirmations.$inferInsert,
): Promise<void> {
  const { workspaceId, expiresAt } = confirmations;
  await tx.delete(confirmations).where(and(eq(workspaceId, row.workspaceId), lt(expiresAt, now)));
  await tx.insert(confirmations).values(row);
}

/**
 * Deletes and returns a confirmation, so that it can be used only once. Of two callers at the same time, one gets
 * nothing.
 */
export async function takeConfirmation(tx: Db, workspaceId: string, codeHash: string) {
  const rows = await tx
    .delete(confirmations)
    .where(and(eq(confirmations.workspaceId, workspaceId), eq(confirmations.codeHash, codeHash)))
    .returning();
  return rows[0];
}
