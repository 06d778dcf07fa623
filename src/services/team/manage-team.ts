import { DomainError, notFound } from "../../domain/errors.ts";
import { type Access, type FirstAdmin, isUnreachable, type Member } from "../../domain/member.ts";
import { plannedSeats } from "../../domain/panel/panel.ts";
import { isoIn } from "../../domain/scheduling/wall-clock.ts";
import { ownRecords } from "../../store/candidates/candidates.ts";
import { renameAuthor } from "../../store/evaluation/assessments.ts";
import { listRoles, saveRole } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { interviewsAhead, lookedAfterBy, unsubmittedCards } from "../../store/team/commitments.ts";
import { insertMember, saveMember } from "../../store/team/members.ts";
import {
  findMember,
  isEmailTaken,
  listMembers,
  lockWorkspace,
  originOf,
} from "../../store/team/workspaces.ts";
import { ownTimezone } from "../scheduling/attendees.ts";
import type { Session } from "../session.ts";
import { endSignIns } from "./sign-ins.ts";

/** What a member is still assigned to. */
export type Commitments = {
  /** Scorecards that they have to submit. */
  readonly cards: readonly { readonly ref: string; readonly round: string }[];
  /** Rounds of running roles whose panel names them. */
  readonly panels: readonly { readonly role: string; readonly rounds: readonly string[] }[];
  /** Coming interviews that they hold. */
  readonly interviews: readonly { readonly ref: string; readonly round: string; readonly start: string }[];
  /** References of active applications that they look after themselves. */
  readonly applications: readonly string[];
  /** Keys of the running roles that they own. */
  readonly roles: readonly string[];
};

type AccessChange = {
  readonly changed: boolean;
  /** Present when the new access level allows none of it. */
  readonly left?: Commitments;
};

type Renamed = { readonly email: string; readonly name: string; readonly changed: boolean };

/** Adds a person to the team, or a former member again. A present member is not changed. E-mails are in lower case. */
export async function addMember(
  tx: Db,
  session: Session,
  person: Pick<Member, "email" | "name" | "access">,
): Promise<boolean> {
  const { workspaceId, now } = session;
  // Without the lock, somebody could be added as a candidate at the same time and not be known as this member.
  await lockWorkspace(tx, workspaceId);
  const id = await insertMember(tx, { workspaceId, now, ...person });
  if (id === undefined) return false;
  await session.record(tx, id, "member.add", { access: person.access });
  return true;
}

async function list(session: Session): Promise<Member[]> {
  return session.read((db) => listMembers(db, session.workspaceId));
}

/** @throws DomainError `not_found` for a person outside the team, `conflict` when no admin would be left. */
export async function changeAccess(
  tx: Db,
  session: Session,
  email: string,
  access: Access,
): Promise<AccessChange> {
  const member = await loadMemberForUpdate(tx, session, email);
  if (member.access === access) return { changed: false };
  await requireAnotherAdmin(tx, session, member);
  await saveMember(tx, session.workspaceId, member.id, { access });
  await session.record(tx, member.id, "member.access", { from: member.access, to: access });
  if (access !== "viewer") return { changed: true };
  return { changed: true, left: await commitmentsOf(tx, session, member) };
}

/**
 * Takes a person off the team. Their past actions stay on record with their name, and they have no tasks any more.
 * @throws DomainError as `changeAccess`
 */
export async function removeMember(
  tx: Db,
  session: Session,
  email: string,
): Promise<{ readonly left: Commitments }> {
  const member = await loadMemberForUpdate(tx, session, email);
  await requireAnotherAdmin(tx, session, member);
  const left = await commitmentsOf(tx, session, member);
  await saveMember(tx, session.workspaceId, member.id, { removedAt: session.now });
  await endSignIns(tx, session, member);
  await session.record(tx, member.id, "member.remove", { access: member.access });
  return { left };
}

/**
 * Gives a member another e-mail, and another name where one is given; they keep everything that is theirs.
 * @throws DomainError `not_found` for a stranger, `conflict` for an e-mail that somebody has or had.
 */
export async function renameMember(
  tx: Db,
  session: Session,
  email: string,
  to: { readonly email: string; readonly name?: string | undefined },
): Promise<Renamed> {
  const { workspaceId } = session;
  const member = await loadMemberForUpdate(tx, session, email);
  const { id } = member;
  const now = { email: to.email, name: to.name ?? member.name };
  if (now.email === member.email && now.name === member.name) return { ...now, changed: false };
  await requireFree(tx, session, member, now.email);
  await saveMember(tx, workspaceId, id, now);
  if (now.email !== member.email) {
    const change = { from: member.email, to: now.email };
    await renameOnPanels(tx, workspaceId, change);
    await renameAuthor(tx, workspaceId, change);
  }
  await session.record(tx, id, "member.rename", { from: member.email, to: now.email });
  return { ...now, changed: true };
}

