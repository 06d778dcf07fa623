import { and, asc, desc, eq, sql } from "drizzle-orm";
import { lineOf } from "../candidates/joined.ts";
import { rowsOf } from "../events.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { documents, events, importedRecords, members, originals, submissions } from "../tables.ts";

/** Everybody who is or was on the team. */
export const everyMember = (db: Db, workspaceId: string) =>
  db
    .select({ id: members.id, email: members.email, name: members.name, access: members.access })
    .from(members)
    .where(eq(members.workspaceId, workspaceId))
    .orderBy(asc(members.id));

/**
 * Names of other candidates that stand in a text. Names of one word are left out: they are words, too.
 * @param text in lower case
 */
export async function candidatesNamedIn(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
  text: string,
): Promise<string[]> {
  const rows = await db.execute(sql`
    select distinct name from candidates
    where workspace_id = ${workspaceId} and id <> ${id} and coalesce(merged_into, id) <> ${id}
      and name ~ '\\S\\s+\\S' and strpos(${text}, lower(name)) > 0`);
  return rowsOf<{ name: string }>(rows).map(({ name }) => name);
}

type Application = { readonly workspaceId: string; readonly id: string };

/** Which documents of an application have their original file. */
export const originalsOf = (db: Db, { workspaceId, id }: Application) =>
  db
    .select({ id: originals.id, extension: originals.extension })
    .from(originals)
    .where(and(eq(originals.workspaceId, workspaceId), eq(originals.applicationId, id)));

/** The original file of a document of an application. */
export async function originalBytes(
  db: Db,
  { workspaceId, id }: Application,
  document: string,
): Promise<Uint8Array | undefined> {
  const [row] = await db
    .select({ bytes: originals.bytes })
    .from(originals)
    .innerJoin(documents, sameTenant(documents, originals, originals.id))
    .where(
      and(
        eq(originals.workspaceId, workspaceId),
        eq(documents.applicationId, id),
        eq(originals.id, document),
      ),
    );
  return row?.bytes;
}

/** What came in with an import about an application, the oldest first. */
export const importedOf = (db: Db, { workspaceId, id }: Application) =>
  db
    .select()
    .from(importedRecords)
    .where(and(eq(importedRecords.workspaceId, workspaceId), eq(importedRecords.applicationId, id)))
    .orderBy(asc(importedRecords.id));

/** Every snapshot of what was handed in for an application, the newest first. */
export const submissionsOf = (db: Db, { workspaceId, id }: Application) =>
  db
    .select()
    .from(submissions)
    .where(and(eq(submissions.workspaceId, workspaceId), eq(submissions.applicationId, id)))
    .orderBy(desc(submissions.createdAt));

/** Who did what about an application, when, and through which program. */
export const logOf = (db: Db, { workspaceId, id }: Application) =>
  db
    .select({ at: events.at, what: events.kind, by: members.email, through: events.client })
    .from(events)
    .innerJoin(members, sameTenant(members, events, events.memberId))
    .where(and(eq(events.workspaceId, workspaceId), sql`${events.chainId} in ${lineOf(workspaceId, id)}`))
    .orderBy(asc(events.at), asc(events.seq));
