import type { RoleTemplate } from "../roles/role-template.ts";
import { createFinder, sentenceOf } from "../text/finder.ts";

type Titles = Pick<RoleTemplate, "id" | "title" | "post_titles">;

/** The ids of the templates whose jobs a post's title names. One fits; of several none is known to. */
export function fittingTemplates(title: string | undefined, templates: readonly Titles[]): string[] {
  if (title === undefined) return [];
  const find = createFinder(templates.map((one) => [one, [{ phrases: one.post_titles ?? [one.title] }]]));
  const found = find(sentenceOf(title));
  return templates.filter((template) => found.has(template)).map(({ id }) => id);
}
