import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "../store.ts";
import { availability } from "../tables.ts";

export type AvailabilityRow = typeof availability.$inferSelect;

/** What is on record about when some members can interview; members without an entry are left out. */
export async function findAvailability(
  db: Db,
  workspaceId: string,
  memberIds: readonly string[],
): Promise<AvailabilityRow[]> {
  if (memberIds.length === 0) return [];
  return db
    .select()
    .from(availability)
    .where(and(eq(availability.workspaceId, workspaceId), inArray(availability.memberId, [...memberIds])));
}

/** Stores when a member can interview, in place of what was on record. */
export async function saveAvailability(tx: Db, row: typeof availability.$inferInsert): Promise<void> {
  const { workspaceId: _, id: __, memberId: ___, ...set } = row;
  await tx
    .insert(availability)
    .values(row)
    .onConflictDoUpdate({ target: [availability.workspaceId, availability.memberId], set });
}
