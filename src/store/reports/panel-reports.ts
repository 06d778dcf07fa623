import { sql } from "drizzle-orm";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { andAccessible } from "../candidates/access-filter.ts";
import { rowsOf } from "../events.ts";
import { isUnbooked, overSince } from "../panel/round-progress.ts";
import type { Db } from "../store.ts";
import type { ReportScope } from "./stage-counts.ts";

const inRole = ({ roleId }: ReportScope) => (roleId === null ? sql`` : sql`and a.role_id = ${roleId}`);
const visible = ({ workspaceId, access }: ReportScope) =>
  andAccessible(workspaceId, access, { id: sql`a.id`, candidate: sql`a.candidate_id` });

export type TaskCount = {
  readonly roleId: string;
  readonly stage: string;
  /** The round, for a scorecard. */
  readonly round: string | null;
  /** E-mail of the member. */
  readonly member: string;
  /** `n` applications still need the member's card or vote, of `of` for which the member was asked. */
  readonly n: number;
  readonly of: number;
  /** Since when the oldest task could be done; null where `n` is 0. */
  readonly oldest: string | Date | null;
};

/** A round of a role. An exercise can be over without an interview. */
type Round = { readonly role: string; readonly round: string; readonly exercise: boolean };

/**
 * Scorecards of rounds that took place which team members still have to submit for active applications, by role, stage and
 * round.
 */
export async function countPendingCards(
  db: Db,
  scope: ReportScope,
  rounds: readonly Round[],
  now: Date,
): Promise<TaskCount[]> {
  const since = overSince({
    ...{ application: sql`a`, round: sql`i.round`, isExercise: sql`r.exercise` },
    now: sql`${now.toISOString()}::timestamptz`,
  });
  const result = await db.execute(sql`
    with seats as (
      select a.role_id, a.stage, i.round, m.email, i.assigned_at, case when not exists (
        select 1 from scorecards s where s.workspace_id = i.workspace_id and s.application_id = i.application_id
          and s.round = i.round and s.member_id = i.member_id) then ${since} end as since
      from interviewers i
      join applications a on a.workspace_id = i.workspace_id and a.id = i.application_id and a.status = 'active'
      join jsonb_to_recordset(${JSON.stringify(rounds)}::jsonb) as r(role uuid, round text, exercise boolean)
        on r.role = a.role_id and r.round = i.round
      join members m on m.workspace_id = i.workspace_id and m.id = i.member_id and m.removed_at is null
      where i.workspace_id = ${scope.workspaceId} ${inRole(scope)} ${visible(scope)}
    )
    select role_id as "roleId", stage, round, email as member, count(since)::int as n, count(*)::int as of,
           min(greatest(since, assigned_at)) filter (where since is not null) as oldest
    from seats group by role_id, stage, round, email`);
  return rowsOf<TaskCount>(result);
}

/** Interviews to be booked for active applications, by role and stage. */
export async function countUnbooked(
  db: Db,
  scope: ReportScope,
  rounds: readonly Round[],
): Promise<Omit<TaskCount, "round" | "member">[]> {
  const result = await db.execute(sql`
    with here as (
      select a.role_id, a.stage, case when ${isUnbooked(sql`a`, sql`r.exercise`)} then greatest(a.stage_entered_at, (
        select max(v.updated_at) from interviews v
        where v.workspace_id = a.workspace_id and v.application_id = a.id and v.round = a.stage)) end as since
      from applications a
      join jsonb_to_recordset(${JSON.stringify(rounds)}::jsonb) as r(role uuid, round text, exercise boolean)
        on r.role = a.role_id and r.round = a.stage
      where a.workspace_id = ${scope.workspaceId} and a.status = 'active' ${inRole(scope)} ${visible(scope)}
    )
    select role_id as "roleId", stage, count(since)::int as n, count(*)::int as of, min(since) as oldest
    from here group by role_id, stage`);
  return rowsOf<Omit<TaskCount, "round" | "member">>(result);
}

/** A stage with votes, and the members that the role's panel names for each round. */
export type Debrief = {
  readonly role: string;
  readonly stage: string;
  readonly panel: readonly { readonly round: string; readonly members: readonly string[] }[];
};

