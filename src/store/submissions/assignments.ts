import { and, eq } from "drizzle-orm";
import type { Db } from "../store.ts";
import { assignments } from "../tables.ts";

export type AssignmentRow = typeof assignments.$inferSelect;

/** The exercise that an application was given, if any. */
export async function findAssignment(
  db: Db,
  workspaceId: string,
  applicationId: string,
): Promise<AssignmentRow | undefined> {
  const rows = await db
    .select()
    .from(assignments)
    .where(and(eq(assignments.workspaceId, workspaceId), eq(assignments.applicationId, applicationId)));
  return rows[0];
}

/** Stores a new or changed assignment. An application never gets a second one. */
export async function saveAssignment(tx: Db, row: typeof assignments.$inferInsert): Promise<void> {
  const { status, url, githubUsername, startSha, dueAt } = row;
  await tx
    .insert(assignments)
    .values(row)
    .onConflictDoUpdate({
      target: [assignments.workspaceId, assignments.applicationId],
      set: { status, url, githubUsername, startSha, dueAt },
    });
}
