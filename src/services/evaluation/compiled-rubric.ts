import { type CompiledRubric, compileRubric } from "../../domain/evidence/compile.ts";
import type { RoleTemplate } from "../../domain/roles/role-template.ts";

const compiled = new WeakMap<RoleTemplate, CompiledRubric>();

/** A template's rubric, compiled once in the life of the process. */
export function compiledRubric(template: RoleTemplate): CompiledRubric {
  const rubric = compiled.get(template) ?? compileRubric(template.rubric);
  compiled.set(template, rubric);
  return rubric;
}
