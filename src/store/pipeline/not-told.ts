import { type SQL, sql } from "drizzle-orm";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { type NotToldReason, TELLING_STATES } from "../../domain/pipeline/not-told.ts";
import { type AccessFilter, andAccessible } from "../candidates/access-filter.ts";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";

/** Counts stop here: what is more is said to be more. */
export const MAX_COUNTED = 1_000;

/** Who is looked for among those who have to be told. */
export type NotToldFilter = {
  readonly workspaceId: string;
  /** Which applications the caller may see. */
  readonly access: AccessFilter;
  /** Only this application. */
  readonly applicationId?: string | undefined;
  /** Only this role. */
  readonly roleId?: string | undefined;
  /** Only those whom this member looks after. */
  readonly owner?: string | undefined;
  readonly now: Date;
  /** Ends before this moment are counted apart. */
  readonly oldBefore: Date;
  /** Ends after this moment, and interviews that begin after the other, are left out. */
  readonly upTo?: { readonly ended: Date; readonly starts: Date } | undefined;
};

/** Somebody who has to be told, with what decides how. */
export type NotToldRow = {
  readonly id: string;
  readonly ref: string;
  readonly roleId: string;
  readonly stage: string;
  readonly status: Exclude<ApplicationStatus, "hired">;
  readonly name: string;
  readonly email: string | null;
  readonly doNotContact: boolean;
  readonly suppressed: boolean;
  readonly why: NotToldReason;
  /** When they were rejected or the role was closed; when the interview begins. */
  readonly at: Date;
  readonly perhapsTold: boolean;
  readonly interview: string | null;
  readonly round: string | null;
  /** E-mail of whoever looks after them. */
  readonly owner: string;
};

const columns = { id: sql`a.id`, candidate: sql`a.candidate_id`, role: sql`a.role_id` };

/** Conditions on `applications a`. */
function ofCaller({ workspaceId, access, applicationId, roleId, owner }: NotToldFilter): SQL {
  return sql`a.workspace_id = ${workspaceId} and a.merged_into is null
    ${applicationId === undefined ? sql`` : sql`and a.id = ${applicationId}`}
    ${roleId === undefined ? sql`` : sql`and a.role_id = ${roleId}`}
    ${owner === undefined ? sql`` : ownedBy(workspaceId, owner)}
    ${andAccessible(workspaceId, access, columns)}`;
}

/** The rest of a condition on `applications a`, beginning with `and`: this member looks after it. */
export const ownedBy = (workspaceId: string, owner: string): SQL =>
  sql`and (a.owner_id = ${owner} or a.owner_id is null and a.role_id = any(array(
    select id from roles where workspace_id = ${workspaceId} and owner_id = ${owner})))`;

/** Whether `interviews i` begins before a moment. None takes a day, and so an index by their end finds them. */
export const beginsBefore = (moment: Date): SQL =>
  sql`(i.starts_at < ${moment.toISOString()} and i.ends_at < ${moment.toISOString()}::timestamptz + interval '1 day')`;

/**
 * False only for an application that this member does not look after. It is read without the application, so that of a
 * member who owns no role few are read.
 */
export const mayBeOwnedBy = (workspaceId: string, owner: string, application: SQL): SQL =>
  sql`(exists (select 1 from roles where workspace_id = ${workspaceId} and owner_id = ${owner}) or ${application} = any(array(
    select id from applications where workspace_id = ${workspaceId} and owner_id = ${owner})))`;

/** Whether a confirmed message to an application has one of these states, and was confirmed after a moment. */
const messageIn = (states: readonly string[], since: SQL): SQL => sql`exists (
  select 1 from messages m join outbox o on o.workspace_id = m.workspace_id and o.id = m.id
  where m.workspace_id = a.workspace_id and m.application_id = a.id and o.approved_at >= ${since}
    and o.state = any(array(select jsonb_array_elements_text(${JSON.stringify(states)}::jsonb))))`;

type Period = "listed" | "old";

const period = (at: SQL, { oldBefore, upTo }: NotToldFilter, which: Period): SQL =>
  which === "old"
    ? sql`${at} < ${oldBefore.toISOString()}`
    : sql`${at} >= ${oldBefore.toISOString()} ${upTo ? sql`and ${at} <= ${upTo.ended.toISOString()}` : sql``}`;

