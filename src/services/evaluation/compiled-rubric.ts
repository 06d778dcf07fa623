import { createHash } from "node:crypto";
import type { Catalog } from "../../catalog/load.ts";
import { type Stale, staleOf } from "../../domain/evaluation/stale.ts";
import { type CompiledRubric, compileRubric } from "../../domain/evidence/compile.ts";
import type { RoleTemplate } from "../../domain/roles/role-template.ts";

const compiled = new WeakMap<RoleTemplate, CompiledRubric>();

/** A template's rubric, compiled once in the life of the process. */
export function compiledRubric(template: RoleTemplate): CompiledRubric {
  const rubric = compiled.get(template) ?? compileRubric(template.rubric);
  compiled.set(template, rubric);
  return rubric;
}

const hashes = new WeakMap<RoleTemplate, string>();

/** The SHA-256 of a template's rubric, by which an assessment tells that it was made by another one. */
export function rubricHash(template: RoleTemplate): string {
  const hash =
    hashes.get(template) ?? createHash("sha256").update(JSON.stringify(template.rubric)).digest("hex");
  hashes.set(template, hash);
  return hash;
}

/** Whether a stored assessment of somebody in this role is stale by now, and why; undefined while it stands. */
export function staleNow(
  catalog: Catalog,
  role: { readonly template: string },
  assessment: Parameters<typeof staleOf>[0],
): Stale | undefined {
  const template = catalog.ifUsable(role.template);
  return staleOf(assessment, template && rubricHash(template));
}
