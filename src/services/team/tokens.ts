import { ADMINISTER, may, requireAct } from "../../domain/access.ts";
import { DomainError, notFound } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import type { Db } from "../../store/store.ts";
import {
  findToken,
  hasTokens,
  insertToken,
  listTokens,
  markUsed,
  revokeTokens,
  type TokenRow,
} from "../../store/team/tokens.ts";
import { findMember, lockWorkspace } from "../../store/team/workspaces.ts";
import type { Session } from "../session.ts";
import type { Upkeep } from "../upkeep.ts";
import { hashOfToken, makeToken } from "./token-text.ts";

const MAX_DAYS = 3_650;
const DAY_MS = 24 * 60 * 60_000;
/** The last use is written down this seldom, so that a call costs no write. */
const LAST_USE_MS = 5 * 60_000;
/** One line of at most 60 plain characters. */
const LABEL = /^[^\p{C}\p{Zl}\p{Zp}]{1,60}$/u;

type MadeToken = {
  /** The token itself. It is given out here and never again. */
  readonly token: string;
  readonly name: string;
  readonly expiresAt: Date;
  /** Whether it is the first of this database, so that calls over HTTP need one from now on. */
  readonly isFirst: boolean;
};

/** Whose a token is, and whether its last use is to be written down; or why it lets nobody in. */
export type TokenCheck =
  | { readonly member: string; readonly token: string; readonly isUseNews: boolean }
  | { readonly refused: "unknown" | "revoked" | "expired" | "removed" };

/**
 * Makes a token for a member. Making one for somebody else takes an admin.
 * @param input.days how long it is good for, from 1 to 3,650
 * @throws DomainError `invalid` for a label or number of days that cannot be, `not_found` for a stranger, `conflict`
 * where the member has a token of that label
 */
async function add(
  session: Session,
  { email, name, days }: { readonly email: string; readonly name: string; readonly days: number },
): Promise<MadeToken> {
  if (!LABEL.test(name))
    throw new DomainError("invalid", "name: has to be one line of 1 to 60 characters.", "Such as: laptop.");
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS)
    throw new DomainError("invalid", `days: ${days} is not possible.`, `Allowed: 1 to ${MAX_DAYS}.`);
  const { workspaceId, now } = session;
  const [token, expiresAt] = [makeToken(), new Date(now.getTime() + days * DAY_MS)];
  return session.write(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    const { id } = await ownerOf(tx, session, email);
    const others = await listTokens(tx, workspaceId, id);
    if (others.some((other) => other.name === name && isLive(other, now)))
      throw new DomainError(
        "conflict",
        `${email} has a token named ${JSON.stringify(name)}.`,
        "Give this one another name, or revoke that one first.",
      );
    const isFirst = !(await hasTokens(tx, workspaceId));
    const hash = hashOfToken(token);
    await insertToken(tx, { workspaceId, memberId: id, name, hash, createdAt: now, expiresAt });
    await session.record(tx, id, "token.add", { name, expires_at: expiresAt.toISOString() });
    return { token, name, expiresAt, isFirst };
  });
}

/**
 * The tokens of a member with those that are not good any more, never the tokens themselves. Without a member, those of
 * everybody for an admin, and for others their own.
 * @throws DomainError `not_found` for a stranger, `forbidden` for another's
 */
async function list(session: Session, email: string | undefined): Promise<TokenRow[]> {
  const { workspaceId, member } = session;
  return session.read(async (db) => {
    const owner = email === undefined ? own(member) : (await ownerOf(db, session, email)).id;
    return listTokens(db, workspaceId, owner);
  });
}

const own = (member: Member): string | undefined => (may(member, ADMINISTER) ? undefined : member.id);

/**
 * Revokes all tokens of a member, or the one with a label, and gives the labels of those that were still good.
 * @throws DomainError `not_found` for a stranger or a label that no token of theirs has, `forbidden` for another's
 */
async function revoke(
  session: Session,
  { email, name }: { readonly email: string; readonly name?: string | undefined },
): Promise<string[]> {
  const { workspaceId } = session;
  return session.write(async (tx) => {
    const { id } = await ownerOf(tx, session, email);
    const revoked = await revokeAll(tx, session, { memberId: id, name });
    if (name === undefined || revoked.length > 0) return revoked;
    const others = (await listTokens(tx, workspaceId, id)).filter((token) => isLive(token, session.now));
    const names = others.map((token) => JSON.stringify(token.name)).join(", ");
    throw notFound("token", name, names === "" ? `${email} has none that is good.` : `Allowed: ${names}.`);
  });
}

/** Revokes a member's tokens, on record, in a transaction that may do more. Gives their labels. */
export async function revokeAll(
  tx: Db,
  session: Session,
  of: { readonly memberId: string; readonly name?: string | undefined },
): Promise<string[]> {
  const names = await revokeTokens(tx, session.workspaceId, { ...of, at: session.now });
  for (const name of names) await session.record(tx, of.memberId, "token.revoke", { name });
  return names;
}

/** The member with this address, whose tokens the caller may manage. */
async function ownerOf(db: Db, { workspaceId, member }: Session, email: string): Promise<Member> {
  if (email !== member.email) requireAct(member, "token_for");
  const owner = await findMember(db, workspaceId, email);
  if (owner) return owner;
  throw notFound("member", email, "greenflag member list shows the team.");
}

type Lifetime = Pick<TokenRow, "expiresAt" | "revokedAt">;
/** Whether a token lets its member in at this time. */
const isLive = ({ expiresAt, revokedAt }: Lifetime, now: Date): boolean =>
  revokedAt === null && expiresAt > now;

/** What checks the tokens of calls over HTTP. It acts for nobody: who calls is what it finds out. */
export function createTokens({ now }: { readonly now: () => Date }) {
  return {
    add,
    list,
    revoke,
    /** Whether any was ever made: then every call over HTTP needs one. */
    isAny: (at: Upkeep): Promise<boolean> => at.read((db) => hasTokens(db, at.workspaceId)),
    /** How many let somebody in now, and how many were ever made. */
    async count(at: Upkeep): Promise<{ readonly live: number; readonly made: number }> {
      const all = await at.read((db) => listTokens(db, at.workspaceId));
      return { live: all.filter((token) => isLive(token, now())).length, made: all.length };
    },
    /** Whose the token with this hash is. One statement. */
    async check(at: Upkeep, hash: string): Promise<TokenCheck> {
      const found = await at.read((db) => findToken(db, at.workspaceId, hash));
      if (!found) return { refused: "unknown" };
      if (found.removedAt !== null) return { refused: "removed" };
      if (found.revokedAt !== null) return { refused: "revoked" };
      const time = now();
      if (!isLive(found, time)) return { refused: "expired" };
      const since = new Date(time.getTime() - LAST_USE_MS);
      const isUseNews = found.lastUsedAt === null || found.lastUsedAt < since;
      return { member: found.memberId, token: found.id, isUseNews };
    },
    /** Puts down that a token was used, unless that was done a moment ago. */
    async markUsed(at: Upkeep, token: string): Promise<void> {
      const time = now();
      const unlessSince = new Date(time.getTime() - LAST_USE_MS);
      await at.write((tx) => markUsed(tx, at.workspaceId, { id: token, at: time, unlessSince }));
    },
  };
}
