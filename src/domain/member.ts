import * as z from "zod";

/** What a member may do, from most to least: `access.ts` says what. */
export const Access = z.enum(["admin", "hiring_manager", "recruiter", "interviewer", "viewer"]);
export type Access = z.infer<typeof Access>;

/** A person on the hiring team. */
export type Member = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly access: Access;
};
