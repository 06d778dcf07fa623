import * as z from "zod";
import { EVERYONE } from "../../domain/access.ts";
import { SECTIONS } from "../../domain/roles/role-template.ts";
import { template } from "../params.ts";
import { outline } from "../text/lines.ts";
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
  input: z.strictObject({ template, section: z.enum(SECTIONS).optional() }),
  output: z.object({ template: z.string(), section: z.string(), content: z.unknown() }),
  async handle(input, { services }) {
    const content = services.catalog.section(input.template, input.section);
    return { template: input.template, section: input.section ?? "overview", content };
  },
  text: ({ template: id, section, content }) => `${id}, ${section}:${outline(content)}`,
});
