import { and, desc, eq } from "drizzle-orm";
import type { Db } from "../store.ts";
import { submissions } from "../tables.ts";

export type SubmissionRow = typeof submissions.$inferSelect;

/** Stores a snapshot. A later one of the same head replaces it, because it may hold more. */
export async function saveSubmission(tx: Db, row: typeof submissions.$inferInsert): Promise<void> {
  await tx
    .insert(submissions)
    .values(row)
    .onConflictDoUpdate({
      target: [submissions.workspaceId, submissions.applicationId, submissions.url, submissions.headSha],
      set: { facts: row.facts, createdAt: row.createdAt },
    });
}

/** The newest snapshot of an application. */
export async function newestSubmission(
  db: Db,
  workspaceId: string,
  applicationId: string,
): Promise<SubmissionRow | undefined> {
  const rows = await db
    .select()
    .from(submissions)
    .where(and(eq(submissions.workspaceId, workspaceId), eq(submissions.applicationId, applicationId)))
    .orderBy(desc(submissions.createdAt))
    .limit(1);
  return rows[0];
}
