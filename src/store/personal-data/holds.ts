import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, candidates, legalHolds, members } from "../tables.ts";

/** Legal holds on these people, or on everybody, that were not released, the oldest first. */
export const openHolds = (db: Db, workspaceId: string, people?: readonly string[]) =>
  db
    .select({
      id: legalHolds.id,
      candidateId: legalHolds.candidateId,
      reason: legalHolds.reason,
      until: legalHolds.until,
      placedAt: legalHolds.placedAt,
      by: members.email,
      name: candidates.name,
      refs: sql<string[]>`array(select ${applications.ref} from ${applications}
        where ${applications.workspaceId} = ${legalHolds.workspaceId} and ${applications.candidateId} = ${legalHolds.candidateId}
          and ${applications.mergedInto} is null order by ${applications.id})`,
    })
    .from(legalHolds)
    .innerJoin(candidates, sameTenant(candidates, legalHolds, legalHolds.candidateId))
    .innerJoin(members, sameTenant(members, legalHolds, legalHolds.placedBy))
    .where(
      and(
        eq(legalHolds.workspaceId, workspaceId),
        isNull(legalHolds.releasedAt),
        people === undefined ? undefined : inArray(legalHolds.candidateId, [...people]),
      ),
    )
    .orderBy(asc(legalHolds.placedAt), asc(legalHolds.id));

/** Places a legal hold. */
export async function insertHold(
  tx: Db,
  row: Omit<typeof legalHolds.$inferInsert, "releasedAt">,
): Promise<void> {
  await tx.insert(legalHolds).values(row);
}

/** Releases every hold on a person; gives their ids. */
export async function releaseHolds(
  tx: Db,
  { workspaceId, candidateId }: { readonly workspaceId: string; readonly candidateId: string },
  at: Date,
): Promise<string[]> {
  const released = await tx
    .update(legalHolds)
    .set({ releasedAt: at })
    .where(
      and(
        eq(legalHolds.workspaceId, workspaceId),
        eq(legalHolds.candidateId, candidateId),
        isNull(legalHolds.releasedAt),
      ),
    )
    .returning({ id: legalHolds.id });
  return released.map(({ id }) => id);
}
