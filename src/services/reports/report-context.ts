import { listUsedRoles, type ReportScope } from "../../store/reports/stage-counts.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/** Input of a report: the database, its scope, and the roles in question with their owners. */
export type ReportContext = {
  readonly db: Db;
  readonly session: Session;
  readonly scope: ReportScope;
  readonly roles: readonly { readonly role: RoleRow; readonly owner: string }[];
};

/** The source under which reports count an application. */
export const sourceOf = ({ source }: { readonly source: string | null }): string => source ?? "not stated";

/** A stage over several roles: its names, and its goal if all roles have the same one. */
export type StageLabel = { readonly name: string; readonly goal_days: number | null };

/**
 * Names and goals of stages, by id and in the order of the pipelines. Only roles with applications count, because a
 * role without any would change labels of figures that it is not part of. If roles name a stage differently, the label
 * has all the names. A stage is sorted by its latest position in any pipeline, so that an offer comes last even when
 * one pipeline is short.
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

/** As `labelStages`, for figures that do not name their roles. */
export const labelUsedStages = async (context: ReportContext): Promise<Map<string, StageLabel>> =>
  labelStages(context, new Set(await listUsedRoles(context.db, context.scope)));
