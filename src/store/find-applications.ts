import { and, arrayContains, count, desc, eq, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { ApplicationStatus } from "../domain/application.ts";
import type { Db } from "./store.ts";
import { applications, candidates, roles } from "./tables.ts";

/** A condition on stage clocks: applications of one role that entered one of the stages before a moment. */
export type StageClock = { readonly roleId: string; readonly stage: string; readonly before: Date };

/** What somebody owes: applications of one role, in these stages, that still lack an assessment or a submission. */
export type Lack = {
  readonly roleId: string;
  readonly stages: readonly string[];
  readonly lacks: "assessment" | "submission";
};

export type ApplicationFilter = {
  /** Folded with `searchKey`; matches names, e-mails and references. */
  readonly text?: string | undefined;
  readonly roleId?: string | undefined;
  readonly stage?: string | undefined;
  readonly status?: ApplicationStatus | undefined;
  readonly flag?: string | undefined;
  readonly overGoal?: readonly StageClock[] | undefined;
  readonly lacking?: readonly Lack[] | undefined;
};

const FOUND = {
  id: applications.id,
  ref: applications.ref,
  name: candidates.name,
  role: roles.key,
  roleId: applications.roleId,
  stage: applications.stage,
  status: applications.status,
  stageEnteredAt: applications.stageEnteredAt,
  appliedAt: applications.appliedAt,
  source: applications.source,
  presentFlags: applications.presentFlags,
  hasSubmission: applications.hasSubmission,
};

const OF_CANDIDATE = and(
  eq(candidates.workspaceId, applications.workspaceId),
  eq(candidates.id, applications.candidateId),
);

/** One page of applications, newest first, after the one with id `after`. */
export async function findApplications(
  db: Db,
  workspaceId: string,
  filter: ApplicationFilter,
  page: { readonly after?: string | undefined; readonly limit: number },
) {
  const where = conditions(workspaceId, filter);
  const after = page.after === undefined ? undefined : lt(applications.id, page.after);
  return db
    .select(FOUND)
    .from(applications)
    .innerJoin(candidates, OF_CANDIDATE)
    .innerJoin(roles, and(eq(roles.workspaceId, applications.workspaceId), eq(roles.id, applications.roleId)))
    .where(and(where, after))
    .orderBy(desc(applications.id))
    .limit(page.limit);
}

/** How many applications the filter matches in all. */
export async function countApplications(
  db: Db,
  workspaceId: string,
  filter: ApplicationFilter,
): Promise<number> {
  const where = conditions(workspaceId, filter);
  const query = db.select({ n: count() }).from(applications);
  const rows = await (filter.text === undefined ? query : query.innerJoin(candidates, OF_CANDIDATE)).where(
    where,
  );
  return Number(rows[0]?.n ?? 0);
}

function conditions(workspaceId: string, filter: ApplicationFilter): SQL | undefined {
  const a = applications;
  return and(
    eq(a.workspaceId, workspaceId),
    filter.roleId === undefined ? undefined : eq(a.roleId, filter.roleId),
    filter.stage === undefined ? undefined : eq(a.stage, filter.stage),
    filter.status === undefined ? undefined : eq(a.status, filter.status),
    filter.flag === undefined ? undefined : arrayContains(a.presentFlags, [filter.flag]),
    filter.overGoal && anyOf(filter.overGoal.map(overGoal)),
    filter.lacking && anyOf(filter.lacking.map(lacking)),
    filter.text === undefined ? undefined : matches(filter.text),
  );
}

/** No alternative means no match, where drizzle would mean no condition. */
const anyOf = (alternatives: (SQL | undefined)[]): SQL | undefined =>
  alternatives.length === 0 ? sql`false` : or(...alternatives);

const overGoal = (clock: StageClock): SQL | undefined =>
  and(
    eq(applications.roleId, clock.roleId),
    eq(applications.status, "active"),
    eq(applications.stage, clock.stage),
    lt(applications.stageEnteredAt, clock.before),
  );

const lacking = (lack: Lack): SQL | undefined =>
  and(
    eq(applications.roleId, lack.roleId),
    eq(applications.status, "active"),
    inArray(applications.stage, [...lack.stages]),
    lack.lacks === "assessment" ? isNull(applications.presentFlags) : eq(applications.hasSubmission, false),
  );

/** Every word must be found; `%` and `_` in what a person typed are letters. */
function matches(text: string): SQL | undefined {
  const words = text.split(" ").filter((word) => word.length > 0);
  const found = words.map(
    (word) => sql`${candidates.searchKey} like ${`%${word.replace(/[\\%_]/g, "\\$&")}%`}`,
  );
  return or(and(...found), eq(sql`lower(${applications.ref})`, text));
}
