import { and, asc, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Db } from "../store.ts";
import { suppressions } from "../tables.ts";

/** Whether an address (in lower case) is on the do-not-contact list. */
export async function isSuppressed(db: Db, workspaceId: string, email: string): Promise<boolean> {
  const rows = await db
    .select({ id: suppressions.id })
    .from(suppressions)
    .where(and(eq(suppressions.workspaceId, workspaceId), eq(suppressions.email, email)));
  return rows.length > 0;
}

/** Adds an address (in lower case) to the list. False when it is already on it. */
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
    .onConflictDoNothing()
    .returning({ id: suppressions.id });
  return made.length === 1;
}

/** Removes an address from the list. False when it was not on it. */
export async function unsuppress(tx: Db, workspaceId: string, email: string): Promise<boolean> {
  const gone = await tx
    .delete(suppressions)
    .where(and(eq(suppressions.workspaceId, workspaceId), eq(suppressions.email, email)))
    .returning({ id: suppressions.id });
  return gone.length === 1;
}

export function listSuppressions(db: Db, workspaceId: string) {
  return db
    .select({ email: suppressions.email, reason: suppressions.reason, createdAt: suppressions.createdAt })
    .from(suppressions)
    .where(eq(suppressions.workspaceId, workspaceId))
    .orderBy(asc(suppressions.email));
}
