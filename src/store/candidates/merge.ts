import { and, asc, eq, exists, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Purpose } from "../../domain/roles/role-template.ts";
import { rowsOf } from "../events.ts";
import { joinSelfReports } from "../reports/self-reports.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import {
  applications,
  assignments,
  candidates,
  members,
  messages,
  offers,
  originals,
  outbox,
  replies,
  roles,
  suppressions,
} from "../tables.ts";
import { deleteDocument } from "./documents.ts";

/**
 * Two people with their applications, all locked until commit: applications before people, and each in one order, as
 * calls that lock one application and then its person do.
 */
export async function lockForMerge(tx: Db, workspaceId: string, candidateIds: readonly string[]) {
  await lockApplications(tx, workspaceId, candidateIds);
  const people = await tx
    .select()
    .from(candidates)
    .where(and(eq(candidates.workspaceId, workspaceId), inArray(candidates.id, [...candidateIds])))
    .orderBy(asc(candidates.id))
    .for("update");
  // Now that nobody can add one: those that were added while the people were waited for.
  return { people, applications: await lockApplications(tx, workspaceId, candidateIds) };
}

const lockApplications = (tx: Db, workspaceId: string, candidateIds: readonly string[]) =>
  tx
    .select({
      application: applications,
      role: roles.key,
      exercise: sql<string | null>`(${tx
        .select({ exercise: assignments.exercise })
        .from(assignments)
        .where(sameApplication(assignments))})`,
      hasOffer: sql<boolean>`${exists(tx.select({ id: offers.id }).from(offers).where(sameApplication(offers)))}`,
      drafts: sql<Purpose[]>`array(${tx
        .selectDistinct({ purpose: messages.purpose })
        .from(messages)
        .where(and(sameApplication(messages), eq(messages.status, "draft")))})`,
      owner: members.email,
      hasQueuedMessage: sql<boolean>`${exists(
        tx
          .select({ id: outbox.id })
          .from(messages)
          .innerJoin(outbox, sameTenant(outbox, messages, messages.id))
          .where(and(sameApplication(messages), inArray(outbox.state, ["waiting", "sending"]))),
      )}`,
    })
    .from(applications)
    .innerJoin(roles, sameTenant(roles, applications, applications.roleId))
    .leftJoin(members, sameTenant(members, applications, applications.ownerId))
    .where(
      and(
        eq(applications.workspaceId, workspaceId),
        inArray(applications.candidateId, [...candidateIds]),
        isNull(applications.mergedInto),
      ),
    )
    .orderBy(asc(applications.id))
    .for("update", { of: applications });

const sameApplication = (t: typeof assignments | typeof messages | typeof offers) =>
  and(eq(t.workspaceId, applications.workspaceId), eq(t.applicationId, applications.id));

type Pair = { readonly workspaceId: string; readonly from: string; readonly into: string };

/**
 * What of an application goes over to the one that it is joined to, each with the columns by which two rows are the same.
 * Where the other has the same row already, this one stays behind. Moves and decisions stay, since their order is by the
 * versions of their own application.
 */
const GOING_OVER = {
  documents: undefined,
  uploads: undefined,
  interviewers: ["round", "member_id"],
  submissions: ["url", "head_sha"],
  assignments: [],
  offers: [],
  messages: undefined,
  interviews: undefined,
  assessments: undefined,
  changes: undefined,
  imported_records: undefined,
  import_keys: undefined,
} as const satisfies Readonly<Record<string, readonly string[] | undefined>>;

/** Makes an application a part of another for the same role. Its reference leads there from now on. */
export async function joinApplication(tx: Db, pair: Pair, at: Date): Promise<void> {
  const { workspaceId, from, into } = pair;
  await joinDocuments(tx, pair);
  for (const [table, same] of Object.entries(GOING_OVER)) await goOver(tx, pair, table, same);
  await joinSelfReports(tx, pair);
  await tx.execute(sql`
    update originals o set application_id = d.application_id from documents d
    where o.workspace_id = ${workspaceId} and o.application_id = ${from} and d.workspace_id = o.workspace_id and d.id = o.id`);
  await joinVersions(tx, pair, { table: "scorecards", by: ["round", "member_id"], at: "submitted_at" });
  await joinVersions(tx, pair, { table: "votes", by: ["member_id"], at: "cast_at" });
  await tx.execute(sql`
    update assessments set stale_at = ${at.toISOString()}, stale_why = 'merged'
    where workspace_id = ${workspaceId} and application_id = ${into} and stale_at is null`);
  await tx.execute(sql`
    update applications set merged_into = ${into}, status = 'merged'
    where workspace_id = ${workspaceId} and (id = ${from} or merged_into = ${from})`);
  await tx.execute(sql`
    update applications set untold_since = greenflag_untold_since(workspace_id, id)
    where workspace_id = ${workspaceId} and id in (${from}, ${into})`);
  await tx.execute(sql`delete from stays where workspace_id = ${workspaceId} and application_id = ${from}`);
}

async function goOver(
  tx: Db,
  { workspaceId, from, into }: Pair,
  name: string,
  same: readonly string[] | undefined,
): Promise<void> {
  const table = sql.identifier(name);
  const isThere =
    same &&
    sql`and not exists (select 1 from ${table} k
    where k.workspace_id = ${workspaceId} and k.application_id = ${into} ${equal(same, "k", "o")})`;
  await tx.execute(sql`
    update ${table} o set application_id = ${into}
    where o.workspace_id = ${workspaceId} and o.application_id = ${from} ${isThere}`);
}

