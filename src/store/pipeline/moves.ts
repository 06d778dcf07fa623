import { and, asc, desc, eq } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { members, moves } from "../tables.ts";

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

/** Every move of an application in order, each with the e-mail of the member who made it. */
export function listMoves(db: Db, workspaceId: string, applicationId: string) {
  return db
    .select({ move: moves, by: members.email })
    .from(moves)
    .innerJoin(members, sameTenant(members, moves, moves.movedBy))
    .where(and(eq(moves.workspaceId, workspaceId), eq(moves.applicationId, applicationId)))
    .orderBy(asc(moves.version));
}
