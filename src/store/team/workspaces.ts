import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { AdminOrigin, type Member } from "../../domain/member.ts";
import { MIGRATION_LOCK } from "../database/migrate.ts";
import type { Opened } from "../database/opened.ts";
import { prepared } from "../database/prepared.ts";
import { appendEvent, eventsOfKind, listEvents } from "../events.ts";
import type { Db } from "../store.ts";
import { members, workspaces } from "../tables.ts";

export type NewAdmin = {
  readonly email: string;
  readonly name: string;
  /** Where they are known from; kept on record where it is given. */
  readonly from?: AdminOrigin;
};

const FIRST_ADMIN = "member.first";
const MEMBER_RENAME = "member.rename";

/** The workspace of this database. On first use, exactly one process makes it with its first admin. */
export async function ensureWorkspace(opened: Opened, firstAdmin: () => Promise<NewAdmin>): Promise<string> {
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
    const { email, name, from } = admin;
    const id = uuidv7();
    await tx.insert(members).values({ workspaceId, id, email, name, access: "admin", createdAt });
    if (from !== undefined) {
      const event = { workspaceId, chainId: id, at: createdAt, kind: FIRST_ADMIN, memberId: id };
      await appendEvent(tx, { ...event, client: "greenflag", tool: "first start", payload: { from } });
    }
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

/** The workspace `id`, or the one that is there now where that is gone. */
export async function presentWorkspace(db: Db, id: string): Promise<string | undefined> {
  const rows = await db
    .select({ id: workspaces.workspaceId })
    .from(workspaces)
    .orderBy(
      desc(sql`${workspaces.workspaceId} = ${id}`),
      asc(workspaces.createdAt),
      asc(workspaces.workspaceId),
    )
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

/** The addresses of all present and former members, with those that a member had before. */
export async function teamAddresses(db: Db, workspaceId: string): Promise<string[]> {
  const query = db.select({ email: members.email }).from(members).where(eq(members.workspaceId, workspaceId));
  const now = (await query).map(({ email }) => email);
  const renames = await eventsOfKind(db, workspaceId, MEMBER_RENAME);
  return [...new Set([...now, ...renames.map(({ payload }) => String(payload.from))])];
}

/** Whether somebody who is or was on the team has this e-mail (in lower case). */
export async function isEmailTaken(db: Db, workspaceId: string, email: string): Promise<boolean> {
  const query = db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.email, email)));
  return (await query).length > 0;
}

/** Whether this e-mail (in lower case) was another member's, before that one was given another. */
export async function wasAnothers(
  db: Db,
  workspaceId: string,
  { id, email }: Pick<Member, "id" | "email">,
): Promise<boolean> {
  const renames = await eventsOfKind(db, workspaceId, MEMBER_RENAME);
  return renames.some(({ chainId, payload }) => chainId !== id && payload.from === email);
}

/** Where the first start had this member from; undefined for another member, and once they were given another e-mail. */
export async function originOf(
  db: Db,
  workspaceId: string,
  member: string,
): Promise<AdminOrigin | undefined> {
  const kinds = await listEvents(db, workspaceId, member);
  if (kinds.some(({ kind }) => kind === MEMBER_RENAME)) return undefined;
  return AdminOrigin.safeParse(kinds.find(({ kind }) => kind === FIRST_ADMIN)?.payload.from).data;
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

/** A member by e-mail (in lower case), with the moment before which their sign-ins are over, if there is one. */
export async function findSigningIn(
  db: Db,
  workspaceId: string,
  email: string,
): Promise<{ readonly id: string; readonly signedOutAt: Date | null } | undefined> {
  const query = prepared(db, "member_signing_in", (name) =>
    db
      .select({ id: members.id, signedOutAt: members.signedOutAt })
      .from(members)
      .where(and(here(), eq(members.email, sql.placeholder("email"))))
      .prepare(name),
  );
  return (await query.execute({ workspaceId, email }))[0];
}

/** A member by id. Former members are not found. */
export async function findMemberById(db: Db, workspaceId: string, id: string): Promise<Member | undefined> {
  const query = prepared(db, "member_by_id", (name) =>
    db
      .select(MEMBER)
      .from(members)
      .where(and(here(), eq(members.id, sql.placeholder("id"))))
      .prepare(name),
  );
  return (await query.execute({ workspaceId, id }))[0];
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
