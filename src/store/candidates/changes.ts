import { and, asc, eq, isNull, or } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { changes, members } from "../tables.ts";

export async function insertChanges(tx: Db, rows: readonly (typeof changes.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(changes).values([...rows]);
}

/** The applications that a document was moved from or to. */
export async function applicationsOfDocument(
  db: Db,
  workspaceId: string,
  documentId: string,
): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: changes.applicationId })
    .from(changes)
    .where(and(eq(changes.workspaceId, workspaceId), eq(changes.documentId, documentId)));
  return rows.flatMap(({ id }) => (id === null ? [] : [id]));
}

/** What was changed about a person and one application of theirs, in order, each with the e-mail of who did it. */
export function listChanges(
  db: Db,
  { workspaceId, id, candidateId }: { workspaceId: string; id: string; candidateId: string },
) {
  return db
    .select({ change: changes, by: members.email })
    .from(changes)
    .innerJoin(members, sameTenant(members, changes, changes.changedBy))
    .where(
      and(
        eq(changes.workspaceId, workspaceId),
        eq(changes.candidateId, candidateId),
        or(isNull(changes.applicationId), eq(changes.applicationId, id)),
      ),
    )
    .orderBy(asc(changes.id));
}
