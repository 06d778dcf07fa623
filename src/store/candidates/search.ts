import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Alternative, Term } from "../../domain/search/query.ts";
import { prepared } from "../database/prepared.ts";
import type { Db } from "../store.ts";
import { applications, candidates, documents, documentWords } from "../tables.ts";
import {
  areNamed,
  blindKeys,
  conditionOf,
  hasWords,
  isNamed,
  type Part,
  phraseOf,
  type Search,
} from "./search-conditions.ts";

/**
 * How a search is carried out. With `within`, only these applications can match, and `condition` holds what is still to be
 * checked of each. Without, so many match that they are met soon by reading on from the newest; `sample` are some that
 * probably match, with what is to be checked of them, by which a large number is counted without reading all.
 */
export type SearchPlan = {
  readonly condition: Part | undefined;
  readonly within?: readonly string[];
  readonly sample: { readonly ids: readonly string[]; readonly condition: Part | undefined };
};

/**
 * So many rows are read to learn whether few or many documents have a term. Where nothing but the search is asked for, fewer
 * matches settle that there are more than are counted.
 */
export const mostProbed = (otherConditions: number): number => (otherConditions === 0 ? 1_500 : 3_000);

/** Decides how a search is carried out, by looking how often each of its terms occurs. */
export async function planSearch(
  db: Db,
  workspaceId: string,
  search: Search,
  probed: number,
): Promise<SearchPlan> {
  const at = { workspaceId, blind: blindKeys(search), mostProbed: probed };
  const parts = await Promise.all(search.alternatives.map((alternative) => narrow(db, at, alternative)));
  const [only, ...others] = parts;
  const ids = [...new Set(parts.flatMap((part) => part.ids))];
  const isNarrow = parts.every((part) => part.isAll);
  const left = only !== undefined && others.length === 0 ? [only.left] : search.alternatives;
  const checked = conditionOf(left, at.blind);
  if (isNarrow) return { condition: checked, within: ids, sample: { ids: [], condition: undefined } };
  return { condition: conditionOf(search.alternatives, at.blind), sample: { ids, condition: checked } };
}

type At = { readonly workspaceId: string; readonly blind: string; readonly mostProbed: number };

/** Ids of applications for one alternative: all that can match, or some that may. `left` is what is still to be checked of them. */
type Narrowed = { readonly ids: readonly string[]; readonly isAll: boolean; readonly left: Alternative };

async function narrow(db: Db, at: At, { all, none }: Alternative): Promise<Narrowed> {
  const without = none.flatMap((term) =>
    term.ref || term.words.length === 0 ? [] : [`!(${phraseOf(term)})`],
  );
  const probes = await Promise.all(all.map((term) => probe(db, at, term, without)));
  const rare = probes.filter(({ isAll }) => isAll);
  if (rare.length > 0) {
    const sets = rare.map(({ ids }) => new Set(ids));
    const ids = (rare[0]?.ids ?? []).filter((id) => sets.every((set) => set.has(id)));
    return { ids, isAll: true, left: { all: all.filter((_, n) => !probes[n]?.isAll), none } };
  }
  if (all.length === 1) return { ids: probes[0]?.ids ?? [], isAll: false, left: { all: [], none } };
  if (probes.every(({ areManyNamed }, n) => areManyNamed && all[n]?.phone === undefined)) {
    const ids = await applicationsNamed(db, at, ...all);
    if (ids.length > at.mostProbed) return { ids, isAll: false, left: { all: [], none } };
  }
  const phrases = all.filter(({ words }) => words.length > 0).map((term) => `(${phraseOf(term)})`);
  const together = await documentsWith(db, at, [...phrases, ...without].join(" & "));
  if (together.length > at.mostProbed) {
    const left = { all: all.filter(({ words }) => words.length === 0), none };
    return { ids: distinct(together), isAll: false, left };
  }
  const ids = await applicationsWithAll(db, at, all);
  return { ids, isAll: ids.length <= at.mostProbed, left: { all: [], none } };
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];

/** The applications that meet one term, or some of them where they are many. */
async function probe(db: Db, at: At, term: Term, without: readonly string[]) {
  if (term.ref !== undefined)
    return { ids: await applicationWith(db, at, term.ref), isAll: true, areManyNamed: false };
  const byName = await applicationsNamed(db, at, term);
  const inDocuments =
    term.words.length === 0
      ? []
      : await documentsWith(db, at, [`(${phraseOf(term)})`, ...without].join(" & "));
  const areManyNamed = byName.length > at.mostProbed;
  const isAll = !areManyNamed && inDocuments.length <= at.mostProbed;
  return { ids: distinct([...byName, ...inDocuments]), isAll, areManyNamed };
}

/** The reference of an application that was joined to another leads there. */
async function applicationWith(db: Db, { workspaceId }: At, ref: string): Promise<string[]> {
  const query = prepared(db, "search_ref", (name) =>
    db
      .select({ id: sql<string>`coalesce(${applications.mergedInto}, ${applications.id})` })
      .from(applications)
      .where(
        and(
          eq(applications.workspaceId, sql.placeholder("workspaceId")),
          eq(applications.ref, sql.placeholder("ref")),
        ),
      )
      .prepare(name),
  );
  return (await query.execute({ workspaceId, ref })).map(({ id }) => id);
}

