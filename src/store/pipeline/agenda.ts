import { type SQL, sql } from "drizzle-orm";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { DAYS_FOR_A_CARD } from "../../domain/pipeline/tasks.ts";
import type { Purpose } from "../../domain/roles/role-template.ts";
import type { ExerciseForm } from "../../domain/submission/exercise-form.ts";
import { type AccessFilter, andAccessible } from "../candidates/access-filter.ts";
import { rowsOf } from "../events.ts";
import { mayStillLeave } from "../outreach/messages.ts";
import {
  askedToVote,
  type Debrief,
  isLacking,
  type OwnedLack,
  type Round,
  type SomeApplications,
  seatsWithSince,
  unbookedSince,
} from "../panel/pending.ts";
import type { Db } from "../store.ts";
import { MAX_COUNTED, ownedBy, type Reading } from "./not-told.ts";

/** Whose agenda is read, by whom, and for when. */
export type AgendaScope = {
  readonly workspaceId: string;
  /** Which applications the caller may see. */
  readonly access: AccessFilter;
  /** Id of the member whose agenda it is; undefined for everybody's. */
  readonly member: string | undefined;
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
};

/** A row of an agenda, with what decides its step. */
export type AgendaRow = {
  readonly id: string;
  readonly ref: string;
  readonly roleId: string;
  readonly stage: string;
  readonly status: ApplicationStatus;
  readonly name: string;
  readonly round: string | null;
  readonly due: Date;
  readonly at: Date | null;
  /** E-mails, with a space between them. */
  readonly by: string | null;
  /** Id of the interview or message. */
  readonly thing: string | null;
  readonly purpose: Purpose | null;
  /** Whether the interview has ended. */
  readonly isOver: boolean;
  readonly assigned: ExerciseForm | null;
};

export type AgendaPart = { readonly rows: readonly AgendaRow[]; readonly total: number };

/** Selects application_id, round, due, at, by, thing and purpose of what is due. */
type Part = (reading: Reading) => SQL;

const visible = ({ workspaceId, access }: AgendaScope): SQL =>
  andAccessible(workspaceId, access, { id: sql`a.id`, candidate: sql`a.candidate_id`, role: sql`a.role_id` });

const some = (scope: AgendaScope): SomeApplications => ({
  workspaceId: scope.workspaceId,
  condition: sql`and a.merged_into is null ${visible(scope)}`,
});

const until = (due: SQL, { to }: AgendaScope): SQL => sql`${due} <= ${to.toISOString()}::timestamptz`;
const first = (order: SQL, { limit, inOrder }: Reading): SQL =>
  inOrder ? sql`order by ${order} limit ${limit}` : sql`limit ${limit}`;

/** E-mail of whoever looks after `applications a`. */
const ownerOf = sql`(select m.email from members m join roles r on r.workspace_id = m.workspace_id
  where m.workspace_id = a.workspace_id and r.id = a.role_id and m.id = coalesce(a.owner_id, r.owner_id))`;

const NOTHING = {
  at: sql`null::timestamptz as at`,
  thing: sql`null::uuid as thing`,
  purpose: sql`null as purpose`,
};

/** The first of a part that are due, and how many there are, one more than is counted at the most. */
export async function agendaPart(db: Db, scope: AgendaScope, part: Part, limit: number): Promise<AgendaPart> {
  const { workspaceId } = scope;
  const result = await db.execute(sql`
    select a.id, a.ref, a.role_id as "roleId", a.stage, a.status, c.name, x.round, x.due, x.at, x.by, x.thing, x.purpose,
           (select g.form from assignments g where g.workspace_id = a.workspace_id and g.application_id = a.id) as assigned,
           exists (select 1 from interviews v where v.workspace_id = a.workspace_id and v.id = x.thing
             and v.ends_at <= ${scope.now.toISOString()}) as "isOver",
           (select count(*)::int from (${part({ limit: MAX_COUNTED + 1, inOrder: false })}) n) as total
    from (${part({ limit, inOrder: true })}) x
    join applications a on a.workspace_id = ${workspaceId} and a.id = x.application_id
    join candidates c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
    order by x.due, a.id`);
  type Row = Omit<AgendaRow, "due" | "at"> & { due: string | Date; at: string | Date | null; total: number };
  const rows = rowsOf<Row>(result);
  return {
    rows: rows.map(({ total: _, due, at, ...row }) => ({
      ...row,
      due: new Date(due),
      at: at === null ? null : new Date(at),
    })),
    total: rows[0]?.total ?? 0,
  };
}

