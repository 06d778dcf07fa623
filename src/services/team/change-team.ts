import { DomainError } from "../../domain/errors.ts";
import { Access, asksAPerson, type Member, type MemberChange } from "../../domain/member.ts";
import type { Db } from "../../store/store.ts";
import { findFormerMember } from "../../store/team/members.ts";
import { findMember, lockWorkspace } from "../../store/team/workspaces.ts";
import { askToConfirm, type Pending, spendConfirmation } from "../confirmations.ts";
import type { Session } from "../session.ts";
import {
  addMember,
  type Commitments,
  changeAccess,
  commitmentsOf,
  loadMemberForUpdate,
  removeMember,
  renameMember,
  requireAnother,
  requireAnotherAdmin,
  requireFree,
} from "./manage-team.ts";
import { emailNamed } from "./named-member.ts";

export type TeamAction = MemberChange["action"];

export type TeamRequest = {
  readonly action: TeamAction;
  /** E-mail of whom it is about, or `me`. */
  readonly email: string;
  readonly new_email?: string | undefined;
  readonly name?: string | undefined;
  readonly access?: Access | undefined;
  readonly confirm?: string | undefined;
};

type Person = Pick<Member, "email" | "name" | "access">;

/** What became of a request; with `confirmation`, what would. */
export type TeamChange = {
  readonly action: TeamAction;
  /** As they are now; with `confirmation`, as they would be; after a removal, as they were. */
  readonly member: Person;
  readonly changed: boolean;
  /** As they were, where their e-mail, name or access is another now. */
  readonly before?: Person;
  /** Whether they were on the team before. */
  readonly again?: boolean;
  /** What somebody was assigned to who is taken off or can do none of it any more. */
  readonly left?: Commitments;
  readonly confirmation?: Pending;
};

/** A request that was looked at: what it would do, and how. Without `change` there is nothing to do. */
type Plan = Omit<TeamChange, "action" | "changed" | "confirmation"> & {
  readonly change?: { readonly what: MemberChange; readonly apply: () => Promise<unknown> };
};

/**
 * Changes the team. What a person has to agree to changes nothing before they have.
 * @throws DomainError `invalid` for what is missing or does not belong to the action, `not_found` for a stranger, `conflict`
 *   where no admin would be left, for an e-mail that is taken, and for whoever would take themselves off.
 */
export async function changeTeam(session: Session, request: TeamRequest): Promise<TeamChange> {
  const { action, confirm } = request;
  requireFields(request);
  return session.write(async (tx) => {
    await lockWorkspace(tx, session.workspaceId);
    const { change, ...facts } = await PLANS[action](tx, session, request);
    if (change === undefined) return { action, ...facts, changed: false };
    if (asksAPerson(change.what)) {
      const asked = { ...request, before: facts.before ?? null, member: facts.member };
      if (confirm === undefined)
        return { action, ...facts, changed: false, confirmation: await askToConfirm(session, tx, asked) };
      await spendConfirmation(session, tx, asked, confirm);
    }
    await change.apply();
    return { action, ...facts, changed: true };
  });
}

const PLANS: Record<TeamAction, (tx: Db, session: Session, request: TeamRequest) => Promise<Plan>> = {
  add: planToAdd,
  access: planAccess,
  remove: planRemoval,
  rename: planRename,
};

const emailOf = (session: Session, { email }: TeamRequest): string =>
  emailNamed(session, email).toLowerCase();

async function planToAdd(tx: Db, session: Session, request: TeamRequest): Promise<Plan> {
  const { workspaceId } = session;
  const email = emailOf(session, request);
  const present = await findMember(tx, workspaceId, email);
  if (present) return { member: personOf(present) };
  const former = await findFormerMember(tx, workspaceId, email);
  const name = request.name ?? former?.name;
  if (name === undefined)
    throw new DomainError("invalid", "name: missing.", "Give the name as it signs messages.");
  const member = { email, name, access: accessOf(request) };
  return {
    member,
    ...(former && { again: true }),
    change: { what: { action: "add" }, apply: () => addMember(tx, session, member) },
  };
}

async function planAccess(tx: Db, session: Session, request: TeamRequest): Promise<Plan> {
  const present = await loadMemberForUpdate(tx, session, emailOf(session, request));
  const access = accessOf(request);
  const { email, access: from } = present;
  if (from === access) return { member: personOf(present) };
  await requireAnotherAdmin(tx, session, present);
  return {
    member: { ...personOf(present), access },
    before: personOf(present),
    ...(access === "viewer" && { left: await commitmentsOf(tx, session, present) }),
    change: {
      what: { action: "access", from, to: access },
      apply: () => changeAccess(tx, session, email, access),
    },
  };
}

async function planRemoval(tx: Db, session: Session, request: TeamRequest): Promise<Plan> {
  const present = await loadMemberForUpdate(tx, session, emailOf(session, request));
  await requireAnother(tx, session, present);
  return {
    member: personOf(present),
    left: await commitmentsOf(tx, session, present),
    change: { what: { action: "remove" }, apply: () => removeMember(tx, session, present.email) },
  };
}

async function planRename(tx: Db, session: Session, request: TeamRequest): Promise<Plan> {
  const present = await loadMemberForUpdate(tx, session, emailOf(session, request));
  const email = request.new_email?.toLowerCase() ?? present.email;
  const name = request.name ?? present.name;
  if (email === present.email && name === present.name) return { member: personOf(present) };
  await requireFree(tx, session, present, email);
  return {
    member: { email, name, access: present.access },
    before: personOf(present),
    change: {
      what: { action: "rename", isEmailChanged: email !== present.email },
      apply: () => renameMember(tx, session, present.email, { email, name }),
    },
  };
}

const personOf = ({ email, name, access }: Member): Person => ({ email, name, access });

function accessOf({ access }: TeamRequest): Access {
  if (access !== undefined) return access;
  throw new DomainError("invalid", "access: missing.", `Allowed: ${Access.options.join(", ")}.`);
}

/** The fields that each action takes beside the e-mail. */
const TAKES: Record<TeamAction, readonly (keyof TeamRequest)[]> = {
  add: ["name", "access"],
  access: ["access"],
  remove: [],
  rename: ["new_email", "name"],
};

/** @throws DomainError for a field that says something else than the action does, and for a rename to nothing. */
function requireFields(request: TeamRequest): void {
  const { action } = request;
  const fields = (["new_email", "name", "access"] as const).filter((field) => request[field] !== undefined);
  const stray = fields.find((field) => !TAKES[action].includes(field));
  if (stray !== undefined) {
    const fits = (Object.keys(TAKES) as TeamAction[]).filter((each) => TAKES[each].includes(stray));
    throw new DomainError(
      "invalid",
      `${stray}: not for action ${action}. Nothing was changed.`,
      `It goes with action ${fits.join(" or ")}.`,
    );
  }
  if (action === "rename" && fields.length === 0)
    throw new DomainError("invalid", "new_email: missing.", "Give new_email, name or both.");
}
