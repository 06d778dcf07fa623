import { type AccessRule, INTERVIEW, may, RUN } from "../../domain/access.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Access, Member } from "../../domain/member.ts";
import type { Session } from "../session.ts";

const ME = "me";

/** The e-mail that a call means by a member: the caller's own for `me`, else what it says. */
export const emailNamed = ({ member }: Pick<Session, "member">, named: string): string =>
  named.trim().toLowerCase() === ME ? member.email : named.trim();

/** A text that may name a member: `me` is the caller's e-mail, and everything else stays as it is. */
export function textNamed<T extends string | undefined>(
  session: Pick<Session, "member">,
  text: T,
): T | string {
  return text === undefined || text.trim().toLowerCase() !== ME ? text : session.member.email;
}

/** What members are named for: the access it takes, and the least that somebody is given for it. */
const SEATS = {
  interviewer: { rule: INTERVIEW, access: "interviewer", cannot: "can hold no interview" },
  owner: { rule: RUN, access: "recruiter", cannot: "can look after nobody" },
} as const satisfies Record<string, { rule: AccessRule; access: Access; cannot: string }>;

type Wanted = {
  /** The argument, for the error. */
  readonly field: string;
  readonly named: string;
  readonly as: keyof typeof SEATS;
  /** Whose application it is, where it is one: nobody has to do with their own. */
  readonly candidate?: { readonly memberId: string | null; readonly ref: string } | undefined;
};

/**
 * The member whom a call names for something.
 * @throws DomainError `invalid` for somebody who is not on the team, whose access does not reach, or who is the candidate;
 *   its remedy puts that right.
 */
export function memberNamed(
  session: Pick<Session, "member">,
  team: readonly Member[],
  { field, named, as, candidate }: Wanted,
): Member {
  const { rule, access, cannot } = SEATS[as];
  const email = emailNamed(session, named).toLowerCase();
  const isCandidate = (member: Member) => member.id === candidate?.memberId;
  const able = team.filter((member) => may(member, rule) && !isCandidate(member));
  const member = able.find((each) => each.email === email);
  if (member) return member;
  const known = team.find((each) => each.email === email);
  const allowed = able.map((each) => each.email);
  const list = `Allowed: ${allowed.join(", ")}.`;
  if (known && isCandidate(known))
    throw new DomainError("invalid", `${field}: ${email} is the candidate of ${candidate?.ref}.`, list);
  const what = known
    ? `${email} has ${known.access} access and ${cannot}`
    : `${JSON.stringify(email)} is not known`;
  throw new DomainError("invalid", `${field}: ${what}.`, {
    ...{ do: known ? "raise_access" : "add_member", email, access, allowed },
    admins: adminsToAsk(session, team),
  });
}

/** Who can change the team where the caller cannot; nobody where they can. */
const adminsToAsk = ({ member }: Pick<Session, "member">, team: readonly Member[]) =>
  member.access === "admin"
    ? []
    : team.filter(({ access }) => access === "admin").map(({ email, name }) => ({ email, name }));
