import { type SQL, sql } from "drizzle-orm";
import { DAYS_FOR_A_CARD } from "../../domain/pipeline/tasks.ts";
import type { Purpose } from "../../domain/roles/role-template.ts";
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
  seatsWithoutCard,
  tasksSince,
  unbookedSince,
} from "../panel/pending.ts";
import type { Db } from "../store.ts";
import { beginsBefore, mayBeOwnedBy, ownedBy } from "./not-told.ts";

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

/** Something on an agenda, as it is found, sorted and counted. What is shown of it is looked up by `agendaRows`. */
export type AgendaEntry = {
  readonly applicationId: string;
  readonly round: string | null;
  readonly due: Date;
  readonly at: Date | null;
  /** Id of the interview, message or stale assessment. */
  readonly thing: string | null;
  readonly purpose: Purpose | null;
  /** Whose card or vote it is. */
  readonly email: string | null;
};

export type AgendaPart = { readonly entries: readonly AgendaEntry[]; readonly total: number };

/** Counts of a kind stop here: what is more is said to be more. */
export const MAX_COUNTED_OF_A_KIND = 200;

/** The end of a part. */
const inOrder = (order: SQL): SQL => sql`order by ${order} limit ${MAX_COUNTED_OF_A_KIND + 1}`;

const visible = ({ workspaceId, access }: AgendaScope): SQL =>
  andAccessible(workspaceId, access, { id: sql`a.id`, candidate: sql`a.candidate_id`, role: sql`a.role_id` });

const some = (scope: AgendaScope): SomeApplications => ({
  workspaceId: scope.workspaceId,
  condition: sql`and a.merged_into is null ${visible(scope)}`,
});

const until = (due: SQL, { to }: AgendaScope): SQL => sql`${due} <= ${to.toISOString()}::timestamptz`;

const NOTHING = {
  at: sql`null::timestamptz as at`,
  thing: sql`null::uuid as thing`,
  purpose: sql`null as purpose`,
  email: sql`null as email`,
};

/**
 * The first of a part that are due, and how many there are, one more than is counted at the most.
 * @param part selects application_id, round, due, at, thing, purpose and email, in the order of `due` and the application
 */
export async function agendaPart(db: Db, part: SQL, limit: number): Promise<AgendaPart> {
  const result = await db.execute(sql`
    select x.application_id as "applicationId", x.round, x.due, x.at, x.thing, x.purpose, x.email, count(*) over ()::int as total
    from (${part}) x order by x.due, x.application_id limit ${limit}`);
  type Row = Omit<AgendaEntry, "due" | "at"> & {
    due: string | Date;
    at: string | Date | null;
    total: number;
  };
  const rows = rowsOf<Row>(result);
  return {
    entries: rows.map(({ total: _, due, at, ...entry }) => ({
      ...entry,
      due: new Date(due),
      at: at === null ? null : new Date(at),
    })),
    total: rows[0]?.total ?? 0,
  };
}

/** Interviews on record that take place in the window, with who holds them. */
export function interviewsOn(scope: AgendaScope): SQL {
  const { workspaceId, member, from, to } = scope;
  const theirs = sql`and exists (select 1 from interview_seats s
    where s.workspace_id = i.workspace_id and s.interview_id = i.id and s.member_id = ${member})`;
  return sql`
    select a.id as application_id, i.round, i.starts_at as due, i.starts_at as at, i.id as thing, ${NOTHING.purpose}, ${NOTHING.email}
    from (
      select i.* from interviews i
      where i.workspace_id = ${workspaceId} and i.status = 'booked' and i.ends_at > ${from.toISOString()}
        and ${beginsBefore(to)}
        ${member === undefined ? sql`` : theirs}
      order by i.starts_at, i.id offset 0) i
    cross join lateral (
      select * from applications a
      where a.workspace_id = i.workspace_id and a.id = i.application_id ${visible(scope)} offset 0) a
    ${inOrder(sql`i.starts_at, i.id`)}`;
}

/**
 * Assessments and submissions that gates ask for, or interviews to be booked: longest there first.
 * Of a member: what nobody else looks after in the roles that they own, and the applications that they look after.
 */
export function lackingIn(scope: AgendaScope, lacks: readonly OwnedLack[]): SQL {
  const { workspaceId, condition } = some(scope);
  const { member } = scope;
  const listed = (all: readonly OwnedLack[]) =>
    sql`jsonb_to_recordset(${JSON.stringify(all.map(({ roleId, ...lack }) => ({ role: roleId, ...lack })))}::jsonb)
      as l(role uuid, stage text, lacks text)`;
  // Whoever lacks a booking is due since they came to the stage, or since an interview was missed there.
  const isBooking = sql`l.lacks in ('booking', 'exercise_booking')`;
  const columns = sql`a.id, case when ${isBooking} then a.stage end as round,
    case when ${isBooking} then ${unbookedSince} else ${tasksSince} end as due`;
  const isThere = sql`a.workspace_id = ${workspaceId} and a.role_id = l.role and a.status = 'active' and a.stage = l.stage
    and ${until(sql`a.stage_entered_at`, scope)}
    ${lacks.every((each) => each.lacks === "assessment") ? sql`and a.present_flags is null` : sql``}`;
  const isDue = sql`${isLacking(sql`a`, sql`l.lacks`)} ${condition}`;
  // Whoever is there is told and sorted by an index alone, and only the first of them are read.
  const ofRoles = (all: readonly OwnedLack[], whose: SQL) => sql`
    select a.* from (
      select l.*, a.* from ${listed(all)} cross join lateral (
        select a.id, ${tasksSince} as since from applications a where ${isThere} offset 0) a
      order by a.since, a.id offset 0) l
    cross join lateral (
      select ${columns} from applications a
      where a.workspace_id = ${workspaceId} and a.id = l.id and ${isDue} ${whose} offset 0) a
    ${inOrder(sql`l.since, l.id`)}`;
  const theirs =
    member === undefined
      ? ofRoles(lacks, sql``)
      : sql`(${ofRoles(
          lacks.filter(({ ownsRole }) => ownsRole),
          sql`and a.owner_id is null`,
        )})
        union all
        select ${columns} from applications a join ${listed(lacks)} on ${isThere} and ${isDue} where a.owner_id = ${member}`;
  return sql`
    select a.id as application_id, a.round, a.due, ${NOTHING.at}, ${NOTHING.thing}, ${NOTHING.purpose}, ${NOTHING.email}
    from (${theirs}) a ${inOrder(sql`a.due, a.id`)}`;
}

