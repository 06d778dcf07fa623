import type { Section } from "../../domain/roles/role-template.ts";
import type { Resource } from "./resource.ts";
import { templateIds } from "./role-templates.ts";

const section = (name: string, title: string, description: string, of: Section): Resource => ({
  name,
  title,
  uri: `hiring://${name}/{template}`,
  variable: "template",
  description,
  scope: "public",
  read: (template, { services }) => services.catalog.section(template, of),
  complete: templateIds,
});

/** Sections of a role template that have an address of their own. */
export const templateSections: readonly Resource[] = [
  section("salary-bands", "Salary bands", "Pay by level with source and date, and what moves it.", "salary"),
  section(
    "rubrics",
    "Rubric",
    "Green and red flags: what counts, what does not, an example of each.",
    "rubric",
  ),
  section(
    "interview-kits",
    "Interview kit",
    "Each round: purpose, criteria with anchors, questions, what not to ask.",
    "interviews",
  ),
  section("credentials", "Credentials", "Certificates: price, worth, and which are retired.", "credentials"),
];
