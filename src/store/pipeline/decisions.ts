import { and, asc, eq } from "drizzle-orm";
import type { Db } from "../store.ts";
import { decisions } from "../tables.ts";

export async function insertDecision(tx: Db, row: typeof decisions.$inferInsert): Promise<void> {
  await tx.insert(decisions).values(row);
}

/** The decisions about an application, oldest first. */
export function listDecisions(db: Db, workspaceId: string, applicationId: string) {
  return db
    .select()
    .from(decisions)
    .where(and(eq(decisions.workspaceId, workspaceId), eq(decisions.applicationId, applicationId)))
    .orderBy(asc(decisions.version));
}
