// What is owed for each application, row by row: reports count these rows, and an agenda lists them.

import { type SQL, sql } from "drizzle-orm";
import { isUnbooked, overSince } from "./round-progress.ts";

/** The applications that are looked at: the rest of a condition on `applications a`, beginning with `and`. */
export type SomeApplications = { readonly workspaceId: string; readonly condition: SQL };

/** What an application in one stage of a role may still need: its gate, or an interview. */
export type Lack = {
  readonly roleId: string;
  readonly stage: string;
  /** `exercise_booking`: an interview for an exercise that is done before the interviewers. */
  readonly lacks: "assessment" | "submission" | "booking" | "exercise_booking";
};

/** What an application may lack, with whether this is asked of whoever owns the role, where nobody else looks after it. */
export type OwnedLack = Lack & { readonly ownsRole: boolean };

/** Since when what `applications a` waits for could be done: what came in with an import counts from then. */
export const tasksSince: SQL = sql`greatest(a.stage_entered_at, a.imported_at)`;

/** Whether the assessment of `applications a` is waited for. */
export const unassessed: SQL = sql`(a.present_flags is null and not a.without_resume)`;

/** Whether an application lacks something. @param application an alias of `applications` */
export const isLacking = (application: SQL, lacks: SQL): SQL => sql`case ${lacks}
  when 'assessment' then (${application}.present_flags is null and not ${application}.without_resume)
  when 'submission' then not ${application}.has_submission
  else ${isUnbooked(application, sql`(${lacks} = 'exercise_booking')`)} end`;

/** A round of a role. An exercise can be over without an interview. */
export type Round = {
  readonly role: string;
  readonly round: string;
  readonly exercise: boolean;
  /** The stages in which the round is reached. */
  readonly stages: readonly string[];
};

/** Whether a seat has no card. @param seat an alias with application_id, round and member_id */
const hasNoCard = (workspaceId: string, seat: SQL): SQL => sql`not exists (select 1 from scorecards s
  where s.workspace_id = ${workspaceId} and s.application_id = ${seat}.application_id and s.round = ${seat}.round
    and s.member_id = ${seat}.member_id)`;

/** Every seat of a reached round of active people, with the moment since when its card may be asked for; null where not. */
export const seatsWithSince = (some: SomeApplications, rounds: readonly Round[], now: Date): SQL =>
  seats(some, rounds, (over) => sql`case when ${hasNoCard(some.workspaceId, sql`a`)} then ${over(now)} end`);

/** The same of seats without a card: most have theirs, and are left out before anybody's application is looked up. */
export const seatsWithoutCard = (
  { workspaceId, condition }: SomeApplications,
  rounds: readonly Round[],
  now: Date,
): SQL =>
  seats({ workspaceId, condition: sql`and ${hasNoCard(workspaceId, sql`i`)} ${condition}` }, rounds, (over) =>
    over(now),
  );

function seats(
  { workspaceId, condition }: SomeApplications,
  rounds: readonly Round[],
  since: (over: (now: Date) => SQL) => SQL,
): SQL {
  const over = (now: Date) =>
    overSince({
      ...{ application: sql`a`, round: sql`a.round`, isExercise: sql`r.exercise` },
      now: sql`${now.toISOString()}::timestamptz`,
    });
  // `offset 0` keeps the seats of active people together: joined with the rounds first, they would be many times as many.
  return sql`
    select a.id, a.role_id, a.stage, a.round, a.member_id, m.email, a.assigned_at, ${since(over)} as since
    from (
      select a.workspace_id, a.id, a.id as application_id, a.role_id, a.stage, a.has_submission, a.applied_at, i.round,
             i.member_id, i.assigned_at
      from interviewers i cross join lateral (
        select * from applications a
        where a.workspace_id = i.workspace_id and a.id = i.application_id and a.status = 'active' offset 0) a
      where i.workspace_id = ${workspaceId} ${condition} offset 0) a
    join jsonb_to_recordset(${JSON.stringify(rounds)}::jsonb) as r(role uuid, round text, exercise boolean, stages jsonb)
      on r.role = a.role_id and r.round = a.round and jsonb_exists(r.stages, a.stage)
    join members m on m.workspace_id = a.workspace_id and m.id = a.member_id and m.removed_at is null`;
}

/** Since when an interview is to be booked for the round that `applications a` stands in, where `isUnbooked` holds. */
export const unbookedSince: SQL = sql`greatest(a.stage_entered_at, a.imported_at, (
  select max(v.updated_at) from interviews v
  where v.workspace_id = a.workspace_id and v.application_id = a.id and v.round = a.stage))`;

/**
 * Active applications in rounds, with whoever looks after them and the moment since when an interview is to be booked; null
 * where one is not.
 */
export const roundsWithUnbookedSince = (
  { workspaceId, condition }: SomeApplications,
  rounds: readonly Round[],
): SQL => sql`
  select a.id, a.role_id, a.stage, m.email, case when ${isUnbooked(sql`a`, sql`r.exercise`)} then ${unbookedSince} end as since
  from applications a
  join jsonb_to_recordset(${JSON.stringify(rounds)}::jsonb) as r(role uuid, round text, exercise boolean)
    on r.role = a.role_id and r.round = a.stage
  join roles o on o.workspace_id = a.workspace_id and o.id = a.role_id
  join members m on m.workspace_id = a.workspace_id and m.id = coalesce(a.owner_id, o.owner_id)
  where a.workspace_id = ${workspaceId} and a.status = 'active' ${condition}`;

/** A stage with votes, and the members that the role's panel names for each round. */
export type Debrief = {
  readonly role: string;
  readonly stage: string;
  readonly panel: readonly { readonly round: string; readonly members: readonly string[] }[];
};

/** Everyone who votes for applications at debrief, and whether their vote is missing. Who interviews in any round votes. */
export function askedToVote({ workspaceId, condition }: SomeApplications, debriefs: readonly Debrief[]): SQL {
  const planned = debriefs.flatMap(({ role, stage, panel }) =>
    panel.flatMap(({ round, members }) =>
      members.map((email) => ({ role, stage, round, email: email.toLowerCase() })),
    ),
  );
  const stages = debriefs.map(({ role, stage }) => ({ role, stage }));
  return sql`
    with here as (
      select a.id, a.role_id, a.stage, ${tasksSince} as since
      from jsonb_to_recordset(${JSON.stringify(stages)}::jsonb) as d(role uuid, stage text) cross join lateral (
        select * from applications a
        where a.workspace_id = ${workspaceId} and a.role_id = d.role and a.status = 'active' and a.stage = d.stage ${condition}
        offset 0) a
    ), voters as (
      select h.id, i.member_id from here h cross join lateral (
        select i.member_id from interviewers i where i.workspace_id = ${workspaceId} and i.application_id = h.id offset 0) i
      union
      select h.id, m.id from here h
      join jsonb_to_recordset(${JSON.stringify(planned)}::jsonb) as p(role uuid, stage text, round text, email text)
        on p.role = h.role_id and p.stage = h.stage
      join members m on m.workspace_id = ${workspaceId} and m.email = p.email
      where not exists (select 1 from interviewers i
        where i.workspace_id = ${workspaceId} and i.application_id = h.id and i.round = p.round)
    )
    select h.id, h.role_id, h.stage, h.since, v.member_id, m.email,
           not exists (select 1 from votes x where x.workspace_id = ${workspaceId}
                       and x.application_id = h.id and x.member_id = v.member_id) as missing
    from voters v join here h on h.id = v.id
    join members m on m.workspace_id = ${workspaceId} and m.id = v.member_id and m.removed_at is null`;
}
