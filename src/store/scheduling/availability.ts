import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "../store.ts";
import { availability } from "../tables.ts";

export type AvailabilityRow = typeof availability.$inferSelect;

/** The stored availability of some members. Members without any are left out. */
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

/** Stores a member's availability, replacing the previous one. */
export async function saveAvailability(tx: Db, row: typeof availability.$inferInsert): Promise<void> {
  const { workspaceId: _, id: __, memberId: ___, ...set } = row;
  await tx
    .insert(availability)
    .values(row)
    .onConflictDoUpdate({ target: [availability.workspaceId, availability.memberId], set });
}
