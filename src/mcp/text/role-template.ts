import type { RoleTemplateAnswer } from "../answers/role-template.ts";
import { outline } from "./lines.ts";

export const roleTemplateText = ({ template, section, content }: RoleTemplateAnswer): string =>
  `${template}, ${section}:${outline(content)}`;
