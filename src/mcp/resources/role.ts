import type { Resource } from "./index.ts";

export const role: Resource = {
  name: "role",
  title: "Role",
  uri: "hiring://roles/{role}",
  variable: "role",
  description:
    "An opening of the team's: lane, stages, outcomes, pay, panel, and what is still wrong with it.",
  scope: "private",
  read: (key, { services, caller }) => services.roles.get(caller, key),
  complete: ({ services, caller }) => services.roles.keys(caller),
};
