import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Finding } from "../../domain/evaluation/finding.ts";
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

/** Marks the assessments of applications whose documents are read otherwise from now on. */
export async function markAssessmentsStale(
  tx: Db,
  workspaceId: string,
  applicationIds: readonly string[],
  at: Date,
): Promise<void> {
  const ofThese = inArray(assessments.applicationId, [...applicationIds]);
  await tx
    .update(assessments)
    .set({ staleAt: at })
    .where(and(eq(assessments.workspaceId, workspaceId), ofThese, isNull(assessments.staleAt)));
}

/** Replaces the findings that are kept for the next assessment. */
export async function saveFindings(
  tx: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
  findings: readonly Finding[],
): Promise<void> {
  await tx
    .update(assessments)
    .set({ findings })
    .where(and(eq(assessments.workspaceId, workspaceId), eq(assessments.id, id)));
}

/** Who is named by e-mail as the author of a finding is named by another one from now on. E-mails are in lower case. */
export async function renameAuthor(
  tx: Db,
  workspaceId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const [before, after] = [from, to].map((email) => `"member": ${JSON.stringify(email)}`);
  const renamed = (column: typeof assessments.findings | typeof assessments.result) =>
    sql`replace(${column}::text, ${before}::text, ${after}::text)::jsonb`;
  await tx
    .update(assessments)
    .set({ findings: renamed(assessments.findings), result: renamed(assessments.result) })
    .where(
      and(
        eq(assessments.workspaceId, workspaceId),
        sql`position(${before}::text in ${assessments.findings}::text) > 0`,
      ),
    );
}
