import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { RoleStatus } from "../../domain/roles/role.ts";
import { RoleAnswer, roleAnswer } from "../answers/role.ts";
import { level, place, roleFields, roleKey } from "../params.ts";
import { roleText } from "../text/role.ts";
import { defineTool } from "../tool.ts";

export const updateRole = defineTool({
  name: "update_role",
  title: "Change a role",
  description:
    "Change what is given and leave the rest; lists are replaced whole. status closes a role or reopens it. " +
    "Template and key are fixed.",
  toolset: "roles",
  access: RUN,
  effect: "write",
  input: z.strictObject({
    role: roleKey,
    level: level.optional(),
    location: place.optional(),
    status: RoleStatus.optional(),
    ...roleFields,
  }),
  output: RoleAnswer,
  handle: async (input, { services, session }) => roleAnswer(await services.roles.update(session, input)),
  text: (output) => roleText("Role", output),
});
