import { type SQL, sql } from "drizzle-orm";
import { ERASED_NAME, UNSHARED_SOURCE } from "../../domain/personal-data/erased.ts";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";
import type * as schema from "../tables.ts";

/** Every table there is. `stays` is read by raw queries only. */
export type TableName = (typeof schema)[keyof typeof schema]["_"]["name"] | "stays";

/** Whom an erasure is about: the ids of one person's rows, of those merged into it, and of all their applications. */
export type ErasureOf = {
  readonly workspaceId: string;
  readonly people: readonly string[];
  readonly applications: readonly string[];
  readonly now: Date;
};

type Condition = (of: ErasureOf) => SQL;
/** What an erasure does with rows of one table. Conditions and values are about the table as `t`. */
type Act =
  | { readonly does: "delete"; readonly rows: Condition }
  | { readonly does: "blank"; readonly rows: Condition; readonly set: Readonly<Record<string, Condition>> };
/** The acts, or why the table is left as it is. */
type Fate = readonly Act[] | { readonly left: string };

const list = (ids: readonly string[]): SQL =>
  sql`any(array(select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)))`;
const ofApplications: Condition = ({ applications }) => sql`t.application_id = ${list(applications)}`;
const ofPeople: Condition = ({ people }) => sql`t.candidate_id = ${list(people)}`;
const both =
  (some: Condition, more: SQL): Condition =>
  (of) =>
    sql`${some(of)} and ${more}`;
const to =
  (value: SQL): Condition =>
  () =>
    value;

const NULL = to(sql`null`);
const EMPTY = to(sql`''`);
const EMPTY_LIST = to(sql`'[]'`);
const remove = (rows: Condition): readonly Act[] => [{ does: "delete", rows }];
const blank = (rows: Condition, set: Readonly<Record<string, Condition>>): readonly Act[] => [
  { does: "blank", rows, set },
];

const theirMessages: Condition = ({ workspaceId, applications }) =>
  sql`(select m.id from messages m where m.workspace_id = ${workspaceId} and m.application_id = ${list(applications)})`;
const theirDocuments: Condition = ({ workspaceId, applications }) =>
  sql`(select d.id from documents d where d.workspace_id = ${workspaceId} and d.application_id = ${list(applications)})`;

const ofThem: Condition = (of) =>
  sql`(${ofPeople(of)} or coalesce(t.application_id = ${list(of.applications)}, false))`;
/** Somebody else's history names a document that went to this person, and is here or was removed since. */
const aboutTheirDocument: Condition = (of) => sql`(t.document_id in ${theirDocuments(of)} or (
  t.document_id in (select c.document_id from changes c where c.workspace_id = ${of.workspaceId} and c.candidate_id = ${list(of.people)})
  and not exists (select 1 from documents d where d.workspace_id = t.workspace_id and d.id = t.document_id)))`;

/** Ratings without the words that support them. */
const LEVELS = sql`(select coalesce(jsonb_agg(
    jsonb_build_object('criterion', r->'criterion', 'level', r->'level', 'evidence', '') order by n), '[]')
  from jsonb_array_elements(t.ratings) with ordinality as x(r, n))`;

/** A source is counted in reports. It stays where it is not this person's alone. */
const SHARED_SOURCE: Condition = ({ people }) => sql`case
  when t.source is null or exists (select 1 from applications o where o.workspace_id = t.workspace_id
    and lower(o.source) = lower(t.source) and not o.candidate_id = ${list(people)}) then t.source
  else ${UNSHARED_SOURCE} end`;

/** An interview ahead is cancelled, as people read it and as calendars do. */
const isAhead: Condition = ({ now }) => sql`t.status = 'booked' and t.ends_at > ${now.toISOString()}`;
const ahead =
  (then: SQL, otherwise: SQL): Condition =>
  (of) =>
    sql`case when ${isAhead(of)} then ${then} else ${otherwise} end`;

/**
 * What an erasure does with every table, in the order in which it is done: a row goes before what it belongs to. A table
 * that is not named here does not compile.
 */
