import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Alternative, Term } from "../../domain/search/query.ts";
import { applications, candidates, documentWords } from "../tables.ts";

/** What is looked for, and the stages in which work that was handed in is judged blind and must not be found. */
export type Search = {
  readonly alternatives: readonly Alternative[];
  readonly blindStages: readonly { readonly roleId: string; readonly stage: string }[];
};

/** Part of a query: its SQL with placeholders, their values, and a `shape` that differs where the SQL does. */
export type Part = {
  readonly shape: string;
  readonly sql: SQL;
  readonly values: Readonly<Record<string, unknown>>;
};

export const blindKeys = ({ blindStages }: Search): string =>
  JSON.stringify(blindStages.map(({ roleId, stage }) => `${roleId} ${stage}`));

/** That a row of `document_words` matches, and is no work that is judged blind: to find that would tell whose it is. */
export const hasWords = (words: unknown): SQL => sql`${documentWords.words} @@ ${words}::tsquery
  and not (${documentWords.handedIn} and coalesce((select ${isBlindIn(sql`b.role_id`, sql`b.stage`)} from applications b
    where b.workspace_id = ${documentWords.workspaceId} and b.id = ${documentWords.applicationId} limit 1), false))`;

/**
 * That a document of the application at hand matches. The function behind `@@` is called by its name, because the operator
 * would let the planner read the index of all documents for each application.
 */
const isWrittenIn = (words: unknown): SQL => sql`coalesce((select true from ${documentWords}
  where ${sameApplication} and ts_match_vq(${documentWords.words}, ${words}::tsquery)
    and not (${documentWords.handedIn} and ${isBlindIn(applications.roleId, applications.stage)}) limit 1), false)`;

const isBlindIn = (role: unknown, stage: unknown): SQL =>
  sql`(${role} || ' ' || ${stage}) = any(array(select jsonb_array_elements_text(${sql.placeholder("blind")}::jsonb)))`;

/** A phrase in PostgreSQL's notation. Words have neither quotation marks nor backslashes in them. */
export const phraseOf = ({ words }: Term): string => words.map((word) => `'${word}'`).join(" <-> ");

/**
 * That a candidate's name or e-mail contains a term, or that it is their telephone number. In the pattern, `%` and `_` of a
 * query are ordinary characters.
 * @param n tells the term from others of the same statement
 */
export function isNamed({ name, phone }: Term, n = 0): Part {
  const values = { [`like${n}`]: `%${name.replace(/[\\%_]/g, "\\$&")}%` };
  const named = sql`${candidates.searchKey} like ${sql.placeholder(`like${n}`)}`;
  if (phone === undefined) return { shape: "n", sql: named, values };
  const forms = sql`select jsonb_array_elements_text(${sql.placeholder(`phone${n}`)}::jsonb)`;
  return {
    shape: "p",
    sql: sql`(${named} or ${candidates.knownBy} && array(${forms}))`,
    values: { ...values, [`phone${n}`]: JSON.stringify(phone) },
  };
}

/** Trigrams find what is longer. */
const SHORT_CHARS = 2;

const isShort = ({ name, phone }: Term): boolean => phone === undefined && [...name].length <= SHORT_CHARS;

/**
 * As `isNamed` of each of these terms, for finding the people: what is too short for trigrams is found by an index of its
 * own. Beside such a term no other index is read, because theirs would have the short parts of many people computed anew.
 */
export function areNamed(terms: readonly Term[]): Part {
  const byShort = terms.some(isShort);
  const parts = terms.map((term, n): Part => {
    const part = isNamed(term, n);
    if (isShort(term))
      return {
        shape: "s",
        sql: sql`greenflag_short_parts(${candidates.searchKey}) @> array[${sql.placeholder(`short${n}`)}::text]`,
        values: { [`short${n}`]: term.name },
      };
    if (!byShort || term.phone !== undefined) return part;
    return {
      ...part,
      shape: "c",
      sql: sql`textlike(${candidates.searchKey}, ${sql.placeholder(`like${n}`)})`,
    };
  });
  return {
    shape: parts.map(({ shape }) => shape).join(""),
    sql: sql`(${sql.join(
      parts.map((part) => part.sql),
      sql` and `,
    )})`,
    values: Object.assign({}, ...parts.map(({ values }) => values)),
  };
}

/** The condition that an application meets one of the alternatives; undefined where nothing is left to check. */
export function conditionOf(alternatives: readonly Alternative[], blind: string): Part | undefined {
  const values: Record<string, unknown> = { blind };
  let n = 0;
  const check = (term: Term): { shape: string; sql: SQL } => {
    const at = n++;
    if (term.ref !== undefined) {
      values[`ref${at}`] = term.ref;
      return { shape: "r", sql: hasReference(sql.placeholder(`ref${at}`)) };
    }
    const person = isNamed(term, at);
    Object.assign(values, person.values);
    if (term.words.length === 0) return person;
    values[`words${at}`] = phraseOf(term);
    const written = isWrittenIn(sql.placeholder(`words${at}`));
    return { shape: `${person.shape}w`, sql: sql`(${person.sql} or ${written})` };
  };
  const checks = alternatives.map(({ all, none }) => {
    const has = all.map(check);
    const lacks = none.map(check);
    return {
      shape: `${has.map((c) => c.shape).join("")}-${lacks.map((c) => c.shape).join("")}`,
      sql: [...has.map((c) => c.sql), ...lacks.map((c) => sql`not ${c.sql}`)],
    };
  });
  if (checks.every((c) => c.sql.length === 0)) return undefined;
  const each = checks.map((c) => sql`(${sql.join(c.sql, sql` and `)})`);
  return {
    shape: `text(${checks.map((c) => c.shape).join("|")})`,
    sql: sql`(${sql.join(each, sql` or `)})`,
    values,
  };
}

const sameApplication = and(
  eq(documentWords.workspaceId, applications.workspaceId),
  eq(documentWords.applicationId, applications.id),
);

/** That an application has this reference, or that one with it was joined to this. */
const hasReference = (ref: unknown): SQL => sql`${applications.id} in (select coalesce(r.merged_into, r.id)
  from applications r where r.workspace_id = ${applications.workspaceId} and r.ref = ${ref})`;