/** Those of each reason, one more of each than is counted at the most; listed ones in the order in which they come. */
function parts(filter: NotToldFilter, which: Period): SQL {
  const { workspaceId, now, upTo, owner } = filter;
  const first = (order: SQL) =>
    sql`${which === "listed" ? sql`order by ${order}` : sql``} limit ${MAX_COUNTED + 1}`;
  const application = sql`a.id, a.ref, a.role_id, a.stage, a.status, a.candidate_id,
      coalesce(a.owner_id, (select owner_id from roles o where o.workspace_id = a.workspace_id and o.id = a.role_id)) as owner`;
  const rejected = sql`(select ${application}, 'rejected' as why, a.untold_since as at, a.untold_since as since,
      null::uuid as interview, null as round
    from applications a
    where ${ofCaller(filter)} and a.untold_since is not null and ${period(sql`a.untold_since`, filter, which)}
    ${first(sql`a.untold_since, a.id`)})`;
  // A role's people come by index, so that few are read of a role that was closed with many.
  const ofClosed = sql`(select a.*, r.closed_at as at, r.closed_at as since, null::uuid as interview, null as round
    from roles r cross join lateral (
      select ${application}, 'role_closed' as why from applications a
      where ${ofCaller(filter)} and a.role_id = r.id and a.status = 'active'
        and not ${messageIn(TELLING_STATES, sql`r.closed_at`)}
      ${first(sql`a.stage, a.stage_entered_at, a.id`)}) a
    where r.workspace_id = ${workspaceId} and r.status in ('filled', 'cancelled') and ${period(sql`r.closed_at`, filter, which)}
    ${first(sql`r.closed_at, a.stage, a.id`)})`;
  if (which === "old") return sql`${rejected} union all ${ofClosed}`;
  // Almost all of those who have interviews ahead are active: the few others are told by an index alone.
  const isEnded = (
    application: SQL,
  ) => sql`(select true from applications e where e.workspace_id = ${workspaceId}
    and e.id = ${application} and e.status in ('rejected', 'withdrawn'))`;
  const standing = sql`(select ${application}, 'interview_stands' as why, i.starts_at as at, null::timestamptz as since,
      i.id as interview, i.round
    from interviews i join applications a on a.workspace_id = i.workspace_id and a.id = i.application_id
    where i.workspace_id = ${workspaceId} and i.status = 'booked' and i.ends_at > ${now.toISOString()}
      ${upTo ? sql`and ${beginsBefore(upTo.starts)}` : sql``}
      ${owner === undefined ? sql`` : sql`and ${mayBeOwnedBy(workspaceId, owner, sql`i.application_id`)}`}
      and ${isEnded(sql`i.application_id`)} and ${ofCaller(filter)}
    ${first(sql`i.ends_at, i.id`)})`;
  return sql`${rejected} union all ${ofClosed} union all ${standing}`;
}

/**
 * Those who have to be told, longest first, at most `limit`, and how many there are, at most one above what is counted. The
 * SQL repeats the rule of the domain, so that few rows are read.
 */
export async function listNotTold(
  db: Db,
  filter: NotToldFilter,
  limit: number,
): Promise<{ rows: NotToldRow[]; total: number }> {
  const result = await db.execute(sql`
    select a.id, a.ref, a.role_id as "roleId", a.stage, a.status, a.why, a.at, a.interview, a.round,
           c.name, c.email, (select m.email from members m where m.workspace_id = c.workspace_id and m.id = a.owner) as owner,
           c.do_not_contact as "doNotContact",
           exists (select 1 from suppressions s where s.workspace_id = c.workspace_id and s.email = lower(c.email)) as suppressed,
           a.since is not null and ${messageIn(["unknown"], sql`a.since`)} as "perhapsTold", a.total
    from (select ${filter.workspaceId}::uuid as workspace_id, x.*, least(count(*) over (), ${MAX_COUNTED + 1})::int as total
          from (${parts(filter, "listed")}) x order by x.at, x.id, x.why limit ${limit}) a
    join candidates c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
    order by a.at, a.id, a.why`);
  const rows = rowsOf<Omit<NotToldRow, "at"> & { at: string | Date; total: number }>(result);
  return {
    rows: rows.map(({ total: _, at, ...row }) => ({ ...row, at: new Date(at) })),
    total: rows[0]?.total ?? 0,
  };
}

/** How many have to be told whose end lies further back than is listed, at most one above what is counted. */
export async function countOldNotTold(db: Db, filter: NotToldFilter): Promise<number> {
  const result = await db.execute(sql`
    select count(*)::int as n from (select 1 from (${parts(filter, "old")}) x limit ${MAX_COUNTED + 1}) y`);
  return rowsOf<{ n: number }>(result)[0]?.n ?? 0;
}