/** Longer than any interview. An index by the end of interviews then finds those that begin within a window. */
const LONGEST_INTERVIEW = sql.raw("interval '1 day'");

/** Interviews on record that take place in the window, with who holds them. */
export const interviewsOn =
  (scope: AgendaScope): Part =>
  (reading) => {
    const { workspaceId, member, from, to } = scope;
    const theirs = sql`and exists (select 1 from interview_seats s
      where s.workspace_id = i.workspace_id and s.interview_id = i.id and s.member_id = ${member})`;
    return sql`
      select a.id as application_id, i.round, i.starts_at as due, i.starts_at as at,
             (select string_agg(m.email, ' ' order by m.email) from interview_seats s
              join members m on m.workspace_id = s.workspace_id and m.id = s.member_id
              where s.workspace_id = i.workspace_id and s.interview_id = i.id) as by,
             i.id as thing, ${NOTHING.purpose}
      from interviews i join applications a on a.workspace_id = i.workspace_id and a.id = i.application_id
      where i.workspace_id = ${workspaceId} and i.status = 'booked' and i.ends_at > ${from.toISOString()}
        and i.ends_at < ${to.toISOString()}::timestamptz + ${LONGEST_INTERVIEW} and i.starts_at < ${to.toISOString()}
        ${member === undefined ? sql`` : theirs} ${visible(scope)}
      ${first(sql`i.starts_at, i.id`, reading)}`;
  };

/**
 * Assessments and submissions that gates ask for, or interviews to be booked: each stage by index, longest there first.
 * Of a member: what nobody else looks after in the roles that they own, and the applications that they look after.
 */
export const lackingIn =
  (scope: AgendaScope, lacks: readonly OwnedLack[]): Part =>
  (reading) => {
    const { workspaceId, condition } = some(scope);
    const { member } = scope;
    const listed = (all: readonly OwnedLack[]) =>
      sql`jsonb_to_recordset(${JSON.stringify(all.map(({ roleId, ...lack }) => ({ role: roleId, ...lack })))}::jsonb)
        as l(role uuid, stage text, lacks text)`;
    // Whoever lacks a booking is due since they came to the stage, or since an interview was missed there.
    const due = sql`case when l.lacks in ('booking', 'exercise_booking') then ${unbookedSince} else a.stage_entered_at end`;
    const columns = sql`a.id, ${due} as due, ${ownerOf} as by, l.lacks, l.stage`;
    const isDue = sql`a.workspace_id = ${workspaceId} and a.role_id = l.role and a.status = 'active' and a.stage = l.stage
      and ${until(sql`a.stage_entered_at`, scope)} and ${isLacking(sql`a`, sql`l.lacks`)} ${condition}`;
    const ofRoles = (all: readonly OwnedLack[], whose: SQL) => sql`
      select a.* from ${listed(all)} cross join lateral (
        select ${columns} from applications a where ${isDue} ${whose}
        ${first(sql`a.stage_entered_at, a.id`, reading)}) a`;
    const theirs =
      member === undefined
        ? ofRoles(lacks, sql``)
        : sql`${ofRoles(
            lacks.filter(({ ownsRole }) => ownsRole),
            sql`and a.owner_id is null`,
          )}
          union all
          select ${columns} from applications a join ${listed(lacks)} on ${isDue} where a.owner_id = ${member}`;
    return sql`
      select a.id as application_id, case when a.lacks in ('booking', 'exercise_booking') then a.stage end as round, a.due,
             ${NOTHING.at}, a.by, ${NOTHING.thing}, ${NOTHING.purpose}
      from (${theirs}) a
      ${first(sql`a.due, a.id`, reading)}`;
  };

