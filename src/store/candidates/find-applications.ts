import { and, count as countRows, desc, eq, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import type { ExerciseForm } from "../../domain/submission/exercise-form.ts";
import { prepared } from "../database/prepared.ts";
import { type PanelDebts, panelDebts } from "../panel/owed-cards-and-votes.ts";
import { isLacking, type OwnedLack } from "../panel/pending.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, assignments, candidates, members, roles } from "../tables.ts";
import { type AccessFilter, applicationsInterviewedBy } from "./access-filter.ts";
import { notJoined } from "./joined.ts";
import { mostProbed, planSearch, type SearchPlan } from "./search.ts";
import type { Search } from "./search-conditions.ts";

/** A condition on stage clocks: applications of one role that entered one of the stages before a moment. */
export type StageClock = { readonly roleId: string; readonly stage: string; readonly before: Date };

export type ApplicationFilter = {
  /** What is looked for in names, e-mails, references and documents. */
  readonly search?: Search | undefined;
  readonly roleId?: string | undefined;
  readonly stage?: string | undefined;
  readonly status?: ApplicationStatus | undefined;
  readonly flag?: string | undefined;
  readonly overGoal?: readonly StageClock[] | undefined;
  /** Tasks of one person. An application with any of them matches. */
  readonly owed?:
    | {
        readonly lacking: readonly OwnedLack[];
        /** Id of the person, where they are on the team. */
        readonly member: string | undefined;
        readonly panel: PanelDebts | undefined;
      }
    | undefined;
  /** Which applications the caller may see. By default, all. */
  readonly seen?: AccessFilter | undefined;
};

const ofApplication = and(
  eq(assignments.workspaceId, applications.workspaceId),
  eq(assignments.applicationId, applications.id),
);
const isOwner = and(eq(members.workspaceId, applications.workspaceId), eq(members.id, applications.ownerId));
const COLUMNS = {
  id: applications.id,
  ref: applications.ref,
  name: candidates.name,
  searchKey: candidates.searchKey,
  knownBy: candidates.knownBy,
  role: roles.key,
  roleId: applications.roleId,
  stage: applications.stage,
  status: applications.status,
  stageEnteredAt: applications.stageEnteredAt,
  appliedAt: applications.appliedAt,
  source: applications.source,
  /** E-mail of whoever looks after the application; null for the role's owner. */
  owner: sql<string | null>`(select ${members.email} from ${members} where ${isOwner})`,
  importedAt: applications.importedAt,
  presentFlags: applications.presentFlags,
  withoutResume: applications.withoutResume,
  hasSubmission: applications.hasSubmission,
  assigned: sql<ExerciseForm | null>`(select ${assignments.form} from ${assignments} where ${ofApplication})`,
};

const OF_CANDIDATE = sameTenant(candidates, applications, applications.candidateId);
const OF_ROLE = sameTenant(roles, applications, applications.roleId);

/** Matches of a search are counted up to here. */
export const MAX_COUNTED = 1_000;

type PageAt = {
  readonly after?: string | undefined;
  readonly limit: number;
  /** From how many matches on a term of a search counts as frequent. It changes how the search is carried out, not what it finds. */
  readonly mostProbed?: number;
};

/**
 * One page of applications, newest first, after the one with id `after`, and the total number that match. Of a search the
 * total is at most `MAX_COUNTED`, with `isMore` where more match.
 */
export async function findApplications(
  db: Db,
  workspaceId: string,
  { search, ...filter }: ApplicationFilter,
  at: PageAt,
) {
  const conditions = conditionsOf(filter);
  if (search === undefined) {
    const both = [pageOf(db, workspaceId, conditions, at), countOf(db, workspaceId, conditions)] as const;
    const [page, total] = await Promise.all(both);
    return { page, total, isMore: false };
  }
  const probed = at.mostProbed ?? mostProbed(conditions.length);
  const { condition, within, sample } = await planSearch(db, workspaceId, search, probed);
  const all = withPart(conditions, condition);
  if (within !== undefined) {
    const ids = await idsOf(db, workspaceId, [amongst(within), ...all], "newest first");
    const { after, limit } = at;
    const shown = ids.filter((id) => after === undefined || id < after).slice(0, limit);
    const page = shown.length === 0 ? [] : await pageOf(db, workspaceId, [amongst(shown)], { limit });
    return { page, ...capped(ids.length) };
  }
  const page = await pageOf(db, workspaceId, all, at);
  const some = [amongst(sample.ids), ...withPart(conditions, sample.condition)];
  const sampled = (await idsOf(db, workspaceId, some, "counted")).length;
  const count = sampled > MAX_COUNTED ? sampled : (await idsOf(db, workspaceId, all, "counted")).length;
  return { page, ...capped(count) };
}

const withPart = (conditions: readonly Condition[], part: SearchPlan["condition"]): readonly Condition[] =>
  part ? [...conditions, { ...part, reads: "candidates" }] : conditions;

const capped = (count: number) => ({ total: Math.min(count, MAX_COUNTED), isMore: count > MAX_COUNTED });

function pageOf(db: Db, workspaceId: string, conditions: readonly Condition[], { after, limit }: PageAt) {
  const where = and(inWorkspace, ...conditions.map((c) => c.sql));
  const isFirst = after === undefined;
  const page = prepared(db, `find_page_${isFirst ? "first" : "after"}_${shapeOf(conditions)}`, (name) =>
    db
      .select(COLUMNS)
      .from(applications)
      .innerJoin(candidates, OF_CANDIDATE)
      .innerJoin(roles, OF_ROLE)
      .where(isFirst ? where : and(where, lt(applications.id, sql.placeholder("after"))))
      .orderBy(desc(applications.id))
      .limit(sql.placeholder("limit"))
      .prepare(name),
  );
  return page.execute({ workspaceId, after, limit, ...valuesOf(conditions) });
}

async function countOf(db: Db, workspaceId: string, conditions: readonly Condition[]): Promise<number> {
  const count = prepared(db, `find_count_${shapeOf(conditions)}`, (name) =>
    db
      .select({ n: countRows() })
      .from(applications)
      .where(and(inWorkspace, ...conditions.map((c) => c.sql)))
      .prepare(name),
  );
  return Number((await count.execute({ workspaceId, ...valuesOf(conditions) }))[0]?.n ?? 0);
}

/** Ids of applications that meet the conditions: all in the order of lists, or so many as are counted. */
async function idsOf(
  db: Db,
  workspaceId: string,
  conditions: readonly Condition[],
  how: "newest first" | "counted",
): Promise<string[]> {
  const ids = prepared(db, `find_ids_${how}_${shapeOf(conditions)}`, (name) => {
    const query = db.select({ id: applications.id }).from(applications).$dynamic();
    const isJoined = conditions.some((c) => c.reads === "candidates");
    const joined = isJoined ? query.innerJoin(candidates, OF_CANDIDATE) : query;
    const all = joined.where(and(inWorkspace, ...conditions.map((c) => c.sql)));
    return (how === "counted" ? all.limit(MAX_COUNTED + 1) : all.orderBy(desc(applications.id))).prepare(
      name,
    );
  });
  return (await ids.execute({ workspaceId, ...valuesOf(conditions) })).map(({ id }) => id);
}

const shapeOf = (conditions: readonly Condition[]): string => conditions.map((c) => c.shape).join("_");

/** Only these applications. */
const amongst = (ids: readonly string[]): Condition => ({
  shape: "amongst",
  sql: sql`${applications.id} = any(array(
    select value::uuid from jsonb_array_elements_text(${sql.placeholder("amongst")}::jsonb)))`,
  values: { amongst: JSON.stringify(ids) },
});

/**
 * One condition of a filter: its SQL with placeholders, their values, and its `shape`. Two conditions with different
 * SQL must have different shapes, because the name of a prepared statement is made from the shapes of its conditions.
 */
type Condition = {
  readonly shape: string;
  readonly sql: SQL | undefined;
  readonly values: Readonly<Record<string, unknown>>;
  /** The table that the SQL reads beside `applications`. */
  readonly reads?: "candidates";
};

const valuesOf = (conditions: readonly Condition[]): Condition["values"] =>
  Object.fromEntries(conditions.flatMap((c) => Object.entries(c.values)));

const inWorkspace = and(
  eq(applications.workspaceId, sql.placeholder("workspaceId")),
  notJoined,
  isNull(applications.erasedAt),
);

const conditionsOf = ({ overGoal, owed, seen, ...exact }: Omit<ApplicationFilter, "search">): Condition[] => [
  ...exactly(exact),
  ...(overGoal === undefined ? [] : [anyOf("clock", overGoal.map(enteredBefore))]),
  ...(owed === undefined ? [] : [owedBy(owed)]),
  ...accessible(seen),
];

function exactly(filter: Pick<ApplicationFilter, "roleId" | "stage" | "status" | "flag">): Condition[] {
  const a = applications;
  const { placeholder } = sql;
  const sqlOf = {
    roleId: eq(a.roleId, placeholder("roleId")),
    stage: eq(a.stage, placeholder("stage")),
    status: eq(a.status, placeholder("status")),
    flag: sql`${placeholder("flag")} = any(${a.presentFlags})`,
  };
  return (["roleId", "stage", "status", "flag"] as const)
    .filter((key) => filter[key] !== undefined)
    .map((key) => ({ shape: key, sql: sqlOf[key], values: { [key]: filter[key] } }));
}

/** Any of the alternatives. Without alternatives nothing matches; drizzle would read that as no condition. */
const anyOf = (kind: string, alternatives: readonly Condition[]): Condition => ({
  shape: `${kind}(${alternatives.map((c) => c.shape).join("_")})`,
  sql: alternatives.length === 0 ? sql`false` : or(...alternatives.map((c) => c.sql)),
  values: valuesOf(alternatives),
});

function enteredBefore({ roleId, stage, before }: StageClock, n: number): Condition {
  const at = `clock${n}`;
  return {
    shape: at,
    sql: and(
      eq(applications.roleId, sql.placeholder(`${at}role`)),
      eq(applications.status, "active"),
      eq(applications.stage, sql.placeholder(`${at}stage`)),
      lt(applications.stageEnteredAt, sql.placeholder(`${at}before`)),
    ),
    values: { [`${at}role`]: roleId, [`${at}stage`]: stage, [`${at}before`]: before },
  };
}

/** The tasks of one person: assessments and submissions of what they look after, scorecards, votes. */
const owedBy = ({ lacking, member, panel }: NonNullable<ApplicationFilter["owed"]>): Condition =>
  anyOf("owed", [
    ...lacking.filter(({ ownsRole }) => ownsRole).map(lacks),
    ...(member === undefined ? [] : [lacksOfOwner(lacking, member)]),
    ...(panel ? [onPanel(panel)] : []),
  ]);

/** What the owner of a role is asked for, where nobody else looks after the application. */
function lacks({ roleId, stage, lacks: what }: OwnedLack, n: number): Condition {
  const at = `lack${n}`;
  return {
    shape: at,
    sql: and(
      eq(applications.roleId, sql.placeholder(`${at}role`)),
      eq(applications.status, "active"),
      eq(applications.stage, sql.placeholder(`${at}stage`)),
      isNull(applications.ownerId),
      isLacking(sql`${applications}`, sql`${sql.placeholder(`${at}lacks`)}::text`),
    ),
    values: { [`${at}role`]: roleId, [`${at}stage`]: stage, [`${at}lacks`]: what },
  };
}

/** What one who looks after applications is asked for, in any of the roles. */
const lacksOfOwner = (lacking: readonly OwnedLack[], member: string): Condition => ({
  shape: "owner",
  sql: sql`(${applications.ownerId} = ${sql.placeholder("owner")}::uuid and ${applications.status} = 'active' and exists (
    select 1 from jsonb_to_recordset(${sql.placeholder("lacking")}::jsonb) as l("roleId" uuid, stage text, lacks text)
    where l."roleId" = ${applications.roleId} and l.stage = ${applications.stage} and ${isLacking(sql`${applications}`, sql`l.lacks`)}))`,
  values: { owner: member, lacking: JSON.stringify(lacking) },
});

function onPanel(debts: PanelDebts): Condition {
  const values: Record<string, unknown> = {};
  return { shape: "panel", sql: panelDebts(debts, values), values };
}

/** Leaves out applications that the caller may not see. */
function accessible({ except = [], only }: Partial<AccessFilter> = {}): Condition[] {
  const { placeholder } = sql;
  const theirs = sql`select value::uuid from jsonb_array_elements_text(${placeholder("except")}::jsonb)`;
  const notTheirs = sql`${applications.candidateId} not in (${theirs})`;
  const own = applicationsInterviewedBy(
    placeholder("workspaceId"),
    placeholder("onlyMember"),
    placeholder("onlyRoles"),
  );
  return [
    ...(except.length === 0
      ? []
      : [{ shape: "except", sql: notTheirs, values: { except: JSON.stringify(except) } }]),
    ...(only === undefined
      ? []
      : [
          {
            shape: "only",
            sql: sql`${applications.id} in (${own})`,
            values: { onlyMember: only.member, onlyRoles: JSON.stringify(only.roles) },
          },
        ]),
  ];
}
