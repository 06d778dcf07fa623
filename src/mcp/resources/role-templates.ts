import type { Context } from "../tool.ts";
import type { Resource } from "./resource.ts";

export const roleTemplates: Resource = {
  name: "role-templates",
  title: "Role templates",
  uri: "hiring://role-templates",
  description: "Every kind of role that can be opened, with a line about each.",
  scope: "public",
  read: (_value, { services }) =>
    services.catalog.list().map(({ id, title, summary }) => ({ id, title, summary })),
};

export const roleTemplate: Resource = {
  name: "role-template",
  title: "Role template",
  uri: "hiring://role-templates/{template}",
  variable: "template",
  description: "One kind of role: lanes, stages, mistakes, time to fill, and which sections it has.",
  scope: "public",
  read: (template, { services }) => services.catalog.section(template),
  complete: templateIds,
};

export function templateIds({ services }: Pick<Context, "services">): string[] {
  return services.catalog.list().map((t) => t.id);
}
