import { and, eq, isNotNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Access, Member } from "../../domain/member.ts";
import { tieRecordTo } from "../candidates/candidates.ts";
import type { Db } from "../store.ts";
import { members } from "../tables.ts";

export type NewMember = {
  readonly workspaceId: string;
  readonly email: string;
  readonly name: string;
  readonly access: Access;
  readonly now: Date;
};

/**
 * Adds a member, or a former member again, and returns their id. Undefined when they are on the team already. Whoever
 * has applied with this e-mail is them.
 */
export async function insertMember(
  tx: Db,
  { workspaceId, email, name, access, now }: NewMember,
): Promise<string | undefined> {
  const made = await tx
    .insert(members)
    .values({ workspaceId, id: uuidv7(), email, name, access, createdAt: now })
    .onConflictDoUpdate({
      target: [members.workspaceId, members.email],
      set: { name, access, removedAt: null },
      setWhere: isNotNull(members.removedAt),
    })
    .returning({ id: members.id });
  const id = made[0]?.id;
  if (id !== undefined) await tieRecordTo(tx, { workspaceId, id, email });
  return id;
}

/** Changes a member. With another e-mail, whoever has applied with it is them. */
export async function saveMember(
  tx: Db,
  workspaceId: string,
  id: string,
  changes: { email?: string; name?: string; access?: Access; removedAt?: Date; signedOutAt?: Date },
): Promise<void> {
  await tx
    .update(members)
    .set(changes)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.id, id)));
  if (changes.email !== undefined) await tieRecordTo(tx, { workspaceId, id, email: changes.email });
}

/** Somebody who was on the team, by e-mail (in lower case). */
export async function findFormerMember(
  db: Db,
  workspaceId: string,
  email: string,
): Promise<Member | undefined> {
  const { id, name, access } = members;
  const rows = await db
    .select({ id, email: members.email, name, access })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.email, email), isNotNull(members.removedAt)));
  return rows[0];
}

/** The e-mail of a present or former member. */
export async function emailOf(db: Db, workspaceId: string, memberId: string): Promise<string> {
  const rows = await db
    .select({ email: members.email })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.id, memberId)));
  const email = rows[0]?.email;
  if (email === undefined) throw new Error("a member on record is missing");
  return email;
}
