import { DomainError, notFound } from "../../domain/errors.ts";
import type { Access, Member } from "../../domain/member.ts";
import { plannedSeats } from "../../domain/panel/panel.ts";
import { listRoles } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { interviewsAhead, openSeats } from "../../store/team/commitments.ts";
import { insertMember, saveMember } from "../../store/team/members.ts";
import { findMember, listMembers, lockWorkspace } from "../../store/team/workspaces.ts";
import type { Session } from "../session.ts";

export type Changed = {
  readonly changed: boolean;
  /** What they were still down for, and what becomes of it. */
  readonly left: readonly string[];
};

/** Who is on the hiring team. Every change is on record, in a history of the member's own. */
export function createTeam() {
  return {
    /** Puts a person on the team, or back on it. One who is there stays as they are. E-mails are in lower case. */
    async add(session: Session, person: Pick<Member, "email" | "name" | "access">): Promise<boolean> {
      const { workspaceId, now } = session;
      return session.write(async (tx) => {
        const id = await insertMember(tx, { workspaceId, now, ...person });
        if (id === undefined) return false;
        await session.record(tx, id, "member.add", { access: person.access });
        return true;
      });
    },

    async list(session: Session): Promise<Member[]> {
      return session.read((db) => listMembers(db, session.workspaceId));
    },

    /** @throws DomainError `not_found` for a stranger, `conflict` when no admin would be left. */
    async setAccess(session: Session, email: string, access: Access): Promise<Changed> {
      return session.write(async (tx) => {
        const member = await requireMember(tx, session, email);
        if (member.access === access) return { changed: false, left: [] };
        await requireAnAdmin(tx, session, member);
        await saveMember(tx, session.workspaceId, member.id, { access });
        await session.record(tx, member.id, "member.access", { from: member.access, to: access });
        const left =
          access === "viewer" ? await standing(tx, session, member, "A viewer can do none of it") : [];
        return { changed: true, left };
      });
    },

    /**
     * Takes a person off the team: what they did stays and names them, and nobody waits for them any more.
     * @throws DomainError as `setAccess`
     */
    async remove(session: Session, email: string): Promise<Changed> {
      return session.write(async (tx) => {
        const member = await requireMember(tx, session, email);
        await requireAnAdmin(tx, session, member);
        const left = await standing(tx, session, member, "Nobody waits for them any more");
        await saveMember(tx, session.workspaceId, member.id, { removedAt: session.now });
        await session.record(tx, member.id, "member.remove", { access: member.access });
        return { changed: true, left };
      });
    },
  };
}

async function requireMember(tx: Db, { workspaceId }: Session, email: string): Promise<Member> {
  // Two admins who remove each other at once would leave none.
  await lockWorkspace(tx, workspaceId);
  const found = await findMember(tx, workspaceId, email);
  if (found) return found;
  throw notFound("member", email, "greenflag member list shows the team.");
}

async function requireAnAdmin(
  tx: Db,
  { workspaceId }: Session,
  { id, access, email }: Member,
): Promise<void> {
  const team = await listMembers(tx, workspaceId);
  if (access !== "admin" || team.some((other) => other.access === "admin" && other.id !== id)) return;
  throw new DomainError("conflict", `${email} is the only admin.`, "Make another member an admin first.");
}

/** What a member is still down for, line by line, each with what takes it over. */
async function standing(
  tx: Db,
  { workspaceId, now }: Session,
  { id, email }: Member,
  and: string,
): Promise<string[]> {
  const seats = (await openSeats(tx, workspaceId, id)).map(({ ref, round }) => `${ref} ${round}`);
  const ahead = (await interviewsAhead(tx, workspaceId, id, now)).map(
    ({ ref, round, start }) => `${ref} ${round} on ${start.toISOString()}`,
  );
  const running = (await listRoles(tx, workspaceId)).filter(({ role }) => role.closedAt === null);
  const panels = running.flatMap(({ role }) =>
    plannedSeats(role.panel, [email]).map(({ round }) => `${role.key} ${round}`),
  );
  const owned = running.filter(({ owner }) => owner === email).map(({ role }) => role.key);
  return [
    ...line("Scorecards not submitted", seats, `${and}; to name somebody else: update_role (panel)`),
    ...line("On the panel of", panels, "To name somebody else: update_role (panel)"),
    ...line("Interviews still booked", ahead, "To move or cancel them: schedule_interview"),
    ...line("Roles they opened", owned, "What is owed there is still told as theirs"),
  ];
}

const line = (what: string, list: readonly string[], then: string): string[] =>
  list.length === 0 ? [] : [`${what}: ${list.join(", ")}. ${then}.`];
