import type { RoleTemplateAnswer } from "../answers/role-template.ts";
import { outline } from "./lines.ts";

/** A section, entry by entry. */
export const roleTemplateText = ({ template, section, content }: RoleTemplateAnswer): string =>
  `${template}, ${section}:${outline(content)}`;
