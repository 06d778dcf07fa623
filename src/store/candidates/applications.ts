import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, candidates, members, roles, suppressions } from "../tables.ts";
import { type AccessFilter, andAccessible } from "./access-filter.ts";

export type ApplicationRow = typeof applications.$inferSelect;

/** An application with its candidate and its role. */
export type ApplicationRecord = {
  readonly application: ApplicationRow;
  readonly candidate: typeof candidates.$inferSelect;
  readonly role: typeof roles.$inferSelect;
  /** The e-mail of whoever looks after the application: by default the role's owner. */
  readonly owner: string;
};

/**
 * An application by reference. With `lock`, its row is locked until commit. The reference of one that was joined to
 * another leads to that one.
 */
export async function findApplicationRecord(
  db: Db,
  workspaceId: string,
  ref: string,
  lock = false,
): Promise<ApplicationRecord | undefined> {
  const record = await recordWhere(db, workspaceId, eq(applications.ref, ref), lock);
  if (record) return record;
  const { id, mergedInto } = applications;
  const [row] = await db
    .select({ id: sql<string>`coalesce(${mergedInto}, ${id})` })
    .from(applications)
    .where(and(eq(applications.workspaceId, workspaceId), eq(applications.ref, ref)));
  return row && recordWhere(db, workspaceId, eq(id, row.id), lock);
}

/** One that is not joined to another: also where that has happened while its lock was waited for. */
async function recordWhere(
  db: Db,
  workspaceId: string,
  which: SQL,
  lock: boolean,
): Promise<ApplicationRecord | undefined> {
  const query = db
    .select({ application: applications, candidate: candidates, role: roles, owner: members.email })
    .from(applications)
    .innerJoin(candidates, sameTenant(candidates, applications, applications.candidateId))
    .innerJoin(roles, sameTenant(roles, applications, applications.roleId))
    .innerJoin(
      members,
      and(
        eq(members.workspaceId, applications.workspaceId),
        sql`${members.id} = coalesce(${applications.ownerId}, ${roles.ownerId})`,
      ),
    )
    .where(and(eq(applications.workspaceId, workspaceId), which, isNull(applications.mergedInto)));
  const rows = await (lock ? query.for("update", { of: applications }) : query);
  return rows[0];
}

/** Adds an application. Undefined when this person has already applied for this role. */
export async function insertApplication(
  tx: Db,
  row: typeof applications.$inferInsert,
): Promise<ApplicationRow | undefined> {
  const made = await tx.insert(applications).values(row).onConflictDoNothing().returning();
  return made[0];
}

export async function saveApplication(
  tx: Db,
  row: Pick<ApplicationRow, "workspaceId" | "id"> & Partial<ApplicationRow>,
): Promise<void> {
  const { workspaceId, id, ...changes } = row;
  await tx
    .update(applications)
    .set(changes)
    .where(and(eq(applications.workspaceId, workspaceId), eq(applications.id, id)));
}

/** How many people a role has hired. */
export async function countHired(db: Db, workspaceId: string, roleId: string): Promise<number> {
  return db.$count(
    applications,
    and(
      eq(applications.workspaceId, workspaceId),
      eq(applications.roleId, roleId),
      eq(applications.status, "hired"),
    ),
  );
}

/**
 * Who is still active in a role, the first to apply first: at most `limit`, and how many there are. Those whom the caller
 * may not see are left out.
 */
export async function listActive(
  db: Db,
  workspaceId: string,
  roleId: string,
  { access, limit }: { readonly access: AccessFilter; readonly limit: number },
) {
  const where = and(
    eq(applications.workspaceId, workspaceId),
    eq(applications.roleId, roleId),
    eq(applications.status, "active"),
    isNull(applications.mergedInto),
    sql`true ${andAccessible(workspaceId, access, {
      id: sql`${applications.id}`,
      candidate: sql`${applications.candidateId}`,
      role: sql`${applications.roleId}`,
    })}`,
  );
  const suppressed = sql<boolean>`exists (select 1 from ${suppressions} where ${suppressions.workspaceId} = ${candidates.workspaceId}
    and ${suppressions.email} = lower(${candidates.email}))`;
  const people = await db
    .select({
      ...{ id: applications.id, ref: applications.ref, stage: applications.stage },
      ...{
        name: candidates.name,
        email: candidates.email,
        doNotContact: candidates.doNotContact,
        suppressed,
      },
    })
    .from(applications)
    .innerJoin(candidates, sameTenant(candidates, applications, applications.candidateId))
    .where(where)
    .orderBy(asc(applications.appliedAt), asc(applications.id))
    .limit(limit);
  return { people, total: await db.$count(applications, where) };
}
