import { listUsedRoles, type ReportScope } from "../../store/reports/stage-counts.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/** What a report is made from: the database, what it is narrowed to, and the roles in question with their owners. */
export type ReportContext = {
  readonly db: Db;
  readonly session: Session;
  readonly scope: ReportScope;
  readonly roles: readonly { readonly role: RoleRow; readonly owner: string }[];
};

/** Where an application comes from, by the name under which reports count it. */
export const sourceOf = ({ source }: { readonly source: string | null }): string => source ?? "not stated";

/** A stage over several roles: what they call it, and its goal where they agree on one. */
export type StageLabel = { readonly name: string; readonly goal_days: number | null };

/**
 * What stages are called, by id and in the order of the pipelines. Only the roles with applications have a say: one that
 * nobody applied to would rename what it has no part in. Where these differ, a stage has all their names, and stands where
 * it comes latest: an offer ends the longest pipeline, also beside a short one.
 * @param used ids of the roles with applications
 */
export function labelStages(
  { roles }: Pick<ReportContext, "roles">,
  used: ReadonlySet<string>,
): Map<string, StageLabel> {
  const stages = roles
    .filter(({ role }) => used.has(role.id))
    .flatMap(({ role }) => role.stages.map((stage, position) => ({ ...stage, position })));
  const labels = [...new Set(stages.map(({ id }) => id))].map((id) => {
    const same = stages.filter((stage) => stage.id === id);
    const goals = new Set(same.map(({ goal_days }) => goal_days));
    const name = [...new Set(same.map((stage) => stage.name))].join(" / ");
    const goal_days = goals.size === 1 ? (same[0]?.goal_days ?? null) : null;
    return { id, position: Math.max(...same.map(({ position }) => position)), label: { name, goal_days } };
  });
  return new Map(labels.sort((a, b) => a.position - b.position).map(({ id, label }) => [id, label]));
}

/** The same where the figures do not say which roles they are of. */
export const labelUsedStages = async (context: ReportContext): Promise<Map<string, StageLabel>> =>
  labelStages(context, new Set(await listUsedRoles(context.db, context.scope)));