export const FATES: Readonly<Record<TableName, Fate>> = {
  replies: remove((of) => sql`t.message_id in ${theirMessages(of)} or t.id in ${theirDocuments(of)}`),
  outbox: remove((of) => sql`t.id in ${theirMessages(of)}`),
  messages: remove(ofApplications),
  changes: [
    ...blank((of) => sql`not ${ofThem(of)} and ${aboutTheirDocument(of)}`, {
      before: NULL,
      after: NULL,
      reason: NULL,
    }),
    ...remove(ofThem),
  ],
  document_words: remove(ofApplications),
  originals: remove(ofApplications),
  uploads: remove(ofApplications),
  documents: remove(ofApplications),
  submissions: remove(ofApplications),
  assessments: remove(ofApplications),
  imported_records: remove(ofApplications),
  import_keys: remove(ofApplications),
  consents: remove(ofPeople),
  legal_holds: remove(ofPeople),
  suppressions: remove(
    (of) => sql`t.candidate_id = ${list(of.people)} or t.email in (
      select lower(c.email) from candidates c where c.workspace_id = ${of.workspaceId} and c.id = ${list(of.people)})`,
  ),
  assignments: blank(
    both(
      ofApplications,
      sql`(t.url is not null or t.github_username is not null or t.start_sha is not null)`,
    ),
    { url: NULL, github_username: NULL, start_sha: NULL },
  ),
  moves: blank(both(ofApplications, sql`t.reason is not null`), { reason: NULL }),
  scorecards: blank(ofApplications, { ratings: to(LEVELS), notes: EMPTY, reason: NULL }),
  votes: blank(both(ofApplications, sql`t.reason <> ''`), { reason: EMPTY }),
  decisions: blank(both(ofApplications, sql`t.on_the_table->>'submission' is not null`), {
    on_the_table: to(sql`jsonb_set(t.on_the_table, '{submission}', 'null')`),
  }),
  interviews: blank(
    (of) => sql`${ofApplications(of)} and (t.location is not null or t.reason is not null or ${isAhead(of)})`,
    {
      location: NULL,
      reason: NULL,
      sequence: ahead(sql`t.sequence + 1`, sql`t.sequence`),
      status: ahead(sql`'cancelled'`, sql`t.status`),
    },
  ),
  offers: blank(
    both(
      ofApplications,
      sql`(t.note is not null or t.bonus is not null or t.equity is not null or t.start_date is not null
        or t.status = 'extended')`,
    ),
    {
      note: NULL,
      noted_by: NULL,
      bonus: NULL,
      equity: NULL,
      start_date: NULL,
      status: to(sql`case t.status when 'extended' then 'withdrawn' else t.status end`),
    },
  ),
  applications: blank(({ applications }) => sql`t.id = ${list(applications)}`, {
    source: SHARED_SOURCE,
    referred_by: NULL,
    untold_since: NULL,
    erased_at: ({ now }) => sql`${now.toISOString()}`,
  }),
  candidates: blank(({ people }) => sql`t.id = ${list(people)}`, {
    name: to(sql`${ERASED_NAME}`),
    email: NULL,
    phone: NULL,
    links: EMPTY_LIST,
    location: NULL,
    timezone: NULL,
    tags: EMPTY_LIST,
    do_not_contact: to(sql`true`),
    member_id: NULL,
    search_key: EMPTY,
    known_by: to(sql`'{}'`),
    erased_at: ({ now }) => sql`${now.toISOString()}`,
  }),
  // Codes that wait for a person are asked for again. Nobody can tell whom a waiting one is about.
  confirmations: remove(to(sql`true`)),
  events: { left: "they hold ids, field names and times; the few that hold more lose their payload apart" },
  event_chains: { left: "hashes alone" },
  stays: { left: "stages and times; a trigger keeps their source as the application has it" },
  interviewers: { left: "which members sat in a round" },
  interview_seats: { left: "which members sat in an interview" },
  self_reports: { left: "answers without a name, which are shown as counts only" },
  erasures: { left: "hashes by which the person is known again" },
  availability: { left: "members' hours and calendars" },
  retention_settings: { left: "periods that the team has set" },
  impact_switch: { left: "whether a report is on" },
  members: { left: "the hiring team" },
  tokens: { left: "hashes of members' tokens, and when they were used" },
  roles: { left: "openings of the team" },
  workspaces: { left: "the team's own name and key" },
};

const TABLES = Object.keys(FATES) as TableName[];
const actsOf = (table: TableName): readonly Act[] => {
  const fate = FATES[table];
  return "left" in fate ? [] : fate;
};
const whole = (of: ErasureOf, { rows }: Act): SQL => sql`t.workspace_id = ${of.workspaceId} and ${rows(of)}`;

/** Codes and links that wait are no part of the record. */
const PASSING: ReadonlySet<TableName> = new Set(["confirmations", "uploads"]);

/** How many rows of each table would go or lose their words; tables without any are left out. */
export async function countErasable(db: Db, of: ErasureOf): Promise<Partial<Record<TableName, number>>> {
  const counted = TABLES.filter((table) => !PASSING.has(table) && actsOf(table).length > 0);
  const counts = counted.map((table) => {
    const any = sql.join(
      actsOf(table).map((act) => sql`(${act.rows(of)})`),
      sql` or `,
    );
    return sql`select ${table}::text as name, count(*)::int as count from ${sql.identifier(table)} t
      where t.workspace_id = ${of.workspaceId} and (${any})`;
  });
  const result = await db.execute(sql.join(counts, sql` union all `));
  const rows = rowsOf<{ name: TableName; count: number }>(result).filter(({ count }) => count > 0);
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** Deletes and blanks everything that an erasure takes, in all tables but the history's events. */
export async function eraseRows(tx: Db, of: ErasureOf): Promise<void> {
  for (const table of TABLES) {
    for (const act of actsOf(table)) {
      const name = sql.identifier(table);
      if (act.does === "delete") await tx.execute(sql`delete from ${name} t where ${whole(of, act)}`);
      else await tx.execute(sql`update ${name} t set ${valuesOf(of, act)} where ${whole(of, act)}`);
    }
  }
}

const valuesOf = (of: ErasureOf, { set }: Extract<Act, { does: "blank" }>): SQL =>
  sql.join(
    Object.entries(set).map(([column, value]) => sql`${sql.identifier(column)} = ${value(of)}`),
    sql`, `,
  );

/** The tables in which an erasure leaves old bytes behind, in the files of the database. */
export const TOUCHED: readonly TableName[] = [
  ...TABLES.filter((table) => actsOf(table).length > 0),
  ...(["events", "stays"] as const),
];