const equal = (columns: readonly string[], a: string, b: string): SQL =>
  sql.join(
    columns.map(
      (column) => sql`and ${sql.raw(a)}.${sql.identifier(column)} = ${sql.raw(b)}.${sql.identifier(column)}`,
    ),
    sql` `,
  );

/**
 * A document that both have is one from now on, the kept one's: what quotes, answers or tells of the other names that one,
 * so that nothing of its words is left where somebody removes it.
 */
async function joinDocuments(tx: Db, { workspaceId, from, into }: Pair): Promise<void> {
  const same = await tx.execute(sql`
    select o.id as other, k.id as kept from documents o join documents k
      on k.workspace_id = o.workspace_id and k.application_id = ${into} and k.kind = o.kind and k.sha256 = o.sha256
    where o.workspace_id = ${workspaceId} and o.application_id = ${from}`);
  for (const { other, kept } of rowsOf<{ other: string; kept: string }>(same)) {
    const named = (column: string) =>
      sql`replace(${sql.identifier(column)}::text, ${other}::text, ${kept}::text)::jsonb`;
    await tx.execute(sql`
      update assessments set result = ${named("result")}, findings = ${named("findings")}
      where workspace_id = ${workspaceId} and (application_id = ${from} or application_id in (
        select application_id from changes where workspace_id = ${workspaceId} and document_id = ${other}))`);
    await tx.execute(sql`
      update changes set document_id = ${kept} where workspace_id = ${workspaceId} and document_id = ${other}`);
    for (const table of [replies, originals])
      await tx.execute(sql`
        update ${table} set id = ${kept} where workspace_id = ${workspaceId} and id = ${other}
          and not exists (select 1 from ${table} k where k.workspace_id = ${workspaceId} and k.id = ${kept})`);
    await deleteDocument(tx, { workspaceId, id: other });
  }
}

/**
 * Puts the versions of each member's scorecard or vote into one row of versions. Those of the other application come
 * after the kept ones where they are later than the newest of them, and before the first where they are not: the newest
 * of all stands, and no version that is on record elsewhere changes its number.
 */
async function joinVersions(
  tx: Db,
  { workspaceId, from, into }: Pair,
  {
    table: name,
    by,
    at: time,
  }: { readonly table: string; readonly by: readonly string[]; readonly at: string },
): Promise<void> {
  const [table, at] = [sql.identifier(name), sql.identifier(time)];
  const columns = sql.join(
    by.map((column) => sql.identifier(column)),
    sql`, `,
  );
  await tx.execute(sql`
    with kept as (
      select ${columns}, min(version) as first, max(version) as last, max(${at}) as at
      from ${table} where workspace_id = ${workspaceId} and application_id = ${into} group by ${columns}
    ), other as (
      select o.*, k.first, k.last, coalesce(o.${at} > k.at, true) as later
      from ${table} o left join kept k on true ${equal(by, "k", "o")}
      where o.workspace_id = ${workspaceId} and o.application_id = ${from}
    ), numbered as (
      select id, case
        when last is null then version
        when later then last + row_number() over (partition by ${columns}, later order by version)
        else first - row_number() over (partition by ${columns}, later order by version desc) end as number
      from other
    )
    update ${table} o set application_id = ${into}, version = n.number
    from numbered n where o.workspace_id = ${workspaceId} and o.id = n.id`);
}

/** Makes a person's applications those of another, and their id lead to the other's. */
export async function joinPerson(tx: Db, { workspaceId, from, into }: Pair): Promise<void> {
  await tx
    .update(applications)
    .set({ candidateId: into })
    .where(
      and(
        eq(applications.workspaceId, workspaceId),
        eq(applications.candidateId, from),
        isNull(applications.mergedInto),
      ),
    );
  await tx.execute(sql`
    update changes set candidate_id = ${into} where workspace_id = ${workspaceId} and candidate_id = ${from}`);
  for (const table of ["legal_holds", "consents"])
    await tx.execute(sql`
      update ${sql.identifier(table)} set candidate_id = ${into}
      where workspace_id = ${workspaceId} and candidate_id = ${from}`);
  // What the other's record put on the do-not-contact list, the kept one's takes off.
  await tx
    .update(suppressions)
    .set({ candidateId: into })
    .where(and(eq(suppressions.workspaceId, workspaceId), eq(suppressions.candidateId, from)));
  // Nobody's own record any more: that is the kept one's from now on.
  await tx
    .update(candidates)
    .set({ mergedInto: into, memberId: null })
    .where(
      and(
        eq(candidates.workspaceId, workspaceId),
        or(eq(candidates.id, from), eq(candidates.mergedInto, from)),
      ),
    );
}

/** Discards drafts of an application for some purposes: there is one open draft of each. */
export async function discardDrafts(
  tx: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
  purposes: readonly Purpose[],
): Promise<void> {
  if (purposes.length === 0) return;
  const isTheirs = and(eq(messages.workspaceId, workspaceId), eq(messages.applicationId, id));
  await tx
    .update(messages)
    .set({ status: "discarded" })
    .where(and(isTheirs, eq(messages.status, "draft"), inArray(messages.purpose, [...purposes])));
}

/** Says that somebody applied earlier than was on record: in the reports' rows too. */
export async function saveAppliedAt(
  tx: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
  at: Date,
): Promise<void> {
  await tx.execute(sql`
    update applications set applied_at = ${at.toISOString()} where workspace_id = ${workspaceId} and id = ${id}`);
  await tx.execute(sql`
    update stays set applied_at = ${at.toISOString()} where workspace_id = ${workspaceId} and application_id = ${id}`);
}
