import * as z from "zod";
import { EVERYONE } from "../../domain/access.ts";
import { SECTIONS } from "../../domain/roles/role-template.ts";
import { RoleTemplateAnswer, roleTemplateAnswer } from "../answers/role-template.ts";
import { template } from "../params.ts";
import { roleTemplateText } from "../text/role-template.ts";
import { defineTool } from "../tool.ts";

export const getRoleTemplate = defineTool({
  name: "get_role_template",
  title: "Read a role template",
  description:
    "What is known about a kind of role: lanes, rubric, interview loop, questions, pay, credentials. Ask for one section; " +
    "without it, an overview. Catalogue facts only; a role of the team's: get_pipeline.",
  toolset: "roles",
  access: EVERYONE,
  effect: "read",
  input: z.strictObject({
    template,
    section: z.enum(SECTIONS).optional(),
    entry: z.string().max(60).optional().describe("Id (of interviews: round) of one entry, to read it whole"),
  }),
  output: RoleTemplateAnswer,
  handle: async (input, { services }) =>
    roleTemplateAnswer(services.catalog.brief(input.template, input), input),
  text: roleTemplateText,
});
