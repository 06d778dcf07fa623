import { and, asc, eq, sql } from "drizzle-orm";
import { lineOf } from "../candidates/joined.ts";
import type { Db } from "../store.ts";
import { decisions } from "../tables.ts";

export async function insertDecision(tx: Db, row: typeof decisions.$inferInsert): Promise<void> {
  await tx.insert(decisions).values(row);
}

/** The decisions about an application and about those that were joined to it, oldest first. */
export function listDecisions(db: Db, workspaceId: string, applicationId: string) {
  return db
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.workspaceId, workspaceId),
        sql`${decisions.applicationId} in ${lineOf(workspaceId, applicationId)}`,
      ),
    )
    .orderBy(asc(decisions.decidedAt), asc(decisions.version));
}
