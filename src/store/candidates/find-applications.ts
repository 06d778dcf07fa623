import { and, count, desc, eq, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { prepared } from "../database/prepared.ts";
import { type PanelDebts, panelDebts } from "../panel/owed-cards-and-votes.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, assignments, candidates, roles } from "../tables.ts";
import { type AccessFilter, applicationsInterviewedBy } from "./access-filter.ts";

/** A condition on stage clocks: applications of one role that entered one of the stages before a moment. */
export type StageClock = { readonly roleId: string; readonly stage: string; readonly before: Date };

/** What somebody owes: applications of one role, in one stage, that still lack an assessment or a submission. */
export type Lack = {
  readonly roleId: string;
  readonly stage: string;
  readonly lacks: "assessment" | "submission";
};

export type ApplicationFilter = {
  /** Folded with `searchKey`; each word is looked for in names and e-mails. */
  readonly text?: string | undefined;
  readonly ref?: string | undefined;
  readonly roleId?: string | undefined;
  readonly stage?: string | undefined;
  readonly status?: ApplicationStatus | undefined;
  readonly flag?: string | undefined;
  readonly overGoal?: readonly StageClock[] | undefined;
  /** What somebody owes, of whichever kind: any of it matches. */
  readonly owed?: { readonly lacking: readonly Lack[]; readonly panel: PanelDebts | undefined } | undefined;
  /** What the caller may see; without it, everything. */
  readonly seen?: AccessFilter | undefined;
};

const ofApplication = and(
  eq(assignments.workspaceId, applications.workspaceId),
  eq(assignments.applicationId, applications.id),
);
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
  assigned: sql<boolean>`exists (select 1 from ${assignments} where ${ofApplication})`,
};

const OF_CANDIDATE = sameTenant(candidates, applications, applications.candidateId);
const OF_ROLE = sameTenant(roles, applications, applications.roleId);

/** One page of applications, newest first, after the one with id `after`, and how many the filter matches in all. */
export async function findApplications(
  db: Db,
  workspaceId: string,
  filter: ApplicationFilter,
  page: { readonly after?: string | undefined; readonly limit: number },
) {
  const { conditions, values, name } = asQuery(filter);
  const all = { ...values, workspaceId, after: page.after, limit: page.limit };
  const from = page.after === undefined ? undefined : lt(applications.id, sql.placeholder("after"));
  const rows = prepared(db, `find_page_${name}${from ? "_after" : ""}`, (name) =>
    db
      .select(FOUND)
      .from(applications)
      .innerJoin(candidates, OF_CANDIDATE)
      .innerJoin(roles, OF_ROLE)
      .where(and(...conditions, from))
      .orderBy(desc(applications.id))
      .limit(sql.placeholder("limit"))
      .prepare(name),
  );
  const counted = prepared(db, `find_count_${name}`, (name) => {
    const query = db.select({ n: count() }).from(applications).$dynamic();
    const joined = filter.text === undefined ? query : query.innerJoin(candidates, OF_CANDIDATE);
    return joined.where(and(...conditions)).prepare(name);
  });
  const [found, total] = await Promise.all([rows.execute(all), counted.execute(all)]);
  return { found, total: Number(total[0]?.n ?? 0) };
}

/** What is owed by one person: an assessment or a submission of their roles, a scorecard, a vote. */
function addOwed(owed: ApplicationFilter["owed"], query: QueryParts): void {
  if (owed === undefined) return;
  const { lacking: lacks, panel } = owed;
  const alternatives = lacks.map((lack, n) => lacking(lack, `lack${n}`, query.values));
  if (panel) alternatives.push(panelDebts(panel, query.values));
  query.conditions.push(alternatives.length === 0 ? sql`false` : or(...alternatives));
  query.name.push(`owed${lacks.length}${panel ? "panel" : ""}`);
}

