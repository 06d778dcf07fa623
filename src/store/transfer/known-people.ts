import { and, arrayOverlaps, eq, inArray, isNull, sql } from "drizzle-orm";
import type { CandidateRow } from "../candidates/candidates.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, candidates, erasures, importKeys, members, workspaces } from "../tables.ts";

/** The key of the hashes by which imported rows and erased people are known again. */
export async function findHashKey(db: Db, workspaceId: string): Promise<string> {
  const rows = await db
    .select({ key: workspaces.hashKey })
    .from(workspaces)
    .where(eq(workspaces.workspaceId, workspaceId));
  if (!rows[0]) throw new Error("a workspace is missing");
  return rows[0].key;
}

/** Who has each of some addresses (in lower case). Of somebody who was merged with another: the other. */
export async function candidatesByEmail(
  db: Db,
  workspaceId: string,
  emails: readonly string[],
): Promise<Map<string, CandidateRow>> {
  if (emails.length === 0) return new Map();
  const isOf = eq(candidates.workspaceId, workspaceId);
  const rows = await db
    .select()
    .from(candidates)
    .where(and(isOf, inArray(candidates.email, [...emails])));
  const into = rows.flatMap(({ mergedInto }) => (mergedInto === null ? [] : [mergedInto]));
  const kept =
    into.length === 0
      ? []
      : await db
          .select()
          .from(candidates)
          .where(and(isOf, inArray(candidates.id, into)));
  return new Map(
    rows.flatMap((row) => {
      const person = row.mergedInto === null ? row : kept.find(({ id }) => id === row.mergedInto);
      return row.email !== null && person ? [[row.email, person] as const] : [];
    }),
  );
}

export type KnownKey = {
  readonly key: string;
  readonly ref: string;
  readonly candidate: CandidateRow;
};

/** The applications that came in under some keys. */
export async function applicationsByKey(
  db: Db,
  workspaceId: string,
  keys: readonly string[],
): Promise<KnownKey[]> {
  if (keys.length === 0) return [];
  return db
    .select({ key: importKeys.key, ref: applications.ref, candidate: candidates })
    .from(importKeys)
    .innerJoin(applications, sameTenant(applications, importKeys, importKeys.applicationId))
    .innerJoin(candidates, sameTenant(candidates, applications, applications.candidateId))
    .where(and(eq(importKeys.workspaceId, workspaceId), inArray(importKeys.key, [...keys])));
}

/** Which of some hashes are those of people who were erased. */
export async function erasedAmong(
  db: Db,
  workspaceId: string,
  hashes: readonly string[],
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await db
    .select({ hashes: erasures.hashes })
    .from(erasures)
    .where(and(eq(erasures.workspaceId, workspaceId), arrayOverlaps(erasures.hashes, [...hashes])));
  return new Set(rows.flatMap((row) => row.hashes));
}

/** References of the applications of some people, with whose and for which role. */
export function applicationsOfPeople(db: Db, workspaceId: string, candidateIds: readonly string[]) {
  return db
    .select({
      ref: sql<string>`coalesce((select k.ref from applications k
        where k.workspace_id = ${applications.workspaceId} and k.id = ${applications.mergedInto}), ${applications.ref})`,
      roleId: applications.roleId,
      candidateId: applications.candidateId,
    })
    .from(applications)
    .where(
      and(eq(applications.workspaceId, workspaceId), inArray(applications.candidateId, [...candidateIds])),
    );
}

const MAX_ALIKE = 5_000;

/** Applications of people who share a form of name, mailbox, phone or profile with any of some. */
export function peopleAlike(db: Db, workspaceId: string, forms: readonly string[]) {
  return db
    .select({
      ...{ id: candidates.id, name: candidates.name, email: candidates.email, knownBy: candidates.knownBy },
      ...{ memberId: candidates.memberId, ref: applications.ref, roleId: applications.roleId },
    })
    .from(candidates)
    .innerJoin(applications, sameTenant(candidates, applications, applications.candidateId))
    .where(
      and(
        eq(candidates.workspaceId, workspaceId),
        arrayOverlaps(candidates.knownBy, [...forms]),
        isNull(candidates.mergedInto),
        isNull(applications.mergedInto),
      ),
    )
    .limit(MAX_ALIKE);
}
export type Alike = Awaited<ReturnType<typeof peopleAlike>>[number];

/** Everybody who is or was on the team. */
export function everyMember(db: Db, workspaceId: string) {
  return db
    .select({
      ...{ id: members.id, email: members.email, name: members.name, access: members.access },
      removedAt: members.removedAt,
    })
    .from(members)
    .where(eq(members.workspaceId, workspaceId));
}
