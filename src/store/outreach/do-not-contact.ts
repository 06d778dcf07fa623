import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Db } from "../store.ts";
import { suppressions } from "../tables.ts";

/** Whether an address (in lower case), in any of the forms under which it may stand there, is on the do-not-contact list. */
export async function isListed(db: Db, workspaceId: string, forms: readonly string[]): Promise<boolean> {
  const rows = await db
    .select({ id: suppressions.id })
    .from(suppressions)
    .where(and(eq(suppressions.workspaceId, workspaceId), inArray(suppressions.email, [...forms])));
  return rows.length > 0;
}

/**
 * Adds an address (in lower case) to the list. False when it is already on it. What a person's record put there is
 * independent of that record from now on.
 */
export async function suppress(
  tx: Db,
  row: {
    readonly workspaceId: string;
    readonly email: string;
    readonly reason: string;
    readonly createdAt: Date;
  },
): Promise<boolean> {
  const made = await tx
    .insert(suppressions)
    .values({ ...row, id: uuidv7() })
    .onConflictDoUpdate({
      target: [suppressions.workspaceId, suppressions.email],
      set: { reason: row.reason, candidateId: null },
      setWhere: isNotNull(suppressions.candidateId),
    })
    .returning({ id: suppressions.id });
  return made.length === 1;
}

type Person = { readonly workspaceId: string; readonly id: string; readonly email: string | null };

/** Adds a person's address because their record says that they are not written to. */
export async function suppressPerson(
  tx: Db,
  { workspaceId, id, email }: Person,
  { reason, createdAt }: { readonly reason: string; readonly createdAt: Date },
): Promise<void> {
  if (email === null) return;
  await tx
    .insert(suppressions)
    .values({ workspaceId, id: uuidv7(), email, candidateId: id, reason, createdAt })
    .onConflictDoNothing();
}

/** Removes what a person's record had put on the list, and nothing else. */
export async function unsuppressPerson(tx: Db, { workspaceId, id }: Person): Promise<void> {
  await tx
    .delete(suppressions)
    .where(and(eq(suppressions.workspaceId, workspaceId), eq(suppressions.candidateId, id)));
}

/** Removes an address, in all of its forms, from the list. False when it was not on it. */
export async function unsuppress(tx: Db, workspaceId: string, forms: readonly string[]): Promise<boolean> {
  const gone = await tx
    .delete(suppressions)
    .where(and(eq(suppressions.workspaceId, workspaceId), inArray(suppressions.email, [...forms])))
    .returning({ id: suppressions.id });
  return gone.length > 0;
}

export function listSuppressions(db: Db, workspaceId: string) {
  return db
    .select({ email: suppressions.email, reason: suppressions.reason, createdAt: suppressions.createdAt })
    .from(suppressions)
    .where(eq(suppressions.workspaceId, workspaceId))
    .orderBy(asc(suppressions.email));
}
