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
  tasksSince,
  unbookedSince,
} from "../panel/pending.ts";
import type { Db } from "../store.ts";
import { first, MAX_COUNTED, ownedBy, type Reading } from "./not-told.ts";

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

/** Selects application_id, round, due, at, by, thing, purpose and, where all is read anyway, the total of what is due. */
type Part = { readonly rows: (reading: Reading) => SQL; readonly countsItself: boolean };

const counted = (rows: Part["rows"]): Part => ({ rows, countsItself: false });
const countingItself = (rows: Part["rows"]): Part => ({ rows, countsItself: true });
const ownTotal = sql`least(count(*) over (), ${MAX_COUNTED + 1})::int as total`;

const visible = ({ workspaceId, access }: AgendaScope): SQL =>
  andAccessible(workspaceId, access, { id: sql`a.id`, candidate: sql`a.candidate_id`, role: sql`a.role_id` });

const some = (scope: AgendaScope): SomeApplications => ({
  workspaceId: scope.workspaceId,
  condition: sql`and a.merged_into is null ${visible(scope)}`,
});

const until = (due: SQL, { to }: AgendaScope): SQL => sql`${due} <= ${to.toISOString()}::timestamptz`;

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
  const total = part.countsItself
    ? sql`x.total`
    : sql`(select count(*)::int from (${part.rows({ limit: MAX_COUNTED + 1, inOrder: false })}) n)`;
  const result = await db.execute(sql`
    select a.id, a.ref, a.role_id as "roleId", a.stage, a.status, c.name, x.round, x.due, x.at, x.by, x.thing, x.purpose,
           (select g.form from assignments g where g.workspace_id = a.workspace_id and g.application_id = a.id) as assigned,
           coalesce((select v.ends_at <= ${scope.now.toISOString()} from interviews v
             where v.workspace_id = a.workspace_id and v.id = x.thing limit 1), false) as "isOver",
           ${total} as total
    from (${part.rows({ limit, inOrder: true })}) x
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
export const interviewsOn = (scope: AgendaScope): Part =>
  counted((reading) => {
    const { workspaceId, member, from, to } = scope;
    const theirs = sql`and exists (select 1 from interview_seats s
      where s.workspace_id = i.workspace_id and s.interview_id = i.id and s.member_id = ${member})`;
    return sql`
      select a.id as application_id, i.round, i.starts_at as due, i.starts_at as at,
             (select string_agg(m.email, ' ' order by m.email) from interview_seats s
              join members m on m.workspace_id = s.workspace_id and m.id = s.member_id
              where s.workspace_id = i.workspace_id and s.interview_id = i.id) as by,
             i.id as thing, ${NOTHING.purpose}
      from (
        select i.* from interviews i
        where i.workspace_id = ${workspaceId} and i.status = 'booked' and i.ends_at > ${from.toISOString()}
          and i.ends_at < ${to.toISOString()}::timestamptz + ${LONGEST_INTERVIEW} and i.starts_at < ${to.toISOString()}
          ${member === undefined ? sql`` : theirs}
        ${reading.inOrder ? sql`order by i.starts_at, i.id` : sql``} offset 0) i
      cross join lateral (
        select * from applications a
        where a.workspace_id = i.workspace_id and a.id = i.application_id ${visible(scope)} offset 0) a
      ${first(sql`i.starts_at, i.id`, reading)}`;
  });

/**
 * Assessments and submissions that gates ask for, or interviews to be booked: each stage by index, longest there first.
 * Of a member: what nobody else looks after in the roles that they own, and the applications that they look after.
 */
export function lackingIn(scope: AgendaScope, lacks: readonly OwnedLack[]): Part {
  const isBooking = lacks.some((each) => each.lacks === "booking" || each.lacks === "exercise_booking");
  const rows: Part["rows"] = (reading) => {
    const { workspaceId, condition } = some(scope);
    const { member } = scope;
    const listed = (all: readonly OwnedLack[]) =>
      sql`jsonb_to_recordset(${JSON.stringify(all.map(({ roleId, ...lack }) => ({ role: roleId, ...lack })))}::jsonb)
        as l(role uuid, stage text, lacks text)`;
    // Whoever lacks a booking is due since they came to the stage, or since an interview was missed there.
    const due = sql`case when l.lacks in ('booking', 'exercise_booking') then ${unbookedSince} else ${tasksSince} end`;
    const columns = sql`a.workspace_id, a.id, a.role_id, a.owner_id, l.stage, l.lacks, ${due} as due`;
    const isThere = sql`a.workspace_id = ${workspaceId} and a.role_id = l.role and a.status = 'active' and a.stage = l.stage
      and ${until(sql`a.stage_entered_at`, scope)}`;
    const isDue = sql`${isLacking(sql`a`, sql`l.lacks`)} ${condition}`;
    // In order, whoever is there is sorted by index alone, and only the first of them are read: all that are
    // counted, because whoever missed an interview or came in with an import is due later than their turn.
    const ofRoles = (all: readonly OwnedLack[], whose: SQL) =>
      reading.inOrder
        ? sql`
      select a.* from (
        select l.*, a.* from ${listed(all)} cross join lateral (
          select a.id, a.stage_entered_at from applications a where ${isThere} offset 0) a
        order by a.stage_entered_at, a.id offset 0) l
      cross join lateral (
        select ${columns} from applications a
        where a.workspace_id = ${workspaceId} and a.id = l.id and ${isDue} ${whose} offset 0) a
      ${first(sql`l.stage_entered_at, l.id`, { ...reading, limit: MAX_COUNTED + 1 })}`
        : sql`
      select a.* from ${listed(all)} cross join lateral (
        select ${columns} from applications a where ${isThere} and ${isDue} ${whose} limit ${reading.limit}) a`;
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
      select a.id as application_id, case when a.lacks in ('booking', 'exercise_booking') then a.stage end as round, a.due,
             ${NOTHING.at}, ${ownerOf} as by, ${NOTHING.thing}, ${NOTHING.purpose} ${isBooking ? sql`, a.total` : sql``}
      from (select a.* ${isBooking ? sql`, ${ownTotal}` : sql``} from (${theirs}) a ${first(sql`a.due, a.id`, reading)}) a
      ${reading.inOrder ? sql`order by a.due, a.id` : sql``}`;
  };
  return isBooking ? countingItself(rows) : counted(rows);
}