/** Scorecards of rounds that took place. */
export const cardsDue =
  (scope: AgendaScope, rounds: readonly Round[]): Part =>
  (reading) => {
    const { workspaceId, condition } = some(scope);
    const { member, now } = scope;
    const theirs = member === undefined ? sql`` : sql`and i.member_id = ${member}`;
    const seats = seatsWithSince({ workspaceId, condition: sql`${theirs} ${condition}` }, rounds, now);
    const due = sql`greatest(s.since, s.assigned_at) + ${sql.raw(`interval '${DAYS_FOR_A_CARD} day'`)}`;
    return sql`
      select s.id as application_id, s.round, ${due} as due, ${NOTHING.at}, s.email as by, ${NOTHING.thing}, ${NOTHING.purpose}
      from (${seats}) s where s.since is not null and ${until(due, scope)}
      ${first(sql`due, s.id`, reading)}`;
  };

/** Votes at debrief. */
export const votesDue =
  (scope: AgendaScope, debriefs: readonly Debrief[]): Part =>
  (reading) => {
    const { member } = scope;
    const theirs = member === undefined ? sql`` : sql`and v.member_id = ${member}`;
    return sql`
      select v.id as application_id, null as round, v.stage_entered_at as due, ${NOTHING.at}, v.email as by,
             ${NOTHING.thing}, ${NOTHING.purpose}
      from (${askedToVote(some(scope), debriefs)}) v
      where v.missing ${theirs} and ${until(sql`v.stage_entered_at`, scope)}
      ${first(sql`v.stage_entered_at, v.id`, reading)}`;
  };

/** Drafts that nobody has sent for so many days: of whoever wrote them or looks after the person. */
export const draftsWaiting =
  (scope: AgendaScope, days: number): Part =>
  (reading) => {
    const { workspaceId, member, now } = scope;
    const due = sql`messages.created_at + ${sql.raw(`interval '${days} day'`)}`;
    const theirs =
      member === undefined
        ? sql``
        : sql`and (messages.drafted_by = ${member} or (true ${ownedBy(workspaceId, member)}))`;
    return sql`
      select a.id as application_id, null as round, a.due, ${NOTHING.at}, a.by, a.thing, a.purpose from (
        select a.id, ${due} as due, messages.id as thing, messages.purpose,
               (select m.email from members m where m.workspace_id = messages.workspace_id and m.id = messages.drafted_by) as by
        from messages join applications a on a.workspace_id = messages.workspace_id and a.id = messages.application_id
        where messages.workspace_id = ${workspaceId} and messages.status = 'draft'
          and ${due} < ${now.toISOString()}::timestamptz and ${mayStillLeave(sql`a`, sql`messages`)}
          ${theirs} ${visible(scope)}
        ${first(sql`messages.created_at, messages.id`, reading)}) a`;
  };

/** Extended offers of active people whose last day lies in the window or behind it, unless a later version is put. */
export const offersEnding =
  (scope: AgendaScope, zone: string): Part =>
  (reading) => {
    const { workspaceId, member } = scope;
    const end = sql`(o.expires_on + 1)::timestamp at time zone ${zone}`;
    return sql`
      select a.id as application_id, null as round, ${end} as due, ${NOTHING.at}, ${ownerOf} as by, ${NOTHING.thing},
             ${NOTHING.purpose}
      from offers o join applications a on a.workspace_id = o.workspace_id and a.id = o.application_id
      where o.workspace_id = ${workspaceId} and o.status = 'extended' and ${until(end, scope)} and a.status = 'active'
        and not exists (select 1 from offers n where n.workspace_id = o.workspace_id and n.application_id = o.application_id
          and n.version > o.version and not (n.status = 'withdrawn' and n.extended_at is null))
        ${member === undefined ? sql`` : ownedBy(workspaceId, member)} ${visible(scope)}
      ${first(sql`due, a.id`, reading)}`;
  };
