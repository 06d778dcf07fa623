import type { Scope } from "../../store/reports.ts";
import type { RoleRow } from "../../store/roles.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/** What a report is made from: the database, what it is narrowed to, and the roles in question with their owners. */
export type ReportContext = {
  readonly db: Db;
  readonly session: Session;
  readonly scope: Scope;
  readonly roles: readonly { readonly role: RoleRow; readonly owner: string }[];
};

/** What stages are called, by id; where roles differ, as the newest calls it. */
export function stageNames({ roles }: ReportContext): Map<string, string> {
  return new Map(roles.flatMap(({ role }) => role.stages.map((stage) => [stage.id, stage.name] as const)));
}
