import * as z from "zod";
import { EVERYONE } from "../../domain/access.ts";
import { SECTIONS } from "../../domain/roles/role-template.ts";
import { RoleTemplateAnswer, roleTemplateAnswer } from "../answers/role-template.ts";
import { roleKey, template } from "../params.ts";
import { roleTemplateText } from "../text/role-template.ts";
import { defineTool } from "../tool.ts";

export const getRoleTemplate = defineTool({
  name: "get_role_template",
  title: "Read a role template",
  description:
    "What is known about a kind of role: lanes, rubric, interview loop, questions, pay, credentials. Ask for one section; " +
    "without it, an overview.",
  toolset: "roles",
  access: EVERYONE,
  effect: "read",
  input: z.strictObject({
    template: template.optional(),
    role: roleKey.optional().describe("A role of the team's instead, with its own stages and questions"),
    section: z.enum(SECTIONS).optional(),
    entry: z.string().max(60).optional().describe("Id (of interviews: round) of one entry, to read it whole"),
  }),
  output: RoleTemplateAnswer,
  handle: async (input, { services, session }) =>
    roleTemplateAnswer(await services.roles.template(session, input), input.section),
  text: roleTemplateText,
});
