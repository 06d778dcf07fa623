import * as z from "zod";
import { RoleStatus } from "../../domain/roles/role.ts";
import { level, place, roleFields, roleKey } from "../params.ts";
import { defineTool } from "../tool.ts";
import { RoleAnswer, roleText } from "./role-answer.ts";

export const updateRole = defineTool({
  name: "update_role",
  title: "Change a role",
  description:
    "Change what is given and leave the rest; lists are replaced whole. status closes a role or reopens it. " +
    "Template and key are fixed.",
  toolset: "roles",
  effect: "write",
  input: z.strictObject({
    role: roleKey,
    level: level.optional(),
    location: place.optional(),
    status: RoleStatus.optional(),
    ...roleFields,
  }),
  output: RoleAnswer,
  handle: (input, { services, caller }) => services.roles.update(caller, input),
  text: (output) => roleText("Role", output),
});
