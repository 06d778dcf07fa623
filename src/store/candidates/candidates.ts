import { and, arrayOverlaps, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { prepared } from "../database/prepared.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, candidates, documents, members } from "../tables.ts";

export type CandidateRow = typeof candidates.$inferSelect;
type NewCandidate = typeof candidates.$inferInsert;
type Key = Pick<CandidateRow, "workspaceId" | "id">;

const isCandidate = ({ workspaceId, id }: Key) =>
  and(eq(candidates.workspaceId, workspaceId), eq(candidates.id, id));

/**
 * Adds a person, or returns the one with this e-mail. Two callers can add the same person at once. Somebody with the
 * e-mail of a member is that member from then on.
 */
export async function ensureCandidate(tx: Db, row: NewCandidate): Promise<CandidateRow> {
  const made = await tx.insert(candidates).values(row).onConflictDoNothing().returning();
  const [added] = made;
  const { workspaceId, email } = row;
  if (added) {
    const memberId = email ? ((await memberWithEmail(tx, workspaceId, email)) ?? null) : null;
    if (memberId !== null) await saveCandidate(tx, { ...added, memberId });
    return { ...added, memberId };
  }
  const existing = email ? await candidateWithEmail(tx, workspaceId, email) : undefined;
  if (!existing) throw new Error("a candidate neither inserted nor found");
  const kept = await keepCandidate(tx, { workspaceId, id: existing.mergedInto ?? existing.id });
  // Somebody who was erased while their row was waited for has this address no more.
  return kept.erasedAt === null ? kept : ensureCandidate(tx, row);
}

/** The person with this e-mail (in lower case). */
export async function candidateWithEmail(
  db: Db,
  workspaceId: string,
  email: string,
): Promise<CandidateRow | undefined> {
  const rows = await db
    .select()
    .from(candidates)
    .where(and(eq(candidates.workspaceId, workspaceId), eq(candidates.email, email)));
  return rows[0];
}

/** A person as they are on record now, locked until commit. */
export async function lockCandidate(tx: Db, key: Key): Promise<CandidateRow> {
  const rows = await tx.select().from(candidates).where(isCandidate(key)).for("no key update");
  if (!rows[0]) throw new Error("an application without a person");
  return rows[0];
}

/** A person as they are on record now, kept from being changed by others until commit. */
export async function keepCandidate(tx: Db, key: Key): Promise<CandidateRow> {
  const rows = await tx.select().from(candidates).where(isCandidate(key)).for("share");
  if (!rows[0]) throw new Error("an application without a person");
  return rows[0];
}

export async function saveCandidate(tx: Db, { workspaceId, id, ...changes }: CandidateRow): Promise<void> {
  await tx.update(candidates).set(changes).where(isCandidate({ workspaceId, id }));
}

/** Id of the present or former member with this e-mail (in lower case). */
export async function memberWithEmail(
  db: Db,
  workspaceId: string,
  email: string,
): Promise<string | undefined> {
  const rows = await db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.email, email)));
  return rows[0]?.id;
}

/** Makes the record with a member's e-mail (in lower case) their own, for good. */
export async function tieRecordTo(
  tx: Db,
  member: { readonly workspaceId: string; readonly id: string; readonly email: string },
): Promise<void> {
  await tx
    .update(candidates)
    .set({ memberId: member.id })
    .where(
      and(
        eq(candidates.workspaceId, member.workspaceId),
        sql`${candidates.id} in (select coalesce(e.merged_into, e.id) from candidates e
          where e.workspace_id = ${member.workspaceId} and e.email = ${member.email})`,
        isNull(candidates.memberId),
      ),
    );
}

/** Ids of the records that are a member's own. */
export async function ownRecords(db: Db, workspaceId: string, memberId: string): Promise<string[]> {
  const query = prepared(db, "candidates_of_member", (name) =>
    db
      .select({ id: candidates.id })
      .from(candidates)
      .where(
        and(
          eq(candidates.workspaceId, sql.placeholder("workspaceId")),
          eq(candidates.memberId, sql.placeholder("memberId")),
        ),
      )
      .prepare(name),
  );
  return (await query.execute({ workspaceId, memberId })).map(({ id }) => id);
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
    .where(and(eq(applications.workspaceId, workspaceId), eq(applications.candidateId, candidateId)))
    .orderBy(asc(applications.id));
}

const MAX_KNOWN_APPLICATIONS = 200;

type Known = Key & Pick<CandidateRow, "knownBy"> & { readonly roleId?: string | undefined };

/** Applications of other people with one of these forms of name, mailbox, phone or profile, the oldest first. */
export function knownApplications(db: Db, { workspaceId, id, knownBy, roleId }: Known) {
  return db
    .select({ application: applications, candidate: candidates })
    .from(candidates)
    .innerJoin(applications, sameTenant(candidates, applications, applications.candidateId))
    .where(
      and(
        eq(candidates.workspaceId, workspaceId),
        arrayOverlaps(candidates.knownBy, knownBy),
        ne(candidates.id, id),
        isNull(candidates.mergedInto),
        roleId === undefined ? undefined : eq(applications.roleId, roleId),
      ),
    )
    .orderBy(asc(applications.id))
    .limit(MAX_KNOWN_APPLICATIONS);
}

/** The id of the résumé with this text that is stored for an application. */
export async function storedResume(
  db: Db,
  { workspaceId, id }: Key,
  sha256: Uint8Array,
): Promise<string | undefined> {
  const rows = await db
    .select({ id: documents.id })
    .from(documents)
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        eq(documents.applicationId, id),
        eq(documents.kind, "resume"),
        eq(documents.sha256, sha256),
      ),
    );
  return rows[0]?.id;
}