/** Scorecards of rounds that took place. */
export const cardsDue = (scope: AgendaScope, rounds: readonly Round[]): Part =>
  countingItself((reading) => {
    const { workspaceId, condition } = some(scope);
    const { member, now } = scope;
    const theirs = member === undefined ? sql`` : sql`and i.member_id = ${member}`;
    // Most seats have their card: those are left out before anybody's application is looked up.
    const noCard = sql`and not exists (select 1 from scorecards s where s.workspace_id = i.workspace_id
      and s.application_id = i.application_id and s.round = i.round and s.member_id = i.member_id)`;
    const seats = seatsWithSince(
      { workspaceId, condition: sql`${theirs} ${noCard} ${condition}` },
      rounds,
      now,
    );
    const due = sql`greatest(s.since, s.assigned_at) + ${sql.raw(`interval '${DAYS_FOR_A_CARD} day'`)}`;
    return sql`
      select s.id as application_id, s.round, ${due} as due, ${NOTHING.at}, s.email as by, ${NOTHING.thing}, ${NOTHING.purpose},
             ${ownTotal}
      from (${seats} offset 0) s where s.since is not null and ${until(due, scope)}
      ${first(sql`due, s.id`, reading)}`;
  });

/** Votes at debrief. */
export const votesDue = (scope: AgendaScope, debriefs: readonly Debrief[]): Part =>
  countingItself((reading) => {
    const { member } = scope;
    const theirs = member === undefined ? sql`` : sql`and v.member_id = ${member}`;
    return sql`
      select v.id as application_id, null as round, v.since as due, ${NOTHING.at}, v.email as by,
             ${NOTHING.thing}, ${NOTHING.purpose}, ${ownTotal}
      from (${askedToVote(some(scope), debriefs)}) v
      where v.missing ${theirs} and ${until(sql`v.since`, scope)}
      ${first(sql`v.since, v.id`, reading)}`;
  });

/** Drafts that nobody has sent for so many days: of whoever wrote them or looks after the person. */
export const draftsWaiting = (scope: AgendaScope, days: number): Part =>
  counted((reading) => {
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
  });

/** Extended offers of active people whose last day lies in the window or behind it, unless a later version is put. */
export const offersEnding = (scope: AgendaScope, zone: string): Part =>
  counted((reading) => {
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
  });