/** Stale assessments of active people in running roles: to be read again by who looks after them. */
export function staleAssessments(scope: AgendaScope, runningRoles: readonly string[]): SQL {
  const { workspaceId, member } = scope;
  return sql`
    select a.id as application_id, null as round, s.stale_at as due, ${NOTHING.at}, s.id as thing, ${NOTHING.purpose},
           ${NOTHING.email}
    from assessments s join applications a on a.workspace_id = s.workspace_id and a.id = s.application_id
    where s.workspace_id = ${workspaceId} and s.stale_at is not null and ${until(sql`s.stale_at`, scope)}
      and a.status = 'active'
      and a.role_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(runningRoles)}::jsonb))
      and not exists (select 1 from assessments n where n.workspace_id = s.workspace_id
        and n.application_id = s.application_id and n.id > s.id)
      ${member === undefined ? sql`` : ownedBy(workspaceId, member)} ${visible(scope)}
    ${inOrder(sql`s.stale_at, s.id`)}`;
}

/** Scorecards of rounds that took place. */
export function cardsDue(scope: AgendaScope, rounds: readonly Round[]): SQL {
  const { workspaceId, condition } = some(scope);
  const { member, now } = scope;
  const theirs = member === undefined ? sql`` : sql`and i.member_id = ${member}`;
  const seats = seatsWithoutCard({ workspaceId, condition: sql`${theirs} ${condition}` }, rounds, now);
  const due = sql`greatest(s.since, s.assigned_at) + ${sql.raw(`interval '${DAYS_FOR_A_CARD} day'`)}`;
  return sql`
    select s.id as application_id, s.round, ${due} as due, s.email, ${NOTHING.at}, ${NOTHING.thing}, ${NOTHING.purpose}
    from (${seats} offset 0) s where s.since is not null and ${until(due, scope)}
    ${inOrder(sql`due, s.id`)}`;
}

/** Votes at debrief. */
export function votesDue(scope: AgendaScope, debriefs: readonly Debrief[]): SQL {
  const { member } = scope;
  const theirs = member === undefined ? sql`` : sql`and v.member_id = ${member}`;
  return sql`
    select v.id as application_id, null as round, v.since as due, v.email, ${NOTHING.at}, ${NOTHING.thing},
           ${NOTHING.purpose}
    from (${askedToVote(some(scope), debriefs)}) v
    where v.missing ${theirs} and ${until(sql`v.since`, scope)}
    ${inOrder(sql`v.since, v.id`)}`;
}

/** Drafts that nobody has sent for so many days: of whoever wrote them or looks after the person. */
export function draftsWaiting(scope: AgendaScope, days: number): SQL {
  const { workspaceId, member, now } = scope;
  const wait = sql.raw(`interval '${days} day'`);
  // Of somebody who owns no role, only drafts are looked at that can be theirs.
  const theirs =
    member === undefined
      ? sql``
      : sql`and (messages.drafted_by = ${member} or ${mayBeOwnedBy(workspaceId, member, sql`messages.application_id`)})
        and (messages.drafted_by = ${member} or (true ${ownedBy(workspaceId, member)}))`;
  return sql`
    select a.id as application_id, null as round, messages.created_at + ${wait} as due, ${NOTHING.at}, messages.id as thing,
           messages.purpose, ${NOTHING.email}
    from messages join applications a on a.workspace_id = messages.workspace_id and a.id = messages.application_id
    where messages.workspace_id = ${workspaceId} and messages.status = 'draft'
      and messages.created_at < ${now.toISOString()}::timestamptz - ${wait} and ${mayStillLeave(sql`a`, sql`messages`)}
      ${theirs} ${visible(scope)}
    ${inOrder(sql`messages.created_at, messages.id`)}`;
}

/** Extended offers of active people whose last day lies in the window or behind it, unless a later version is put. */
export function offersEnding(scope: AgendaScope, zone: string): SQL {
  const { workspaceId, member } = scope;
  const end = sql`(o.expires_on + 1)::timestamp at time zone ${zone}`;
  return sql`
    select a.id as application_id, null as round, ${end} as due, ${NOTHING.at}, ${NOTHING.thing}, ${NOTHING.purpose},
           ${NOTHING.email}
    from offers o join applications a on a.workspace_id = o.workspace_id and a.id = o.application_id
    where o.workspace_id = ${workspaceId} and o.status = 'extended' and ${until(end, scope)} and a.status = 'active'
      and not exists (select 1 from offers n where n.workspace_id = o.workspace_id and n.application_id = o.application_id
        and n.version > o.version and not (n.status = 'withdrawn' and n.extended_at is null))
      ${member === undefined ? sql`` : ownedBy(workspaceId, member)} ${visible(scope)}
    ${inOrder(sql`due, a.id`)}`;
}
