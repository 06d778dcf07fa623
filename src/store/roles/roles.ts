import { and, asc, eq, sql } from "drizzle-orm";
import { prepared } from "../database/prepared.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { members, roles } from "../tables.ts";

export type RoleRow = typeof roles.$inferSelect;

/** A role by key. With `lock`, its row is locked until commit. */
export async function findRole(
  db: Db,
  workspaceId: string,
  key: string,
  { lock }: { readonly lock: boolean } = { lock: false },
): Promise<RoleRow | undefined> {
  const query = db
    .select()
    .from(roles)
    .where(and(eq(roles.workspaceId, workspaceId), eq(roles.key, key)));
  const rows = await (lock ? query.for("update") : query);
  return rows[0];
}

/** A role by id, kept from being changed by others until commit. Several transactions may keep it at once. */
export async function keepRole(tx: Db, workspaceId: string, id: string): Promise<RoleRow | undefined> {
  const rows = await tx
    .select()
    .from(roles)
    .where(and(eq(roles.workspaceId, workspaceId), eq(roles.id, id)))
    .for("share");
  return rows[0];
}

/** Every role with its owner's e-mail, oldest first. */
export function listRoles(db: Db, workspaceId: string): Promise<{ role: RoleRow; owner: string }[]> {
  const query = prepared(db, "roles_list", (name) =>
    db
      .select({ role: roles, owner: members.email })
      .from(roles)
      .innerJoin(members, sameTenant(members, roles, roles.ownerId))
      .where(eq(roles.workspaceId, sql.placeholder("workspaceId")))
      .orderBy(asc(roles.openedAt), asc(roles.id))
      .prepare(name),
  );
  return query.execute({ workspaceId });
}

export async function insertRole(tx: Db, row: typeof roles.$inferInsert): Promise<void> {
  await tx.insert(roles).values(row);
}

export async function saveRole(tx: Db, row: RoleRow): Promise<void> {
  const { workspaceId, id, nextNumber: _counter, ...changes } = row;
  await tx
    .update(roles)
    .set(changes)
    .where(and(eq(roles.workspaceId, workspaceId), eq(roles.id, id)));
}

/**
 * Takes the next reference number of a role, or the first of several. A number is never used twice, not even after a gap.
 */
export async function takeNumber(tx: Db, workspaceId: string, id: string, count = 1): Promise<number> {
  const rows = await tx
    .update(roles)
    .set({ nextNumber: sql`${roles.nextNumber} + ${count}` })
    .where(and(eq(roles.workspaceId, workspaceId), eq(roles.id, id)))
    .returning({ next: roles.nextNumber });
  const next = rows[0]?.next;
  if (next === undefined) throw new Error("the role vanished while a reference was taken");
  return next - count;
}
