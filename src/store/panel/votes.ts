import { and, asc, eq } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { members, votes } from "../tables.ts";

/** Every version of every vote about an application, in the order in which they were cast. */
export function listVotes(db: Db, workspaceId: string, applicationId: string) {
  const { id, version, vote, reason, onPanel, client, castAt } = votes;
  return db
    .select({ id, member: members.email, version, vote, reason, onPanel, client, castAt })
    .from(votes)
    .innerJoin(members, sameTenant(members, votes, votes.memberId))
    .where(and(eq(votes.workspaceId, workspaceId), eq(votes.applicationId, applicationId)))
    .orderBy(asc(castAt), asc(id));
}

/** Stores a version. A version with the same number is replaced. */
export async function saveVote(tx: Db, row: typeof votes.$inferInsert): Promise<void> {
  const { vote, reason, onPanel, client, castAt } = row;
  await tx
    .insert(votes)
    .values(row)
    .onConflictDoUpdate({
      target: [votes.workspaceId, votes.applicationId, votes.memberId, votes.version],
      set: { vote, reason, onPanel, client, castAt },
    });
}