/** Votes that team members still have to cast, by role and stage. Everyone who interviews in any round votes. */
export async function countPendingVotes(
  db: Db,
  scope: ReportScope,
  debriefs: readonly Debrief[],
): Promise<TaskCount[]> {
  if (debriefs.length === 0) return [];
  const planned = debriefs.flatMap(({ role, stage, panel }) =>
    panel.flatMap(({ round, members }) =>
      members.map((email) => ({ role, stage, round, email: email.toLowerCase() })),
    ),
  );
  const stages = debriefs.map(({ role, stage }) => ({ role, stage }));
  const result = await db.execute(sql`
    with here as (
      select a.id, a.role_id, a.stage, a.stage_entered_at
      from applications a join jsonb_to_recordset(${JSON.stringify(stages)}::jsonb) as d(role uuid, stage text)
        on d.role = a.role_id and d.stage = a.stage
      where a.workspace_id = ${scope.workspaceId} and a.status = 'active' ${inRole(scope)} ${visible(scope)}
    ), voters as (
      select h.id, i.member_id from here h
      join interviewers i on i.workspace_id = ${scope.workspaceId} and i.application_id = h.id
      union
      select h.id, m.id from here h
      join jsonb_to_recordset(${JSON.stringify(planned)}::jsonb) as p(role uuid, stage text, round text, email text)
        on p.role = h.role_id and p.stage = h.stage
      join members m on m.workspace_id = ${scope.workspaceId} and m.email = p.email
      where not exists (select 1 from interviewers i
        where i.workspace_id = ${scope.workspaceId} and i.application_id = h.id and i.round = p.round)
    ), asked as (
      select h.role_id, h.stage, h.stage_entered_at, m.email,
             not exists (select 1 from votes x where x.workspace_id = ${scope.workspaceId}
                         and x.application_id = h.id and x.member_id = v.member_id) as missing
      from voters v join here h on h.id = v.id
      join members m on m.workspace_id = ${scope.workspaceId} and m.id = v.member_id and m.removed_at is null
    )
    select role_id as "roleId", stage, null as round, email as member, count(*) filter (where missing)::int as n,
           count(*)::int as of, min(stage_entered_at) filter (where missing) as oldest
    from asked group by role_id, stage, email`);
  return rowsOf<TaskCount>(result);
}

/** The ratings of one application on the newest cards, without words. */
export type RatedApplication = {
  readonly id: string;
  readonly roleId: string;
  readonly stage: string;
  readonly status: ApplicationStatus;
  /** Whether the asking member has a seat in any round of the application and has not scored that round. */
  readonly openSeat: boolean;
  /**
   * The levels, such as `3,4 2`. A space separates criteria; a comma separates ratings of one criterion of one round.
   * Unordered.
   */
  readonly levels: string;
};

/** Levels by application, from cards submitted since the report's first day. */
export async function listLevels(db: Db, scope: ReportScope, memberId: string): Promise<RatedApplication[]> {
  const since = scope.since === null ? sql`` : sql`and s.submitted_at >= ${scope.since.toISOString()}`;
  const result = await db.execute(sql`
    with rated as (
      select s.application_id as id, string_agg(r->>'level', ',') as levels
      from scorecards s, jsonb_array_elements(s.ratings) r
      where s.workspace_id = ${scope.workspaceId} ${since}
        and not exists (select 1 from scorecards n where n.workspace_id = s.workspace_id and n.round = s.round
          and n.application_id = s.application_id and n.member_id = s.member_id and n.version > s.version)
      group by s.application_id, s.round, r->>'criterion'
    ), whole as (select id, string_agg(levels, ' ') as levels from rated group by id)
    select a.id, a.role_id as "roleId", a.stage, a.status, whole.levels,
           a.id in (select i.application_id from interviewers i
             where i.workspace_id = ${scope.workspaceId} and i.member_id = ${memberId}
               and not exists (select 1 from scorecards c where c.workspace_id = i.workspace_id
                 and c.application_id = i.application_id and c.round = i.round and c.member_id = i.member_id)) as "openSeat"
    from whole join applications a on a.workspace_id = ${scope.workspaceId} and a.id = whole.id
    where true ${inRole(scope)} ${visible(scope)}
    order by a.id`);
  return rowsOf<RatedApplication>(result);
}
