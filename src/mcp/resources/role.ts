import { EVERYONE } from "../../domain/access.ts";
import { roleAnswer } from "../answers/role.ts";
import type { Resource } from "./resource.ts";

export const role: Resource = {
  name: "role",
  title: "Role",
  uri: "hiring://roles/{role}",
  variable: "role",
  description:
    "An opening of the team's: lane, stages, outcomes, pay, panel, and what is still wrong with it.",
  scope: "private",
  access: EVERYONE,
  read: async (key, { services, session }) => roleAnswer(await services.roles.get(session, key)),
  complete: ({ services, session }) => services.roles.keys(session),
};
