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