/** @throws DomainError `conflict` where a member's new e-mail is or was another's. */
export async function requireFree(
  tx: Db,
  { workspaceId }: Session,
  { email: before }: Pick<Member, "email">,
  email: string,
): Promise<void> {
  if (email === before || !(await isEmailTaken(tx, workspaceId, email))) return;
  throw new DomainError("conflict", `${email} is or was a member's e-mail.`, "Give another one.");
}

type EmailChange = { readonly from: string; readonly to: string };

/** The panels of roles name members by e-mail, as they were typed. */
async function renameOnPanels(tx: Db, workspaceId: string, { from, to }: EmailChange): Promise<void> {
  const renamed = (email: string) => (email.toLowerCase() === from ? to : email);
  for (const { role } of await listRoles(tx, workspaceId)) {
    if (plannedSeats(role.panel, [from]).length === 0) continue;
    const panel = role.panel.map(({ round, members }) => ({ round, members: members.map(renamed) }));
    await saveRole(tx, { ...role, panel });
  }
}

/** The member whom the first start made, where the session is theirs and they have not been given another e-mail since. */
export async function firstAdmin(db: Db, { workspaceId, member }: Session): Promise<FirstAdmin | undefined> {
  const from = await originOf(db, workspaceId, member.id);
  if (from === undefined) return undefined;
  const { email, name } = member;
  return { email, name, from, unreachable: isUnreachable(email) };
}

/** Manages the hiring team, for a person at a terminal. Every change is recorded in the member's own history. */
export const team = {
  list,
  add: (session: Session, person: Pick<Member, "email" | "name" | "access">) =>
    session.write((tx) => addMember(tx, session, person)),
  setAccess: (session: Session, email: string, access: Access) =>
    session.write((tx) => changeAccess(tx, session, email, access)),
  remove: (session: Session, email: string) => session.write((tx) => removeMember(tx, session, email)),
  rename: (
    session: Session,
    email: string,
    to: { readonly email: string; readonly name?: string | undefined },
  ) => session.write((tx) => renameMember(tx, session, email, to)),
};

/** @throws DomainError `not_found` for a person outside the team */
export async function loadMemberForUpdate(tx: Db, { workspaceId }: Session, email: string): Promise<Member> {
  // Without the lock, two admins could remove each other at the same time and leave none.
  await lockWorkspace(tx, workspaceId);
  const member = await findMember(tx, workspaceId, email);
  if (member) return member;
  throw notFound("member", email, { do: "list_team" });
}

/** @throws DomainError `conflict` where a member is the only admin. */
export async function requireAnotherAdmin(
  tx: Db,
  { workspaceId }: Session,
  { id, access, email }: Member,
): Promise<void> {
  const members = await listMembers(tx, workspaceId);
  if (access !== "admin" || members.some((other) => other.access === "admin" && other.id !== id)) return;
  throw new DomainError("conflict", `${email} is the only admin.`, "Make another member an admin first.");
}

/** @throws DomainError `conflict` for the only admin, and for whoever would take themselves off. */
export async function requireRemovable(tx: Db, session: Session, member: Member): Promise<void> {
  await requireAnotherAdmin(tx, session, member);
  if (member.id !== session.member.id) return;
  const others = (await listMembers(tx, session.workspaceId)).filter(
    ({ access, id }) => access === "admin" && id !== member.id,
  );
  const who = others.map(({ name, email }) => `${name} (${email})`).join(", ");
  throw new DomainError(
    "conflict",
    `${member.email} is you: nobody takes themselves off the team.`,
    `Ask another admin: ${who}.`,
  );
}

/** What a member is still assigned to, without what is about the caller's own applications. Times are in the caller's zone. */
export async function commitmentsOf(tx: Db, session: Session, { id, email }: Member): Promise<Commitments> {
  const { workspaceId, member: caller, now } = session;
  const own = await ownRecords(tx, workspaceId, caller.id);
  const zone = (await ownTimezone(tx, session)) ?? "UTC";
  const cards = await unsubmittedCards(tx, workspaceId, id, own);
  const ahead = await interviewsAhead(tx, workspaceId, id, { now, except: own });
  const running = (await listRoles(tx, workspaceId)).filter(({ role }) => role.closedAt === null);
  const panels = running.flatMap(({ role }) => {
    const rounds = plannedSeats(role.panel, [email]).map(({ round }) => round);
    return rounds.length === 0 ? [] : [{ role: role.key, rounds }];
  });
  const roles = running.filter(({ owner }) => owner === email).map(({ role }) => role.key);
  const interviews = ahead.map(({ start, ...interview }) => ({
    ...interview,
    start: isoIn(start.getTime(), zone),
  }));
  const applications = await lookedAfterBy(tx, workspaceId, id, own);
  return { cards, panels, interviews, applications, roles };
}
