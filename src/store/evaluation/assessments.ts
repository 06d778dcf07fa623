import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Finding } from "../../domain/evaluation/finding.ts";
import type { StaleWhy } from "../../domain/evaluation/stale.ts";
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
  return row && inTodaysForm(row);
}

const inTodaysForm = (row: typeof assessments.$inferSelect) => ({
  ...row,
  result: readAssessment(row.result),
  findings: row.findings.map(readFinding),
});

/** Every assessment of an application, the newest first, in today's form. */
export async function listAssessments(db: Db, workspaceId: string, applicationId: string) {
  const rows = await db
    .select()
    .from(assessments)
    .where(and(eq(assessments.workspaceId, workspaceId), eq(assessments.applicationId, applicationId)))
    .orderBy(desc(assessments.id));
  return rows.map(inTodaysForm);
}

/** Puts other words into a stored assessment. */
export async function saveAssessment(
  tx: Db,
  {
    workspaceId,
    id,
    ...words
  }: Pick<typeof assessments.$inferSelect, "workspaceId" | "id" | "result" | "findings">,
): Promise<void> {
  await tx
    .update(assessments)
    .set(words)
    .where(and(eq(assessments.workspaceId, workspaceId), eq(assessments.id, id)));
}

/** Marks the assessments of applications that rest on what is no longer so. One that is stale already keeps its mark. */
export async function markAssessmentsStale(
  tx: Db,
  workspaceId: string,
  applicationIds: readonly string[],
  { at, why }: { readonly at: Date; readonly why: StaleWhy },
): Promise<void> {
  const ofThese = inArray(assessments.applicationId, [...applicationIds]);
  await tx
    .update(assessments)
    .set({ staleAt: at, staleWhy: why })
    .where(and(eq(assessments.workspaceId, workspaceId), ofThese, isNull(assessments.staleAt)));
}

/** Of each of these applications, what tells whether its newest assessment is stale. */
export function newestMarks(db: Db, workspaceId: string, applicationIds: readonly string[]) {
  const { applicationId, staleAt, staleWhy, rubric } = assessments;
  return db
    .selectDistinctOn([applicationId], { applicationId, staleAt, staleWhy, rubric })
    .from(assessments)
    .where(and(eq(assessments.workspaceId, workspaceId), inArray(applicationId, [...applicationIds])))
    .orderBy(applicationId, desc(assessments.id));
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
