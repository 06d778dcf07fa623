import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { RoleAnswer, roleAnswer } from "../answers/role.ts";
import { level, place, roleFields, template } from "../params.ts";
import { roleText } from "../text/role.ts";
import { defineTool } from "../tool.ts";

export const openRole = defineTool({
  name: "open_role",
  title: "Open a role",
  description:
    "Open a role from a template, with its pipeline. First read get_role_template (lanes) and ask the user which lane. " +
    "Answers what is still wrong with it. To change one: update_role.",
  toolset: "roles",
  access: RUN,
  effect: "write",
  input: z.strictObject({
    template,
    level,
    location: place,
    key: z
      .string()
      .regex(/^[A-Z][A-Z0-9]{1,9}$/, "2 to 10 capital letters or digits")
      .optional(),
    ...roleFields,
  }),
  output: RoleAnswer,
  handle: async (input, { services, session }) => roleAnswer(await services.roles.open(session, input)),
  text: (output) => roleText("Open", output),
});
