import { withArticle } from "./article.ts";
import { DomainError } from "./errors.ts";
import { Access, type Member } from "./member.ts";

/** Whose applications a call may touch: everybody's, or those that the member interviews for. */
export type Scope = "all" | "own";
/** Who may, and how far; an access level that is not named may not. */
export type AccessRule = Readonly<Partial<Record<Access, Scope>>>;

/** The rules that tools, prompts, resources, commands and acts choose from; each of them names its own. */
export const EVERYONE: AccessRule = {
  admin: "all",
  hiring_manager: "all",
  recruiter: "all",
  interviewer: "all",
  viewer: "all",
};
export const READ: AccessRule = { ...EVERYONE, interviewer: "own" };
export const INTERVIEW: AccessRule = {
  admin: "all",
  hiring_manager: "all",
  recruiter: "all",
  interviewer: "own",
};
export const RUN: AccessRule = { admin: "all", hiring_manager: "all", recruiter: "all" };
const DECIDE: AccessRule = { admin: "all", hiring_manager: "all" };
export const ADMINISTER: AccessRule = { admin: "all" };

/** What some calls do besides what their own rule covers, each with a rule of its own. */
export const ACTS = {
  decide: { what: "reject, offer, hire, override a gate, take such a move back", rule: DECIDE },
  send: { what: "let a message leave", rule: DECIDE },
  vote_beside: { what: "vote without having interviewed", rule: DECIDE },
  submit_for: { what: "submit a scorecard for somebody else, or without a seat", rule: ADMINISTER },
  impact: { what: "read the impact report", rule: ADMINISTER },
} as const satisfies Record<string, { what: string; rule: AccessRule }>;
export type Act = keyof typeof ACTS;

/** Whether the member may, for the few answers that depend on it. */
export const may = (member: Pick<Member, "access">, rule: AccessRule): boolean =>
  rule[member.access] !== undefined;

/** Who may at the least, as a person: `a hiring manager`. */
export function leastAccess(rule: AccessRule): string {
  const able = Access.options.filter((access) => rule[access] !== undefined);
  return withArticle((able.at(-1) ?? "admin").replace("_", " "));
}

/**
 * How far the member's access reaches in what a rule is for.
 * @param what the call's own name, or the act in words
 * @throws DomainError `forbidden` when it does not reach at all.
 */
export function requireAccess(member: Member, rule: AccessRule, what: string): Scope {
  const scope = rule[member.access];
  if (scope !== undefined) return scope;
  throw new DomainError(
    "forbidden",
    `${member.email} has ${member.access} access, which does not allow ${what}.`,
    `It takes ${Object.keys(rule).join(" or ")}; an admin can change it: greenflag member access ${member.email} ACCESS.`,
  );
}

/** @throws DomainError `forbidden` when the member may not do this beside the call that it comes with. */
export function requireAct(member: Member, act: Act): void {
  requireAccess(member, ACTS[act].rule, `this: to ${ACTS[act].what}`);
}