/** Leaves out what the caller may not see. */
function addSeen(access: AccessFilter | undefined, { conditions, values, name }: QueryParts): void {
  if (access?.except !== undefined) {
    conditions.push(ne(applications.candidateId, sql.placeholder("except")));
    values.except = access.except;
    name.push("except");
  }
  if (access?.only === undefined) return;
  const { placeholder } = sql;
  const own = applicationsInterviewedBy(
    placeholder("workspaceId"),
    placeholder("onlyMember"),
    placeholder("onlyRoles"),
  );
  conditions.push(sql`${applications.id} in (${own})`);
  values.onlyMember = access.only.member;
  values.onlyRoles = JSON.stringify(access.only.roles);
  name.push("only");
}

type QueryParts = { conditions: (SQL | undefined)[]; values: Record<string, unknown>; name: string[] };
type Query = { conditions: (SQL | undefined)[]; values: Record<string, unknown>; name: string };

/** The filter as conditions with placeholders: one name for each shape, whatever the values. */
function asQuery(filter: ApplicationFilter): Query {
  const a = applications;
  const plain = { roleId: a.roleId, stage: a.stage, status: a.status } as const;
  const given = (Object.keys(plain) as (keyof typeof plain)[]).filter((key) => filter[key] !== undefined);
  const values: Record<string, unknown> = Object.fromEntries(given.map((key) => [key, filter[key]]));
  const conditions: (SQL | undefined)[] = [eq(a.workspaceId, sql.placeholder("workspaceId"))];
  conditions.push(...given.map((key) => eq(plain[key], sql.placeholder(key))));
  const name: string[] = [...given];
  if (filter.flag !== undefined) {
    conditions.push(sql`${sql.placeholder("flag")} = any(${a.presentFlags})`);
    values.flag = filter.flag;
    name.push("flag");
  }
  if (filter.ref !== undefined) {
    conditions.push(eq(a.ref, sql.placeholder("ref")));
    values.ref = filter.ref;
    name.push("ref");
  }
  const words = filter.text?.split(" ").filter((word) => word.length > 0) ?? [];
  for (const [n, word] of words.slice(0, MOST_WORDS).entries()) {
    // Every word must be found; `%` and `_` in what a person typed are letters.
    conditions.push(sql`${candidates.searchKey} like ${sql.placeholder(`word${n}`)}`);
    values[`word${n}`] = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
    name.push(`word${n}`);
  }
  addAlternatives(filter.overGoal, "clock", overGoal, { conditions, values, name });
  addOwed(filter.owed, { conditions, values, name });
  addSeen(filter.seen, { conditions, values, name });
  return { conditions, values, name: name.join("_") || "all" };
}

const MOST_WORDS = 8;

/** Any of the alternatives; none at all matches nobody, where drizzle would take it for no condition. */
function addAlternatives<T>(
  list: readonly T[] | undefined,
  key: string,
  condition: (entry: T, at: string, values: Record<string, unknown>) => SQL | undefined,
  query: QueryParts,
): void {
  if (list === undefined) return;
  const alternatives = list.map((entry, n) => condition(entry, `${key}${n}`, query.values));
  query.conditions.push(alternatives.length === 0 ? sql`false` : or(...alternatives));
  query.name.push(`${key}${list.length}`);
}

function overGoal(clock: StageClock, at: string, values: Record<string, unknown>): SQL | undefined {
  Object.assign(values, {
    [`${at}role`]: clock.roleId,
    [`${at}stage`]: clock.stage,
    [`${at}before`]: clock.before,
  });
  return and(
    eq(applications.roleId, sql.placeholder(`${at}role`)),
    eq(applications.status, "active"),
    eq(applications.stage, sql.placeholder(`${at}stage`)),
    lt(applications.stageEnteredAt, sql.placeholder(`${at}before`)),
  );
}

function lacking(lack: Lack, at: string, values: Record<string, unknown>): SQL | undefined {
  Object.assign(values, {
    [`${at}role`]: lack.roleId,
    [`${at}stage`]: lack.stage,
    [`${at}lacks`]: lack.lacks,
  });
  return and(
    eq(applications.roleId, sql.placeholder(`${at}role`)),
    eq(applications.status, "active"),
    eq(applications.stage, sql.placeholder(`${at}stage`)),
    sql`case ${sql.placeholder(`${at}lacks`)}::text when 'assessment' then ${applications.presentFlags} is null else not ${applications.hasSubmission} end`,
  );
}
