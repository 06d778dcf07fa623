import { and, desc, eq } from "drizzle-orm";
import { readAssessment, readFinding } from "../../domain/evaluation/stored-assessment.ts";
import type { Db } from "../store.ts";
import { assessments } from "../tables.ts";

export async function insertAssessment(tx: Db, row: typeof assessments.$inferInsert): Promise<void> {
  await tx.insert(assessments).values(row);
}

/** The newest assessment of an application, in today's form. */
export async function newestAssessment(db: Db, workspaceId: string, applicationId: string) {
  const rows = await db
    .select()
    .from(assessments)
    .where(and(eq(assessments.workspaceId, workspaceId), eq(assessments.applicationId, applicationId)))
    .orderBy(desc(assessments.id))
    .limit(1);
  const [row] = rows;
  return row && { ...row, result: readAssessment(row.result), findings: row.findings.map(readFinding) };
}
