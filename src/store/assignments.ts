import { and, eq, or, sql } from "drizzle-orm";
import type { Db } from "./store.ts";
import { applications, assignments } from "./tables.ts";

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

/** Stores what is given, or the change to what was; a second exercise for one application is never made. */
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

/** References of applications whose work is handed in at an address or below it. */
export async function assignedAt(db: Db, workspaceId: string, url: string): Promise<string[]> {
  const below = sql`starts_with(lower(${assignments.url}), lower(${`${url}/`}))`;
  const rows = await db
    .select({ ref: applications.ref })
    .from(assignments)
    .innerJoin(
      applications,
      and(
        eq(applications.workspaceId, assignments.workspaceId),
        eq(applications.id, assignments.applicationId),
      ),
    )
    .where(
      and(
        eq(assignments.workspaceId, workspaceId),
        or(eq(sql`lower(${assignments.url})`, url.toLowerCase()), below),
      ),
    );
  return rows.map((row) => row.ref);
}
