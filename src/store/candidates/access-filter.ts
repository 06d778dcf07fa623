import { and, eq, type SQL, sql } from "drizzle-orm";
import { prepared } from "../database/prepared.ts";
import type { Db } from "../store.ts";
import { interviewers } from "../tables.ts";

/** Which applications a member may see in lists, counts and reports. */
export type AccessFilter = {
  /** Ids of candidates whose applications are left out, because nobody may see their own. */
  readonly except: readonly string[];
  /**
   * Limits the applications to those that this member interviews for: those with a seat of theirs, and all of these
   * roles.
   */
  readonly only?: { readonly member: string; readonly roles: readonly string[] } | undefined;
};

/**
 * Ids of the applications that a member interviews for. Each argument may be a value or a placeholder; `roles` is a
 * JSON list.
 */
export const applicationsInterviewedBy = (workspaceId: unknown, member: unknown, roles: unknown): SQL => sql`
  select i.application_id from interviewers i where i.workspace_id = ${workspaceId} and i.member_id = ${member}::uuid
  union all
  select r.id from applications r where r.workspace_id = ${workspaceId}
    and r.role_id in (select value::uuid from jsonb_array_elements_text(${roles}::jsonb))`;

/**
 * The rest of a condition, beginning with `and`, that leaves out applications that the member may not see. Empty when
 * they may see all.
 * @param columns the application's id and, if the table has them, the candidate's and the role's. With a role, each row
 *   is looked up by index, which is cheaper when few rows are read many times.
 */
export function andAccessible(
  workspaceId: string,
  { except, only }: AccessFilter,
  { id, candidate, role }: { readonly id: SQL; readonly candidate?: SQL; readonly role?: SQL },
): SQL {
  const conditions: SQL[] = [];
  if (except.length > 0) {
    const own = sql`select value::uuid from jsonb_array_elements_text(${JSON.stringify(except)}::jsonb)`;
    const theirs = sql`select id from applications where workspace_id = ${workspaceId} and candidate_id in (${own})`;
    conditions.push(candidate ? sql`and ${candidate} not in (${own})` : sql`and ${id} not in (${theirs})`);
  }
  if (only !== undefined && role !== undefined) {
    const roles = sql`select value::uuid from jsonb_array_elements_text(${JSON.stringify(only.roles)}::jsonb)`;
    conditions.push(sql`and (${role} = any(array(${roles})) or exists (select 1 from interviewers i
      where i.workspace_id = ${workspaceId} and i.member_id = ${only.member}::uuid and i.application_id = ${id}))`);
  } else if (only !== undefined)
    conditions.push(
      sql`and ${id} in (${applicationsInterviewedBy(workspaceId, only.member, JSON.stringify(only.roles))})`,
    );
  return sql.join(conditions, sql` `);
}

/** Whether a member has a seat in any round of an application. */
export async function isSeated(
  db: Db,
  workspaceId: string,
  memberId: string,
  applicationId: string,
): Promise<boolean> {
  const query = prepared(db, "is_seated", (name) =>
    db
      .select({ id: interviewers.id })
      .from(interviewers)
      .where(
        and(
          eq(interviewers.workspaceId, sql.placeholder("workspaceId")),
          eq(interviewers.memberId, sql.placeholder("memberId")),
          eq(interviewers.applicationId, sql.placeholder("applicationId")),
        ),
      )
      .limit(1)
      .prepare(name),
  );
  return (await query.execute({ workspaceId, memberId, applicationId })).length > 0;
}
