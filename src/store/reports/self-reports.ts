import { eq, sql } from "drizzle-orm";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";
import { applications, impactSwitch, selfReports } from "../tables.ts";

export type SelfReport = { readonly ref: string; readonly question: string; readonly answer: string };

/** Whether an admin turned the adverse-impact report on. */
export async function isImpactOn(db: Db, workspaceId: string): Promise<boolean> {
  const rows = await db
    .select({ on: impactSwitch.turnedOnAt })
    .from(impactSwitch)
    .where(eq(impactSwitch.workspaceId, workspaceId));
  return rows.length > 0;
}

export async function turnImpactOn(tx: Db, workspaceId: string, by: string, at: Date): Promise<void> {
  await tx.insert(impactSwitch).values({ workspaceId, turnedOnBy: by, turnedOnAt: at }).onConflictDoNothing();
}

/** Turns the report off. With `erase`, the answers are deleted. */
export async function turnImpactOff(tx: Db, workspaceId: string, erase: boolean): Promise<void> {
  await tx.delete(impactSwitch).where(eq(impactSwitch.workspaceId, workspaceId));
  if (erase) await tx.delete(selfReports).where(eq(selfReports.workspaceId, workspaceId));
}

const MAX_ROWS_PER_INSERT = 5_000;

/** Stores answers; a later one replaces an earlier one. Returns references that are unknown here. */
export async function saveSelfReports(
  tx: Db,
  workspaceId: string,
  reports: readonly SelfReport[],
): Promise<string[]> {
  const stored = await tx
    .select({
      id: sql<string>`coalesce(${applications.mergedInto}, ${applications.id})`,
      ref: applications.ref,
    })
    .from(applications)
    .where(eq(applications.workspaceId, workspaceId));
  const ids = new Map(stored.map(({ id, ref }) => [ref, id]));
  const rows = new Map<string, typeof selfReports.$inferInsert>();
  for (const { ref, question, answer } of reports) {
    const applicationId = ids.get(ref);
    if (applicationId !== undefined)
      rows.set(`${question} ${applicationId}`, { workspaceId, applicationId, question, answer });
  }
  const all = [...rows.values()];
  for (let n = 0; n < all.length; n += MAX_ROWS_PER_INSERT) {
    await tx
      .insert(selfReports)
      .values(all.slice(n, n + MAX_ROWS_PER_INSERT))
      .onConflictDoUpdate({
        target: [selfReports.workspaceId, selfReports.question, selfReports.applicationId],
        set: { answer: sql`excluded.answer` },
      });
  }
  return [...new Set(reports.map((r) => r.ref))].filter((ref) => !ids.has(ref));
}

/** Gives the answers of an application to another one of the same person. One that is there already stays. */
export async function joinSelfReports(
  tx: Db,
  { workspaceId, from, into }: { readonly workspaceId: string; readonly from: string; readonly into: string },
): Promise<void> {
  await tx.execute(sql`
    update self_reports o set application_id = ${into}
    where o.workspace_id = ${workspaceId} and o.application_id = ${from} and not exists (
      select 1 from self_reports k
      where k.workspace_id = ${workspaceId} and k.application_id = ${into} and k.question = o.question)`);
}

export type ImpactCell = {
  readonly roleId: string;
  readonly stage: string;
  readonly position: number;
  readonly question: string;
  readonly answer: string;
  readonly decided: number;
  readonly passed: number;
};

/**
 * Counts of people decided on before a moment and of those who passed, by role, stage and answer. Single rows are never
 * returned.
 */
export async function countImpact(db: Db, workspaceId: string, before: Date): Promise<ImpactCell[]> {
  const result = await db.execute(sql`
    select s.role_id as "roleId", s.stage, min(s.position)::int as position, r.question, r.answer,
           count(*) filter (where s.first_visit)::int as decided,
           count(*) filter (where s.first_pass)::int as passed
    from self_reports r
    join stays s on s.workspace_id = r.workspace_id and s.application_id = r.application_id
    where r.workspace_id = ${workspaceId} and s.left_at < ${before.toISOString()}
    group by s.role_id, s.stage, r.question, r.answer`);
  return rowsOf<ImpactCell>(result);
}
