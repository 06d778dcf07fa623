import { sql } from "drizzle-orm";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { andAccessible } from "../candidates/access-filter.ts";
import { rowsOf } from "../events.ts";
import {
  askedToVote,
  type Debrief,
  type Round,
  roundsWithUnbookedSince,
  type SomeApplications,
  seatsWithSince,
} from "../panel/pending.ts";
import type { Db } from "../store.ts";
import type { ReportScope } from "./stage-counts.ts";

const inRole = ({ roleId }: ReportScope) => (roleId === null ? sql`` : sql`and a.role_id = ${roleId}`);
const visible = ({ workspaceId, access }: ReportScope) =>
  andAccessible(workspaceId, access, { id: sql`a.id`, candidate: sql`a.candidate_id` });

const applicationsOf = (scope: ReportScope): SomeApplications => ({
  workspaceId: scope.workspaceId,
  condition: sql`${inRole(scope)} ${visible(scope)}`,
});

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
  const result = await db.execute(sql`
    with seats as (${seatsWithSince(applicationsOf(scope), rounds, now)})
    select role_id as "roleId", stage, round, email as member, count(since)::int as n, count(*)::int as of,
           min(greatest(since, assigned_at)) filter (where since is not null) as oldest
    from seats group by role_id, stage, round, email`);
  return rowsOf<TaskCount>(result);
}

/** Interviews to be booked for active applications, by role, stage and whoever looks after them. */
export async function countUnbooked(
  db: Db,
  scope: ReportScope,
  rounds: readonly Round[],
): Promise<Omit<TaskCount, "round">[]> {
  const result = await db.execute(sql`
    with here as (${roundsWithUnbookedSince(applicationsOf(scope), rounds)})
    select role_id as "roleId", stage, email as member, count(since)::int as n, count(*)::int as of, min(since) as oldest
    from here group by role_id, stage, email`);
  return rowsOf<Omit<TaskCount, "round">>(result);
}

/** Votes that team members still have to cast, by role and stage. Everyone who interviews in any round votes. */
export async function countPendingVotes(
  db: Db,
  scope: ReportScope,
  debriefs: readonly Debrief[],
): Promise<TaskCount[]> {
  if (debriefs.length === 0) return [];
  const result = await db.execute(sql`
    with asked as (${askedToVote(applicationsOf(scope), debriefs)})
    select role_id as "roleId", stage, null as round, email as member, count(*) filter (where missing)::int as n,
           count(*)::int as of, min(since) filter (where missing) as oldest
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
