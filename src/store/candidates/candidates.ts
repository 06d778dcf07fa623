import { and, eq, isNull, sql } from "drizzle-orm";
import { prepared } from "../database/prepared.ts";
import type { Db } from "../store.ts";
import { applications, candidates } from "../tables.ts";

export type CandidateRow = typeof candidates.$inferSelect;

/** Adds a person, or returns the one with this e-mail. Two callers can add the same person at once. */
export async function ensureCandidate(tx: Db, row: typeof candidates.$inferInsert): Promise<CandidateRow> {
  const made = await tx.insert(candidates).values(row).onConflictDoNothing().returning();
  if (made[0]) return made[0];
  const rows = await tx
    .select()
    .from(candidates)
    .where(and(eq(candidates.workspaceId, row.workspaceId), eq(candidates.email, row.email)));
  if (!rows[0]) throw new Error("a candidate neither inserted nor found");
  return rows[0];
}

/** The candidate with this e-mail (in lower case), if there is one. */
export async function candidateId(db: Db, workspaceId: string, email: string): Promise<string | undefined> {
  const query = prepared(db, "candidate_by_email", (name) =>
    db
      .select({ id: candidates.id })
      .from(candidates)
      .where(
        and(
          eq(candidates.workspaceId, sql.placeholder("workspaceId")),
          eq(candidates.email, sql.placeholder("email")),
        ),
      )
      .prepare(name),
  );
  return (await query.execute({ workspaceId, email }))[0]?.id;
}

/** Puts a person's time zone on record where there is none. False where there is one. */
export async function setTimezone(
  tx: Db,
  workspaceId: string,
  id: string,
  timezone: string,
): Promise<boolean> {
  const set = await tx
    .update(candidates)
    .set({ timezone })
    .where(and(eq(candidates.workspaceId, workspaceId), eq(candidates.id, id), isNull(candidates.timezone)))
    .returning({ id: candidates.id });
  return set.length > 0;
}

/** References of a person's applications for any role, to recognise somebody who applied before. */
export function refsOfCandidate(db: Db, workspaceId: string, candidateId: string) {
  return db
    .select({ ref: applications.ref, roleId: applications.roleId })
    .from(applications)
    .where(and(eq(applications.workspaceId, workspaceId), eq(applications.candidateId, candidateId)));
}
