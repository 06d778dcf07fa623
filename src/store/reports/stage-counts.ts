import { type SQL, sql } from "drizzle-orm";
import type { OfferStatus } from "../../domain/pipeline/offer.ts";
import { type AccessFilter, andAccessible } from "../candidates/access-filter.ts";
import { rowsOf } from "../events.ts";
import { tasksSince, unassessed } from "../panel/pending.ts";
import type { Db } from "../store.ts";

/** The scope of a report. */
export type ReportScope = {
  readonly workspaceId: string;
  readonly roleId: string | null;
  readonly since: Date | null;
  /** Which applications the caller may see. */
  readonly access: AccessFilter;
};

const visible = (id: SQL, { workspaceId, access }: ReportScope) => andAccessible(workspaceId, access, { id });

const inRole = (column: SQL, { roleId }: ReportScope) =>
  roleId === null ? sql`` : sql`and ${column} = ${roleId}`;
const from = (column: SQL, { since }: ReportScope) =>
  since === null ? sql`` : sql`and ${column} >= ${since.toISOString()}`;

const among = (stages: readonly string[] | undefined) =>
  stages === undefined || stages.length === 0
    ? sql``
    : sql`and stage in (${sql.join(
        stages.map((stage) => sql`${stage}`),
        sql`, `,
      )})`;

export type Flow = {
  readonly roleId: string;
  readonly stage: string;
  readonly source: string | null;
  readonly entered: number;
  readonly passed: number;
  readonly here: number;
};

/**
 * How many applications ever entered each stage, ever passed it, and are in it now, by role and source. Counts those
 * applied since the report's first day.
 */
export async function countFlow(db: Db, scope: ReportScope, stages?: readonly string[]): Promise<Flow[]> {
  const result = await db.execute(sql`
    select role_id as "roleId", stage, source,
           count(*) filter (where first_visit)::int as entered,
           count(*) filter (where first_pass)::int as passed,
           count(*) filter (where left_for is null)::int as here
    from stays
    where workspace_id = ${scope.workspaceId} ${inRole(sql`role_id`, scope)} ${from(sql`applied_at`, scope)} ${among(stages)}
      ${visible(sql`application_id`, scope)}
    group by role_id, stage, source`);
  return rowsOf<Flow>(result);
}

/**
 * How many of the counted applications came in with an import that did not say when they passed their earlier stages. Such
 * stays have versions before the first.
 */
export async function countUndated(db: Db, scope: ReportScope): Promise<number> {
  const result = await db.execute(sql`
    select count(distinct application_id)::int as n from stays
    where workspace_id = ${scope.workspaceId} and version < 1 ${inRole(sql`role_id`, scope)} ${from(sql`applied_at`, scope)}
      ${visible(sql`application_id`, scope)}`);
  return rowsOf<{ n: number }>(result)[0]?.n ?? 0;
}

/** Ids of roles for which somebody who came in with an import had applied before they were opened here. */
export async function rolesOpenBefore(db: Db, { workspaceId }: ReportScope): Promise<Set<string>> {
  const result = await db.execute(sql`
    select r.id from roles r where r.workspace_id = ${workspaceId} and exists (
      select 1 from applications a where a.workspace_id = r.workspace_id and a.role_id = r.id
        and a.imported_at is not null and a.applied_at < r.opened_at)`);
  return new Set(rowsOf<{ id: string }>(result).map(({ id }) => id));
}

export type Tenths = { readonly stage: string; readonly tenths: number; readonly n: number };

/**
 * Completed stays by length in tenths of a day. Counts those that ended since the report's first day. Of whoever came in
 * with an import, the length of some stays is not known.
 */
export async function countCompleted(db: Db, scope: ReportScope): Promise<Tenths[]> {
  const result = await db.execute(sql`
    select stage, tenths, count(*)::int as n from stays
    where workspace_id = ${scope.workspaceId} and left_at is not null and tenths is not null
      ${inRole(sql`role_id`, scope)} ${from(sql`left_at`, scope)} ${visible(sql`application_id`, scope)}
    group by stage, tenths`);
  return rowsOf<Tenths>(result);
}

/** Applications in a stage now: how many, and the moments of entering at the median and at the 85th percentile. */
export type Running = { readonly stage: string; readonly n: number; readonly since: readonly [Date, Date] };

/**
 * Running stays. A stay is longer the earlier its application entered the stage, so the percentiles are taken of the
 * moments of entering, newest first.
 */
export async function countRunning(db: Db, scope: ReportScope): Promise<Running[]> {
  const result = await db.execute(sql`
    select stage, count(*)::int as n,
           percentile_disc(0.5) within group (order by stage_entered_at desc) as median,
           percentile_disc(0.85) within group (order by stage_entered_at desc) as p85
    from applications
    where workspace_id = ${scope.workspaceId} and status = 'active' ${inRole(sql`role_id`, scope)} ${visible(sql`id`, scope)}
    group by stage`);
  type Row = { stage: string; n: number; median: string | Date; p85: string | Date };
  return rowsOf<Row>(result).map(({ stage, n, median, p85 }) => ({
    ...{ stage, n },
    since: [new Date(median), new Date(p85)],
  }));
}

