import * as z from "zod";
import { EVERYONE } from "../../domain/access.ts";
import { RoleCheckAnswer, roleCheckAnswer } from "../answers/role-check.ts";
import { level, place, roleKey, template } from "../params.ts";
import { roleCheckText } from "../text/role-check.ts";
import { defineTool } from "../tool.ts";

export const checkRole = defineTool({
  name: "check_role",
  title: "Check a role or a job post",
  description:
    "Find what will cost time or people before anyone is interviewed: lane, outcomes, must-haves, pay, loop, wording, law. " +
    "Give role, or description (any pasted post); level, location and remote are read from a post unless given.",
  toolset: "roles",
  access: EVERYONE,
  effect: "read",
  input: z.strictObject({
    role: roleKey.optional(),
    description: z.string().optional(),
    template: template.default("mlops-engineer"),
    level: level.optional(),
    location: place.optional(),
    remote: z.boolean().optional(),
  }),
  output: RoleCheckAnswer,
  handle: async (input, { services, session }) =>
    roleCheckAnswer(await services.scoping.check(session, input)),
  text: roleCheckText,
});
