import { aliasedTable, and, asc, eq, inArray } from "drizzle-orm";
import type { Scorecard } from "../../domain/panel/scorecard.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { members, scorecards } from "../tables.ts";

const submitter = aliasedTable(members, "submitter");

export type StoredCard = Scorecard & { readonly applicationId: string };

/** Every version of every card of some applications, in the order in which they came in. */
export function listScorecards(
  db: Db,
  workspaceId: string,
  applicationIds: readonly string[],
): Promise<StoredCard[]> {
  const s = scorecards;
  if (applicationIds.length === 0) return Promise.resolve([]);
  return db
    .select({
      id: s.id,
      applicationId: s.applicationId,
      round: s.round,
      member: members.email,
      version: s.version,
      ratings: s.ratings,
      recommendation: s.recommendation,
      notes: s.notes,
      reason: s.reason,
      submittedBy: submitter.email,
      byAdmin: s.byAdmin,
      client: s.client,
      submittedAt: s.submittedAt,
    })
    .from(s)
    .innerJoin(members, sameTenant(members, s, s.memberId))
    .innerJoin(submitter, sameTenant(submitter, s, s.submittedBy))
    .where(and(eq(s.workspaceId, workspaceId), inArray(s.applicationId, [...applicationIds])))
    .orderBy(asc(s.submittedAt), asc(s.id));
}

/** Stores a version. A version with the same number is replaced. */
export async function saveScorecard(tx: Db, row: typeof scorecards.$inferInsert): Promise<void> {
  const { ratings, recommendation, notes, submittedBy, byAdmin, client, submittedAt } = row;
  const s = scorecards;
  await tx
    .insert(s)
    .values(row)
    .onConflictDoUpdate({
      target: [s.workspaceId, s.applicationId, s.round, s.memberId, s.version],
      set: { ratings, recommendation, notes, submittedBy, byAdmin, client, submittedAt },
    });
}
