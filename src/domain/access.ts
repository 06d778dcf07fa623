import { withArticle } from "./article.ts";
import { DomainError } from "./errors.ts";
import { Access, type Member } from "./member.ts";

/** Which applications a call may touch: all, or only those that the member interviews for. */
export type Scope = "all" | "own";
/** The scope of each access level. A level that is missing is not allowed at all. */
export type AccessRule = Readonly<Partial<Record<Access, Scope>>>;

/** The rules in use. Each tool, prompt, resource, command and act names one of them. */
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

/** Acts that need more than the access rule of the call they are part of. */
export const ACTS = {
  refile: { what: "move, replace or remove a document", rule: RUN },
  decide: {
    what: "reject, offer, hire, override a gate or skip a stage, take such a move back",
    rule: DECIDE,
  },
  send: { what: "let a message leave", rule: RUN },
  send_reserved: { what: "let a message leave about a role whose recruiters do not send", rule: DECIDE },
  restage: { what: "change the stages or gates of a role, who sends, or what is blind", rule: DECIDE },
  vote_beside: { what: "vote without having interviewed", rule: DECIDE },
  submit_for: { what: "submit a scorecard for somebody else, or without a seat", rule: ADMINISTER },
  token_for: { what: "make, list or revoke the tokens of somebody else", rule: ADMINISTER },
  impact: { what: "read the impact report", rule: ADMINISTER },
  set_for: { what: "set when somebody else can interview", rule: ADMINISTER },
} as const satisfies Record<string, { what: string; rule: AccessRule }>;
export type Act = keyof typeof ACTS;

/** Whether the rule allows the member's access level. */
export const may = (member: Pick<Member, "access">, rule: AccessRule): boolean =>
  rule[member.access] !== undefined;

/** The lowest access level that the rule allows, with its article: `a hiring manager`. */
export function leastAccess(rule: AccessRule): string {
  const able = Access.options.filter((access) => rule[access] !== undefined);
  return withArticle((able.at(-1) ?? "admin").replace("_", " "));
}

/**
 * The scope that the rule gives to the member.
 * @param what the name of the call, or the act in words
 * @throws DomainError `forbidden` when the rule does not allow the member's access level.
 */
export function requireAccess(member: Member, rule: AccessRule, what: string): Scope {
  const scope = rule[member.access];
  if (scope !== undefined) return scope;
  throw new DomainError(
    "forbidden",
    `${member.email} has ${member.access} access, which does not allow ${what}.`,
    { do: "ask_for_access", member: member.email, able: Access.options.filter((access) => rule[access]) },
  );
}

/** @throws DomainError `forbidden` when the member may make the call but not do this act with it. */
export function requireAct(member: Member, act: Act): void {
  requireAccess(member, ACTS[act].rule, `this: to ${ACTS[act].what}`);
}