/** The applications of people whose name or e-mail contains each of these terms. */
async function applicationsNamed(
  db: Db,
  { workspaceId, mostProbed }: At,
  ...terms: readonly Term[]
): Promise<string[]> {
  const { shape, sql: condition, values } = areNamed(terms);
  const query = prepared(db, `search_names_${shape}`, (name) =>
    db
      .select({ id: applications.id })
      .from(candidates)
      .innerJoin(
        applications,
        and(
          eq(applications.workspaceId, candidates.workspaceId),
          eq(applications.candidateId, candidates.id),
        ),
      )
      .where(and(eq(candidates.workspaceId, sql.placeholder("workspaceId")), condition))
      .limit(sql.placeholder("limit"))
      .prepare(name),
  );
  return (await query.execute({ workspaceId, ...values, limit: mostProbed + 1 })).map(({ id }) => id);
}

/** The application of each document, or part of one, that matches a search in PostgreSQL's notation. */
async function documentsWith(
  db: Db,
  { workspaceId, blind, mostProbed }: At,
  words: string,
): Promise<string[]> {
  const query = prepared(db, "search_words", (name) =>
    db
      .select({ id: documentWords.applicationId })
      .from(documentWords)
      .where(
        and(
          eq(documentWords.workspaceId, sql.placeholder("workspaceId")),
          hasWords(sql.placeholder("words")),
        ),
      )
      .limit(sql.placeholder("limit"))
      .prepare(name),
  );
  const rows = await query.execute({ workspaceId, blind, words, limit: mostProbed + 1 });
  return rows.map(({ id }) => id);
}

/** Ids of applications that meet every term, where each term alone is met by many. One more than are kept, at the most. */
async function applicationsWithAll(db: Db, at: At, terms: readonly Term[]): Promise<string[]> {
  const { workspaceId, blind, mostProbed } = at;
  const values: Record<string, unknown> = { workspaceId, blind, limit: mostProbed + 1 };
  const { placeholder } = sql;
  const shapes: string[] = [];
  const meeting = (term: Term, n: number): SQL => {
    const { words } = term;
    const person = isNamed(term, n);
    shapes.push(`${person.shape}${words.length === 0 ? "" : "w"}`);
    Object.assign(values, person.values, words.length === 0 ? {} : { [`words${n}`]: phraseOf(term) });
    const named = sql`select ${applications.id} as id from ${applications} join ${candidates}
      on ${candidates.workspaceId} = ${applications.workspaceId} and ${candidates.id} = ${applications.candidateId}
      where ${candidates.workspaceId} = ${placeholder("workspaceId")} and ${person.sql}`;
    const written = sql`select ${documentWords.applicationId} as id from ${documentWords}
      where ${documentWords.workspaceId} = ${placeholder("workspaceId")} and ${hasWords(placeholder(`words${n}`))}`;
    return words.length === 0 ? sql`(${named})` : sql`(${named} union all ${written})`;
  };
  const sets = terms.map(meeting);
  // An intersection takes each set once, whatever the planner believes of their sizes.
  const query = prepared(db, `search_all_${shapes.join("_")}`, (name) =>
    db
      .select({ id: sql<string>`m.id` })
      .from(sql`(${sql.join(sets, sql` intersect `)}) as m`)
      .limit(placeholder("limit"))
      .prepare(name),
  );
  return (await query.execute(values)).map(({ id }) => id);
}

/** A document that shows why an application was found. */
export type MatchedDocument = Pick<
  typeof documents.$inferSelect,
  "id" | "applicationId" | "kind" | "text" | "mail"
>;

/**
 * For each application one document in which one of its terms stands, before others one in which all do.
 * @param wanted by application; terms without words stand in no document
 */
export async function matchedDocuments(
  db: Db,
  workspaceId: string,
  search: Search,
  wanted: ReadonlyMap<string, readonly Term[]>,
): Promise<MatchedDocument[]> {
  const phrases = [...wanted].flatMap(([id, terms]) => {
    const each = terms.filter(({ words }) => words.length > 0).map((term) => `(${phraseOf(term)})`);
    return each.length === 0 ? [] : [{ id, any: each.join(" | "), all: each.join(" & ") }];
  });
  if (phrases.length === 0) return [];
  const { placeholder } = sql;
  const query = prepared(db, "search_matched", (name) => {
    const matched = sql`(select distinct on (w.id) w.id, document_words.document_id
      from jsonb_to_recordset(${placeholder("wanted")}::jsonb) as w(id uuid, "any" text, "all" text)
      join document_words on document_words.workspace_id = ${placeholder("workspaceId")}
        and document_words.application_id = w.id and ${hasWords(sql`w."any"`)}
      order by w.id, document_words.words @@ w."all"::tsquery desc, document_words.document_id)`;
    return db
      .select({
        ...{ id: documents.id, applicationId: documents.applicationId, kind: documents.kind },
        ...{ text: documents.text, mail: documents.mail },
      })
      .from(documents)
      .where(
        and(
          eq(documents.workspaceId, placeholder("workspaceId")),
          sql`${documents.id} in (select m.document_id from ${matched} as m)`,
        ),
      )
      .prepare(name);
  });
  return query.execute({ workspaceId, wanted: JSON.stringify(phrases), blind: blindKeys(search) });
}
