import { and, arrayOverlaps, asc, desc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import {
  applications,
  candidates,
  changes,
  erasures,
  events,
  importKeys,
  interviews,
  offers,
  roles,
  suppressions,
  workspaces,
} from "../tables.ts";
import type { ErasureOf } from "./erase.ts";

export type ErasureRow = typeof erasures.$inferSelect;

/**
 * A person with whoever was merged into them and all applications of these, locked until commit in the order of a merge:
 * applications before people, and each in one order.
 */
export async function lockForErasure(tx: Db, workspaceId: string, candidateId: string) {
  const people = await tx
    .select({ id: candidates.id })
    .from(candidates)
    .where(and(eq(candidates.workspaceId, workspaceId), isOrWas(candidateId)));
  await lockApplications(
    tx,
    workspaceId,
    people.map(({ id }) => id),
  );
  const locked = await tx
    .select()
    .from(candidates)
    .where(and(eq(candidates.workspaceId, workspaceId), isOrWas(candidateId)))
    .orderBy(asc(candidates.id))
    .for("update");
  // Now that nobody can add one or merge anybody: those that came while the people were waited for.
  return {
    people: locked,
    applications: await lockApplications(
      tx,
      workspaceId,
      locked.map(({ id }) => id),
    ),
  };
}

const isOrWas = (id: string): SQL | undefined => or(eq(candidates.id, id), eq(candidates.mergedInto, id));

const lockApplications = (tx: Db, workspaceId: string, people: readonly string[]) =>
  tx
    .select({ application: applications, role: roles.key })
    .from(applications)
    .innerJoin(roles, sameTenant(roles, applications, applications.roleId))
    .where(and(eq(applications.workspaceId, workspaceId), inArray(applications.candidateId, [...people])))
    .orderBy(asc(applications.id))
    .for("update", { of: applications });

/** What is still open about a person: interviews ahead and offers that wait for their answer. */
export async function openFor(db: Db, { workspaceId, applications: ids, now }: ErasureOf) {
  const ahead = await db
    .select({ applicationId: interviews.applicationId, round: interviews.round, at: interviews.startsAt })
    .from(interviews)
    .where(
      and(
        eq(interviews.workspaceId, workspaceId),
        inArray(interviews.applicationId, [...ids]),
        eq(interviews.status, "booked"),
        sql`${interviews.endsAt} > ${now.toISOString()}`,
      ),
    )
    .orderBy(asc(interviews.startsAt));
  const extended = await db
    .select({ applicationId: offers.applicationId, version: offers.version })
    .from(offers)
    .where(
      and(
        eq(offers.workspaceId, workspaceId),
        inArray(offers.applicationId, [...ids]),
        eq(offers.status, "extended"),
      ),
    )
    .orderBy(asc(offers.version));
  return { ahead, extended };
}

/** Addresses and links that people had before, as the history of changes holds them. */
export async function earlierValues(db: Db, { workspaceId, people }: ErasureOf) {
  const rows = await db
    .select({ field: changes.field, before: changes.before, after: changes.after })
    .from(changes)
    .where(
      and(
        eq(changes.workspaceId, workspaceId),
        inArray(changes.candidateId, [...people]),
        inArray(changes.field, ["email", "links"]),
      ),
    );
  return rows.flatMap(({ field, before, after }) => [before, after].map((value) => ({ field, value })));
}

/** By which hashes the applications are known to an import. */
export async function importKeysOf(db: Db, { workspaceId, applications: ids }: ErasureOf): Promise<string[]> {
  const rows = await db
    .select({ key: importKeys.key })
    .from(importKeys)
    .where(and(eq(importKeys.workspaceId, workspaceId), inArray(importKeys.applicationId, [...ids])));
  return rows.map(({ key }) => key);
}

/** Of these forms, those by which somebody else on record is known. */
export async function formsOfOthers(
  db: Db,
  { workspaceId, people }: ErasureOf,
  forms: readonly string[],
): Promise<Set<string>> {
  if (forms.length === 0) return new Set();
  const rows = await db
    .select({ knownBy: candidates.knownBy })
    .from(candidates)
    .where(
      and(
        eq(candidates.workspaceId, workspaceId),
        arrayOverlaps(candidates.knownBy, [...forms]),
        sql`${candidates.id} <> all(array(select value::uuid from jsonb_array_elements_text(${JSON.stringify(people)}::jsonb)))`,
      ),
    );
  return new Set(rows.flatMap(({ knownBy }) => knownBy));
}

/** The key of the workspace's hashes. */
export async function hashKeyOf(db: Db, workspaceId: string): Promise<string> {
  const [row] = await db
    .select({ key: workspaces.hashKey })
    .from(workspaces)
    .where(eq(workspaces.workspaceId, workspaceId));
  if (!row) throw new Error("a call outside a workspace");
  return row.key;
}

export async function insertErasure(tx: Db, row: typeof erasures.$inferInsert): Promise<void> {
  await tx.insert(erasures).values(row);
}

/** Whether the erasure of somebody is on record. */
export async function isOnErasedList(db: Db, workspaceId: string, candidateId: string): Promise<boolean> {
  const isTheirs = and(eq(erasures.workspaceId, workspaceId), eq(erasures.candidateId, candidateId));
  return (await db.$count(erasures, isTheirs)) > 0;
}

/** The newest erasure with one of these hashes. */
export async function erasureWith(
  db: Db,
  workspaceId: string,
  hashes: readonly string[],
): Promise<ErasureRow | undefined> {
  if (hashes.length === 0) return undefined;
  const rows = await db
    .select()
    .from(erasures)
    .where(and(eq(erasures.workspaceId, workspaceId), arrayOverlaps(erasures.hashes, [...hashes])))
    .orderBy(desc(erasures.erasedAt))
    .limit(1);
  return rows[0];
}

/** Which of an erased person's hashes are addresses that nobody writes to: on the do-not-contact list, as hashes. */
export async function suppressHashes(
  tx: Db,
  rows: readonly (typeof suppressions.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0)
    await tx
      .insert(suppressions)
      .values([...rows])
      .onConflictDoNothing();
}

/** Makes what keeps an address from being written to a person's: their record takes it off again. */
export async function tieSuppressions(
  tx: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
  hashes: readonly string[],
): Promise<void> {
  await tx
    .update(suppressions)
    .set({ candidateId: id })
    .where(and(eq(suppressions.workspaceId, workspaceId), inArray(suppressions.email, [...hashes])));
}

/**
 * Kinds of events whose payload held more than ids, field names and times in earlier releases, and what. A `%` stands for
 * any ending.
 */
const PERSONAL_EVENTS: readonly { readonly kind: string; readonly field: string }[] = [
  // The address of a repository or pull request names an account on the git host.
  { kind: "exercise.%", field: "url" },
  // A commit leads to its author on the git host.
  { kind: "submission.snapshot", field: "head_sha" },
];

/** Takes the payload of events that hold personal words. Their hashes stay, so the history still adds up. */
export async function eraseEvents(tx: Db, { workspaceId, applications: ids }: ErasureOf): Promise<void> {
  const isPersonal = or(...PERSONAL_EVENTS.map(({ kind }) => sql`${events.kind} like ${kind}`));
  await tx
    .update(events)
    .set({ payload: {}, erased: true })
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        inArray(events.chainId, [...ids]),
        eq(events.erased, false),
        isPersonal,
      ),
    );
}

/** People who are on record, with what tells who they are. */
export function peopleOnRecord(db: Db, workspaceId: string) {
  return db
    .select({ id: candidates.id, knownBy: candidates.knownBy, createdAt: candidates.createdAt })
    .from(candidates)
    .where(
      and(
        eq(candidates.workspaceId, workspaceId),
        isNull(candidates.erasedAt),
        isNull(candidates.mergedInto),
      ),
    )
    .orderBy(asc(candidates.id));
}
