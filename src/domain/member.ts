import * as z from "zod";
import { DomainError } from "./errors.ts";

/** What a member may do, from most to least. */
export const Access = z.enum(["admin", "hiring_manager", "recruiter", "interviewer", "viewer"]);
export type Access = z.infer<typeof Access>;

/** A person on the hiring team. */
export type Member = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly access: Access;
};

/** What a call does to the record; every tool is one of these. */
export type Effect = "read" | "write" | "decide";

const MAY: Record<Effect, readonly Access[]> = {
  read: Access.options,
  write: ["admin", "hiring_manager", "recruiter", "interviewer"],
  decide: ["admin", "hiring_manager"],
};

/** Throws `forbidden` unless the member's access covers the effect. */
export function requireAccess(member: Member, effect: Effect): void {
  if (MAY[effect].includes(member.access)) return;
  throw new DomainError(
    "forbidden",
    `${member.email} has ${member.access} access, which does not allow this.`,
    `It takes ${MAY[effect].join(" or ")}; an admin can change it: greenflag member access ${member.email} ACCESS.`,
  );
}
