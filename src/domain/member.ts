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
