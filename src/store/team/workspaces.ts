import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Member } from "../../domain/member.ts";
import { MIGRATION_LOCK } from "../database/migrate.ts";
import type { Opened } from "../database/opened.ts";
import { prepared } from "../database/prepared.ts";
import type { Db } from "../store.ts";
import { members, workspaces } from "../tables.ts";

export type FirstAdmin = { readonly email: string; readonly name: string };

/** The workspace of this database. On first use, exactly one process makes it with its first admin. */
export async function ensureWorkspace(
  opened: Opened,
  firstAdmin: () => Promise<FirstAdmin>,
): Promise<string> {
  const existing = await oldest(opened.db);
  if (existing) return existing;
  const admin = await firstAdmin();
  return opened.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    const made = await oldest(tx);
    if (made) return made;
    const workspaceId = uuidv7();
    const createdAt = new Date();
    await tx.insert(workspaces).values({ workspaceId, name: "Hiring", createdAt });
    await tx.insert(members).values({ workspaceId, id: uuidv7(), ...admin, access: "admin", createdAt });
    return workspaceId;
  });
}

async function oldest(db: Db): Promise<string | undefined> {
  const rows = await db
    .select({ id: workspaces.workspaceId })
    .from(workspaces)
    .orderBy(asc(workspaces.createdAt), asc(workspaces.workspaceId))
    .limit(1);
  return rows[0]?.id;
}

const MEMBER = { id: members.id, email: members.email, name: members.name, access: members.access };

/**
 * Locks the workspace's row until commit. Opening a role and changing a member take this lock, so that two such calls
 * never run at the same time.
 */
export async function lockWorkspace(tx: Db, workspaceId: string): Promise<void> {
  await tx
    .select({ id: workspaces.workspaceId })
    .from(workspaces)
    .where(eq(workspaces.workspaceId, workspaceId))
    .for("update");
}

/** Members on the team, in the order in which they joined. */
export function listMembers(db: Db, workspaceId: string) {
  return db
    .select(MEMBER)
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), isNull(members.removedAt)))
    .orderBy(asc(members.createdAt), asc(members.id));
}

/** The addresses of all present and former members. */
export async function teamAddresses(db: Db, workspaceId: string): Promise<string[]> {
  const query = db.select({ email: members.email }).from(members).where(eq(members.workspaceId, workspaceId));
  return (await query).map(({ email }) => email);
}

const here = () => and(eq(members.workspaceId, sql.placeholder("workspaceId")), isNull(members.removedAt));

/** A member by e-mail (already in lower case). Former members are not found. */
export async function findMember(db: Db, workspaceId: string, email: string): Promise<Member | undefined> {
  const query = prepared(db, "member_by_email", (name) =>
    db
      .select(MEMBER)
      .from(members)
      .where(and(here(), eq(members.email, sql.placeholder("email"))))
      .prepare(name),
  );
  return (await query.execute({ workspaceId, email }))[0];
}

/** The member that a process acts for: the one with the configured e-mail, or else the first admin. */
export const actingMember = (
  db: Db,
  workspaceId: string,
  email: string | undefined,
): Promise<Member | undefined> =>
  email === undefined ? firstAdminOf(db, workspaceId) : findMember(db, workspaceId, email);

async function firstAdminOf(db: Db, workspaceId: string): Promise<Member | undefined> {
  const query = prepared(db, "member_first_admin", (name) =>
    db
      .select(MEMBER)
      .from(members)
      .where(and(here(), eq(members.access, "admin")))
      .orderBy(asc(members.createdAt), asc(members.id))
      .limit(1)
      .prepare(name),
  );
  return (await query.execute({ workspaceId }))[0];
}
