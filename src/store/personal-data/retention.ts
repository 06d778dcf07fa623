import { and, asc, eq, inArray, isNull, max, sql } from "drizzle-orm";
import { FROM_CANDIDATE } from "../outreach/messages.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import {
  applications,
  candidates,
  documents,
  messages,
  outbox,
  retentionSettings,
  roles,
} from "../tables.ts";

/**
 * When an application ended: with the last move to an end. Null while it is active. The clock of its stage does not tell it:
 * whoever is rejected ends in the stage in which they stand.
 */
const endedAt = sql<Date | null>`case when applications.status <> 'active' then coalesce((
  select max(v.moved_at) from moves v where v.workspace_id = applications.workspace_id and v.application_id = applications.id
    and v.kind = 'move' and v.to_status <> 'active'), applications.stage_entered_at) end`.mapWith(
  (at: string | Date) => new Date(at),
);

/** When an application ended; null while it is active. */
export async function endOf(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<Date | null> {
  const rows = await db
    .select({ endedAt })
    .from(applications)
    .where(and(eq(applications.workspaceId, workspaceId), eq(applications.id, id)));
  return rows[0]?.endedAt ?? null;
}

/**
 * Every application of these people, or of everybody, with what decides how long its record is kept. People who were
 * erased are left out, and so are applications that were joined to another.
 */
export function listKept(db: Db, workspaceId: string, people?: readonly string[]) {
  return db
    .select({
      id: applications.id,
      ref: applications.ref,
      status: applications.status,
      appliedAt: applications.appliedAt,
      endedAt,
      roleLocation: roles.location,
      candidateId: candidates.id,
      location: candidates.location,
      memberId: candidates.memberId,
    })
    .from(applications)
    .innerJoin(candidates, sameTenant(candidates, applications, applications.candidateId))
    .innerJoin(roles, sameTenant(roles, applications, applications.roleId))
    .where(
      and(
        eq(applications.workspaceId, workspaceId),
        isNull(applications.mergedInto),
        isNull(candidates.erasedAt),
        people === undefined ? undefined : inArray(candidates.id, [...people]),
      ),
    )
    .orderBy(asc(candidates.id), asc(applications.id));
}
export type KeptRow = Awaited<ReturnType<typeof listKept>>[number];

type Contact = { readonly candidateId: string; readonly at: Date | null };

/** When each person's own words last came in, and when a message of ours last went to them. */
export async function lastContacts(
  db: Db,
  workspaceId: string,
  people?: readonly string[],
): Promise<Contact[]> {
  const theirs = people === undefined ? undefined : inArray(applications.candidateId, [...people]);
  const heard = await db
    .select({ candidateId: applications.candidateId, at: max(documents.createdAt) })
    .from(documents)
    .innerJoin(applications, sameTenant(applications, documents, documents.applicationId))
    .where(and(eq(documents.workspaceId, workspaceId), FROM_CANDIDATE, theirs))
    .groupBy(applications.candidateId);
  const sent = await db
    .select({ candidateId: applications.candidateId, at: max(outbox.finishedAt) })
    .from(messages)
    .innerJoin(outbox, sameTenant(outbox, messages, messages.id))
    .innerJoin(applications, sameTenant(applications, messages, messages.applicationId))
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.status, "sent"), theirs))
    .groupBy(applications.candidateId);
  return [...heard, ...sent];
}

type Setting = typeof retentionSettings.$inferSelect;

/** What a team has set about how long records are kept. */
export const listRetentionSettings = (db: Db, workspaceId: string): Promise<Setting[]> =>
  db
    .select()
    .from(retentionSettings)
    .where(eq(retentionSettings.workspaceId, workspaceId))
    .orderBy(asc(retentionSettings.key));

/** Sets a period, or whether a law binds the team. */
export async function saveRetentionSetting(tx: Db, row: Setting): Promise<void> {
  await tx
    .insert(retentionSettings)
    .values(row)
    .onConflictDoUpdate({ target: [retentionSettings.workspaceId, retentionSettings.key], set: row });
}

/** Takes a setting back. False where there was none. */
export async function removeRetentionSetting(tx: Db, workspaceId: string, key: string): Promise<boolean> {
  const gone = await tx
    .delete(retentionSettings)
    .where(and(eq(retentionSettings.workspaceId, workspaceId), eq(retentionSettings.key, key)))
    .returning({ key: retentionSettings.key });
  return gone.length > 0;
}
