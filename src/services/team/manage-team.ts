import { DomainError, notFound } from "../../domain/errors.ts";
import type { Access, Member } from "../../domain/member.ts";
import { plannedSeats } from "../../domain/panel/panel.ts";
import { listRoles } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { interviewsAhead, unsubmittedCards } from "../../store/team/commitments.ts";
import { insertMember, saveMember } from "../../store/team/members.ts";
import { findMember, listMembers, lockWorkspace } from "../../store/team/workspaces.ts";
import type { Session } from "../session.ts";

/** What a member is still assigned to. */
export type Commitments = {
  /** Scorecards that they have to submit. */
  readonly cards: readonly { readonly ref: string; readonly round: string }[];
  /** Rounds of running roles whose panel names them. */
  readonly panels: readonly { readonly role: string; readonly rounds: readonly string[] }[];
  /** Coming interviews that they hold. */
  readonly interviews: readonly { readonly ref: string; readonly round: string; readonly start: string }[];
  /** Keys of the running roles that they own. */
  readonly roles: readonly string[];
};

type AccessChange = {
  readonly changed: boolean;
  /** Present when the new access level allows none of it. */
  readonly left?: Commitments;
};

/** Adds a person to the team, or a former member again. A present member is not changed. E-mails are in lower case. */
async function add(session: Session, person: Pick<Member, "email" | "name" | "access">): Promise<boolean> {
  const { workspaceId, now } = session;
  return session.write(async (tx) => {
    const id = await insertMember(tx, { workspaceId, now, ...person });
    if (id === undefined) return false;
    await session.record(tx, id, "member.add", { access: person.access });
    return true;
  });
}

async function list(session: Session): Promise<Member[]> {
  return session.read((db) => listMembers(db, session.workspaceId));
}

/** @throws DomainError `not_found` for a person outside the team, `conflict` when no admin would be left. */
async function setAccess(session: Session, email: string, access: Access): Promise<AccessChange> {
  return session.write(async (tx) => {
    const member = await loadMemberForUpdate(tx, session, email);
    if (member.access === access) return { changed: false };
    await requireAnotherAdmin(tx, session, member);
    await saveMember(tx, session.workspaceId, member.id, { access });
    await session.record(tx, member.id, "member.access", { from: member.access, to: access });
    if (access !== "viewer") return { changed: true };
    return { changed: true, left: await commitmentsOf(tx, session, member) };
  });
}

/**
 * Takes a person off the team. Their past actions stay on record with their name, and they have no tasks any more.
 * @throws DomainError as `setAccess`
 */
async function remove(session: Session, email: string): Promise<{ readonly left: Commitments }> {
  return session.write(async (tx) => {
    const member = await loadMemberForUpdate(tx, session, email);
    await requireAnotherAdmin(tx, session, member);
    const left = await commitmentsOf(tx, session, member);
    await saveMember(tx, session.workspaceId, member.id, { removedAt: session.now });
    await session.record(tx, member.id, "member.remove", { access: member.access });
    return { left };
  });
}

/** Manages the hiring team. Every change is recorded in the member's own history. */
export const team = { add, list, setAccess, remove };

async function loadMemberForUpdate(tx: Db, { workspaceId }: Session, email: string): Promise<Member> {
  // Without the lock, two admins could remove each other at the same time and leave none.
  await lockWorkspace(tx, workspaceId);
  const member = await findMember(tx, workspaceId, email);
  if (member) return member;
  throw notFound("member", email, "greenflag member list shows the team.");
}

async function requireAnotherAdmin(
  tx: Db,
  { workspaceId }: Session,
  { id, access, email }: Member,
): Promise<void> {
  const members = await listMembers(tx, workspaceId);
  if (access !== "admin" || members.some((other) => other.access === "admin" && other.id !== id)) return;
  throw new DomainError("conflict", `${email} is the only admin.`, "Make another member an admin first.");
}

async function commitmentsOf(
  tx: Db,
  { workspaceId, now }: Session,
  { id, email }: Member,
): Promise<Commitments> {
  const cards = await unsubmittedCards(tx, workspaceId, id);
  const ahead = await interviewsAhead(tx, workspaceId, id, now);
  const running = (await listRoles(tx, workspaceId)).filter(({ role }) => role.closedAt === null);
  const panels = running.flatMap(({ role }) => {
    const rounds = plannedSeats(role.panel, [email]).map(({ round }) => round);
    return rounds.length === 0 ? [] : [{ role: role.key, rounds }];
  });
  const roles = running.filter(({ owner }) => owner === email).map(({ role }) => role.key);
  const interviews = ahead.map(({ start, ...interview }) => ({ ...interview, start: start.toISOString() }));
  return { cards, panels, interviews, roles };
}
