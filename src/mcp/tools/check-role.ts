import * as z from "zod";
import { EVERYONE } from "../../domain/access.ts";
import { PostReading } from "../../domain/role-check/post-reading.ts";
import { RoleCheckAnswer, roleCheckAnswer } from "../answers/role-check.ts";
import { level, place, roleKey, template } from "../params.ts";
import { roleCheckText } from "../text/role-check.ts";
import { defineTool } from "../tool.ts";

export const checkRole = defineTool({
  name: "check_role",
  title: "Check a role or a job post",
  description:
    "Find what will cost time or people before anyone is interviewed: lane, outcomes, must-haves, pay, loop, wording, law. " +
    "Give role, or description (any post): the answer says what was read of it, and reading corrects that.",
  toolset: "roles",
  access: EVERYONE,
  effect: "read",
  input: z.strictObject({
    role: roleKey.optional(),
    description: z.string().optional(),
    template: template.optional(),
    level: level.optional(),
    location: place.optional(),
    remote: z.boolean().optional(),
    reading: PostReading.optional().describe(
      "Of a post: its own words, one quote, several, or null where it has none",
    ),
  }),
  output: RoleCheckAnswer,
  handle: async (input, { services, session }) =>
    roleCheckAnswer(await services.scoping.check(session, input)),
  text: roleCheckText,
});
