import { sql } from "drizzle-orm";
import type { ExerciseProgress, InterviewAhead } from "../../domain/outreach/waiting.ts";
import { type AccessFilter, andAccessible } from "../candidates/access-filter.ts";
import type { StageClock } from "../candidates/find-applications.ts";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";

/** Leaves out applications that the caller may not see. */
const visible = (workspaceId: string, access: AccessFilter) =>
  andAccessible(workspaceId, access, { id: sql`a.id`, candidate: sql`a.candidate_id`, role: sql`a.role_id` });

export type StageCount = {
  readonly roleId: string;
  readonly stage: string;
  readonly n: number;
  readonly over: number;
};

/**
 * How many active applications are in each stage, and how many of them for longer than its goal. One query for all
 * stages.
 */
export async function countStages(
  db: Db,
  workspaceId: string,
  clocks: readonly StageClock[],
  access: AccessFilter,
): Promise<StageCount[]> {
  if (clocks.length === 0) return [];
  // Stages go in one JSON parameter, so the SQL text stays the same however many there are. A statement with hundreds
  // of parameters takes longer to plan than to run.
  const list = clocks.map(({ roleId, stage, before }) => ({ role_id: roleId, stage, before }));
  const result = await db.execute(sql`
    select c.role_id as "roleId", c.stage, f.n, f.over
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as c(role_id uuid, stage text, before timestamptz)
    cross join lateral (
      select count(*)::int as n, count(*) filter (where a.stage_entered_at < c.before)::int as over
      from applications a
      where a.workspace_id = ${workspaceId} and a.role_id = c.role_id and a.status = 'active' and a.stage = c.stage
        ${visible(workspaceId, access)}
    ) f`);
  return rowsOf<StageCount>(result);
}

/** An active application with the facts that decide whether we or the candidate have to act. */
export type WaitingRow = ExerciseProgress &
  Required<InterviewAhead> & {
    readonly id: string;
    readonly roleId: string;
    readonly stage: string;
    readonly ref: string;
    readonly name: string;
    readonly stageEnteredAt: Date;
    readonly importedAt: Date | null;
    readonly assessed: boolean;
    /** E-mail of whoever looks after the application; null for the role's owner. */
    readonly owner: string | null;
  };

type StageToRead = Pick<StageClock, "roleId" | "stage"> & {
  /** Before the first round any interview that is ahead is waited for, later the one of the round. */
  readonly isFirst: boolean;
};

/** The applications that have waited longest, at most `perStage` in each stage of each role, longest first. */
export async function longestWaiting(
  db: Db,
  workspaceId: string,
  stages: readonly StageToRead[],
  { perStage, access, now }: { readonly perStage: number; readonly access: AccessFilter; readonly now: Date },
): Promise<WaitingRow[]> {
  if (stages.length === 0) return [];
  const list = stages.map(({ roleId, stage, isFirst }, position) => ({
    ...{ role_id: roleId, stage, position },
    is_first: isFirst,
  }));
  const result = await db.execute(sql`
    select a.id, a.role_id as "roleId", a.stage, a.ref, c.name, a.stage_entered_at as "enteredAt",
           a.present_flags is not null or a.without_resume as assessed, a.imported_at as "importedAt", a.has_submission as "hasSubmission",
           x.form as assigned, x.created_at as "assignedAt", m.email as owner, (
             select v.updated_at from interviews v
             where v.workspace_id = a.workspace_id and v.application_id = a.id and v.status = 'booked'
               and v.ends_at > ${now.toISOString()}::timestamptz and (v.round = a.stage or s.is_first)
             order by v.starts_at limit 1) as "interviewBookedAt"
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as s(role_id uuid, stage text, position int, is_first boolean)
    cross join lateral (
      select * from applications a
      where a.workspace_id = ${workspaceId} and a.role_id = s.role_id and a.status = 'active' and a.stage = s.stage
        ${visible(workspaceId, access)}
      order by a.stage_entered_at, a.id limit ${perStage}
    ) a
    join candidates c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
    left join assignments x on x.workspace_id = a.workspace_id and x.application_id = a.id
    left join members m on m.workspace_id = a.workspace_id and m.id = a.owner_id
    order by s.position, a.stage_entered_at, a.id`);
  type Row = Omit<WaitingRow, "stageEnteredAt" | "importedAt" | "assignedAt" | "interviewBookedAt"> & {
    enteredAt: string | Date;
    importedAt: string | Date | null;
    assignedAt: string | Date | null;
    interviewBookedAt: string | Date | null;
  };
  return rowsOf<Row>(result).map(({ enteredAt, importedAt, assignedAt, interviewBookedAt, ...row }) => ({
    ...row,
    stageEnteredAt: new Date(enteredAt),
    importedAt: importedAt === null ? null : new Date(importedAt),
    assignedAt: assignedAt === null ? null : new Date(assignedAt),
    interviewBookedAt: interviewBookedAt === null ? null : new Date(interviewBookedAt),
  }));
}
