import { ADMINISTER, may, requireAccess } from "../../domain/access.ts";
import { notFound } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import { appendEvent, clientsSince, lastOfKinds } from "../../store/events.ts";
import type { Db } from "../../store/store.ts";
import { saveMember } from "../../store/team/members.ts";
import { forgetSignIns } from "../../store/team/sign-ins.ts";
import { findMember, lockWorkspace, wasAnothers } from "../../store/team/workspaces.ts";
import { endUploadsOf } from "../../store/uploads/uploads.ts";
import type { Session } from "../session.ts";
import { revokeAll } from "./tokens.ts";

const SIGN_IN = "member.sign_in";
const SIGN_OUT = "member.sign_out";
/** A client names itself, so a day has room for so many names of one member and no more. */
const MAX_CLIENTS_A_DAY = 20;

/** Records that the member works through this client: one event for each member, client and day (UTC). */
async function noteSignIn(session: Session): Promise<boolean> {
  const { workspaceId, member, client, now } = session;
  const since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  return session.write(async (tx) => {
    // Without the lock, two processes could both find no event.
    await lockWorkspace(tx, workspaceId);
    const clients = await clientsSince(tx, workspaceId, { chainId: member.id, kind: SIGN_IN, since });
    if (clients.includes(client) || clients.length >= MAX_CLIENTS_A_DAY) return false;
    const event = { workspaceId, chainId: member.id, at: now, kind: SIGN_IN, memberId: member.id };
    await appendEvent(tx, { ...event, client, tool: "sign in", payload: {} });
    return true;
  });
}

/** When each member last worked through a client that was signed in, by the member's id. Others than admins see their own. */
async function lastSignIns(session: Session): Promise<Map<string, Date>> {
  const { workspaceId, member } = session;
  const own = may(member, ADMINISTER) ? undefined : member.id;
  return session.read((db) => lastOfKinds(db, workspaceId, [SIGN_IN], own));
}

/**
 * Ends everything by which somebody is signed in, and their tokens, as far as it was given out before now.
 * @throws DomainError `forbidden` for another's sign-ins without being an admin, `not_found` for a stranger
 */
async function signOutEverywhere(session: Session, email: string): Promise<void> {
  const { workspaceId } = session;
  if (email !== session.member.email)
    requireAccess(session.member, ADMINISTER, "this: to sign somebody else out");
  await session.write(async (tx) => {
    const member = await findMember(tx, workspaceId, email);
    if (!member) throw notFound("member", email, "greenflag member list shows the team.");
    await endSignIns(tx, session, member);
    await session.record(tx, member.id, SIGN_OUT, {});
  });
}

/** Ends the sign-ins and tokens of a member, in a transaction that may do more. */
export async function endSignIns(tx: Db, session: Session, { id, email }: Member): Promise<void> {
  const { workspaceId, now } = session;
  await saveMember(tx, workspaceId, id, { signedOutAt: now });
  await revokeAll(tx, session, { memberId: id });
  await endUploadsOf(tx, { workspaceId, memberId: id }, now);
  await forgetSignIns(tx, email);
}

/**
 * Ends what was given out to a member's e-mail while it was another's, who has another one since: a sign-in names its
 * person by e-mail alone, so that it would let them in as whoever has it now.
 */
export async function endOthersSignIns(
  tx: Db,
  { workspaceId, now }: Session,
  { id, email }: Pick<Member, "id" | "email">,
): Promise<void> {
  if (!(await wasAnothers(tx, workspaceId, { id, email }))) return;
  await saveMember(tx, workspaceId, id, { signedOutAt: now });
  await forgetSignIns(tx, email);
}

export const signIns = { noteSignIn, lastSignIns, signOutEverywhere };
