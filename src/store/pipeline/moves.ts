import { and, asc, desc, eq, sql } from "drizzle-orm";
import { lineOf } from "../candidates/joined.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, members, moves } from "../tables.ts";

export type MoveRow = typeof moves.$inferSelect;

export async function insertMove(tx: Db, row: typeof moves.$inferInsert): Promise<void> {
  await tx.insert(moves).values(row);
}

/** The latest move or undo of an application. */
export async function lastMove(
  db: Db,
  workspaceId: string,
  applicationId: string,
): Promise<MoveRow | undefined> {
  const rows = await db
    .select()
    .from(moves)
    .where(and(eq(moves.workspaceId, workspaceId), eq(moves.applicationId, applicationId)))
    .orderBy(desc(moves.version))
    .limit(1);
  return rows[0];
}

/**
 * Every move of an application, and of those that were joined to it, in the order of time: each with the reference that
 * it belongs to and the e-mail of the member who made it.
 */
export function listMoves(db: Db, workspaceId: string, applicationId: string) {
  return db
    .select({ move: moves, by: members.email, ref: applications.ref })
    .from(moves)
    .innerJoin(members, sameTenant(members, moves, moves.movedBy))
    .innerJoin(applications, sameTenant(applications, moves, moves.applicationId))
    .where(
      and(
        eq(moves.workspaceId, workspaceId),
        sql`${moves.applicationId} in ${lineOf(workspaceId, applicationId)}`,
      ),
    )
    .orderBy(asc(moves.movedAt), asc(moves.version));
}
