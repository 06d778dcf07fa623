import * as z from "zod";

/** The access levels, from most to least. `access.ts` defines what each allows. */
export const Access = z.enum(["admin", "hiring_manager", "recruiter", "interviewer", "viewer"]);
export type Access = z.infer<typeof Access>;

/** A person on the hiring team. */
export type Member = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly access: Access;
};

/** Where the first start of a workspace had its first admin's e-mail from. */
export const AdminOrigin = z.enum(["GREENFLAG_MEMBER", "git", "user name"]);
export type AdminOrigin = z.infer<typeof AdminOrigin>;

/** The first admin as the first start made them. */
export type FirstAdmin = Pick<Member, "email" | "name"> & {
  readonly from: AdminOrigin;
  /** True for an address that no mail arrives at. */
  readonly unreachable: boolean;
};

/** Whether mail to this address arrives at nobody: GitHub's stand-in for a hidden address, a no-reply one, or this machine's. */
export const isUnreachable = (email: string): boolean =>
  /(?:^|[._+-])no-?reply(?:[._+-]|@)|@(?:users\.noreply\.github\.com|localhost)$/i.test(email);

/** What a change of the team does. */
export type MemberChange =
  | { readonly action: "add" | "remove" }
  | { readonly action: "access"; readonly from: Access; readonly to: Access }
  | { readonly action: "rename"; readonly isEmailChanged: boolean };

/**
 * Whether a person agrees to a change of the team first: to whoever joins or goes, to more access, to one admin less, and
 * to another e-mail, since whoever reads its mail is the member.
 */
export function asksAPerson(change: MemberChange): boolean {
  if (change.action === "rename") return change.isEmailChanged;
  if (change.action !== "access") return true;
  const { from, to } = change;
  return from === "admin" || Access.options.indexOf(to) < Access.options.indexOf(from);
}
