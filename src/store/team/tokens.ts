import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { prepared } from "../database/prepared.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { members, tokens } from "../tables.ts";

type NewToken = Omit<typeof tokens.$inferInsert, "id">;

export async function insertToken(tx: Db, token: NewToken): Promise<void> {
  await tx.insert(tokens).values({ ...token, id: uuidv7() });
}

const TOKEN = {
  id: tokens.id,
  memberId: tokens.memberId,
  email: members.email,
  name: tokens.name,
  createdAt: tokens.createdAt,
  expiresAt: tokens.expiresAt,
  lastUsedAt: tokens.lastUsedAt,
  revokedAt: tokens.revokedAt,
};

/** Every token that was made, of one member or of all, oldest first. */
export function listTokens(db: Db, workspaceId: string, memberId?: string) {
  return db
    .select(TOKEN)
    .from(tokens)
    .innerJoin(members, sameTenant(members, tokens, tokens.memberId))
    .where(
      and(
        eq(tokens.workspaceId, workspaceId),
        memberId === undefined ? undefined : eq(tokens.memberId, memberId),
      ),
    )
    .orderBy(asc(members.createdAt), asc(members.id), asc(tokens.id));
}
export type TokenRow = Awaited<ReturnType<typeof listTokens>>[number];

/**
 * The token with this hash and when its member was removed. Looked up by hash: how long that takes tells nothing of a
 * secret of 256 random bits.
 */
export async function findToken(db: Db, workspaceId: string, hash: string) {
  const query = prepared(db, "token_by_hash", (name) =>
    db
      .select({
        id: tokens.id,
        memberId: tokens.memberId,
        expiresAt: tokens.expiresAt,
        lastUsedAt: tokens.lastUsedAt,
        revokedAt: tokens.revokedAt,
        removedAt: members.removedAt,
      })
      .from(tokens)
      .innerJoin(members, sameTenant(members, tokens, tokens.memberId))
      .where(
        and(eq(tokens.workspaceId, sql.placeholder("workspaceId")), eq(tokens.hash, sql.placeholder("hash"))),
      )
      .prepare(name),
  );
  return (await query.execute({ workspaceId, hash }))[0];
}

/** Whether any token was ever made. */
export async function hasTokens(db: Db, workspaceId: string): Promise<boolean> {
  const query = prepared(db, "token_any", (name) =>
    db
      .select({ id: tokens.id })
      .from(tokens)
      .where(eq(tokens.workspaceId, sql.placeholder("workspaceId")))
      .limit(1)
      .prepare(name),
  );
  return (await query.execute({ workspaceId })).length > 0;
}

/** Revokes those tokens of a member that are not revoked yet, all or the ones with a label. Gives their labels. */
export async function revokeTokens(
  tx: Db,
  workspaceId: string,
  {
    memberId,
    name,
    at,
  }: { readonly memberId: string; readonly name?: string | undefined; readonly at: Date },
): Promise<string[]> {
  const rows = await tx
    .update(tokens)
    .set({ revokedAt: at })
    .where(
      and(
        eq(tokens.workspaceId, workspaceId),
        eq(tokens.memberId, memberId),
        isNull(tokens.revokedAt),
        name === undefined ? undefined : eq(tokens.name, name),
      ),
    )
    .returning({ name: tokens.name });
  return rows.map((row) => row.name);
}

/** Puts down that a token was used, unless somebody has done so since `unlessSince`. */
export async function markUsed(
  tx: Db,
  workspaceId: string,
  { id, at, unlessSince }: { readonly id: string; readonly at: Date; readonly unlessSince: Date },
): Promise<void> {
  await tx
    .update(tokens)
    .set({ lastUsedAt: at })
    .where(
      and(
        eq(tokens.workspaceId, workspaceId),
        eq(tokens.id, id),
        or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, unlessSince)),
      ),
    );
}
