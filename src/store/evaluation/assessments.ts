import { and, desc, eq } from "drizzle-orm";
import type { Db } from "../store.ts";
import { assessments } from "../tables.ts";

export type AssessmentRow = typeof assessments.$inferSelect;

export async function insertAssessment(tx: Db, row: typeof assessments.$inferInsert): Promise<void> {
  await tx.insert(assessments).values(row);
}

/** The newest assessment of an application. */
export async function newestAssessment(
  db: Db,
  workspaceId: string,
  applicationId: string,
): Promise<AssessmentRow | undefined> {
  const rows = await db
    .select()
    .from(assessments)
    .where(and(eq(assessments.workspaceId, workspaceId), eq(assessments.applicationId, applicationId)))
    .orderBy(desc(assessments.id))
    .limit(1);
  return rows[0];
}