export type SourceCount = { readonly source: string | null; readonly status: string; readonly n: number };

/** Applications by source and status. Counts those applied since the report's first day. */
export async function countSources(db: Db, scope: ReportScope): Promise<SourceCount[]> {
  const result = await db.execute(sql`
    select source, status, count(*)::int as n from applications
    where workspace_id = ${scope.workspaceId} and status <> 'merged' ${inRole(sql`role_id`, scope)}
      ${from(sql`applied_at`, scope)} ${visible(sql`id`, scope)}
    group by source, status`);
  return rowsOf<SourceCount>(result);
}

export type EndCount = {
  readonly end: "rejected" | "withdrawn";
  readonly category: string | null;
  readonly n: number;
};

/** Applications that ended without a hire, by the kind of reason of the move that ended them. */
export async function countEnds(db: Db, scope: ReportScope): Promise<EndCount[]> {
  const result = await db.execute(sql`
    select a.status as end, m.reason_category as category, count(*)::int as n
    from applications a left join lateral (
      select reason_category from moves
      where workspace_id = a.workspace_id and application_id = a.id and to_status = a.status and kind = 'move'
      order by version desc limit 1) m on true
    where a.workspace_id = ${scope.workspaceId} and a.status in ('rejected', 'withdrawn')
      ${inRole(sql`a.role_id`, scope)} ${from(sql`a.applied_at`, scope)} ${visible(sql`a.id`, scope)}
    group by a.status, m.reason_category
    order by a.status, n desc, category`);
  return rowsOf<EndCount>(result);
}

export type MadeOffer = {
  readonly roleId: string;
  readonly status: OfferStatus;
  readonly expiresOn: string | null;
  readonly extendedAt: string | Date;
  readonly answeredAt: string | Date | null;
};

/** The newest extended version of each application's offer. Counts those extended since the report's first day. */
export async function listMadeOffers(db: Db, scope: ReportScope): Promise<MadeOffer[]> {
  const result = await db.execute(sql`
    select distinct on (o.application_id) a.role_id as "roleId", o.status, o.expires_on::text as "expiresOn",
           o.extended_at as "extendedAt", o.answered_at as "answeredAt"
    from offers o join applications a on a.workspace_id = o.workspace_id and a.id = o.application_id
    where o.workspace_id = ${scope.workspaceId} and o.extended_at is not null
      ${inRole(sql`a.role_id`, scope)} ${from(sql`o.extended_at`, scope)} ${visible(sql`a.id`, scope)}
    order by o.application_id, o.version desc`);
  return rowsOf<MadeOffer>(result);
}

export type MissingCount = {
  readonly roleId: string;
  readonly stage: string;
  /** E-mail of whoever looks after these: by default the role's owner. */
  readonly owner: string;
  readonly n: number;
  readonly assessment: number;
  readonly submission: number;
  /** Since when the longest waiting of those lacks it; null where none does. */
  readonly assessmentSince: string | Date | null;
  readonly submissionSince: string | Date | null;
};

/**
 * Active applications by role, stage and whoever looks after them, and how many of them lack an assessment or a
 * submission.
 */
export async function countMissing(db: Db, scope: ReportScope): Promise<MissingCount[]> {
  const result = await db.execute(sql`
    select a.role_id as "roleId", a.stage, m.email as owner, count(*)::int as n,
           count(*) filter (where ${unassessed})::int as assessment,
           count(*) filter (where not a.has_submission)::int as submission,
           min(${tasksSince}) filter (where ${unassessed}) as "assessmentSince",
           min(${tasksSince}) filter (where not a.has_submission) as "submissionSince"
    from applications a
    join roles r on r.workspace_id = a.workspace_id and r.id = a.role_id
    join members m on m.workspace_id = a.workspace_id and m.id = coalesce(a.owner_id, r.owner_id)
    where a.workspace_id = ${scope.workspaceId} and a.status = 'active'
      ${inRole(sql`a.role_id`, scope)} ${visible(sql`a.id`, scope)}
    group by a.role_id, a.stage, m.email`);
  return rowsOf<MissingCount>(result);
}

/** Ids of the roles with applications. Uses one index lookup for each role. */
export async function listUsedRoles(db: Db, scope: ReportScope): Promise<string[]> {
  const result = await db.execute(sql`
    select r.id from roles r
    where r.workspace_id = ${scope.workspaceId} ${inRole(sql`r.id`, scope)}
      and exists (select 1 from applications a where a.workspace_id = r.workspace_id and a.role_id = r.id)`);
  return rowsOf<{ id: string }>(result).map(({ id }) => id);
}
