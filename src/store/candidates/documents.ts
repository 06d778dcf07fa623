import { and, asc, eq } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, documents, originals, replies } from "../tables.ts";

export type DocumentRow = typeof documents.$inferSelect;

/** Adds a document. False when this application already has the same text of the same kind. */
export async function insertDocument(tx: Db, row: typeof documents.$inferInsert): Promise<boolean> {
  const made = await tx.insert(documents).values(row).onConflictDoNothing().returning({ id: documents.id });
  return made.length === 1;
}

/** What tells an application's documents apart, without their words. */
export function documentHashes(
  db: Db,
  workspaceId: string,
  applicationId: string,
): Promise<Pick<DocumentRow, "id" | "kind" | "sha256" | "createdAt">[]> {
  return db
    .select({
      ...{ id: documents.id, kind: documents.kind },
      ...{ sha256: documents.sha256, createdAt: documents.createdAt },
    })
    .from(documents)
    .where(and(eq(documents.workspaceId, workspaceId), eq(documents.applicationId, applicationId)));
}

/** The reference of the application that a document belongs to; undefined where there is no such document. */
export async function placeOfDocument(db: Db, workspaceId: string, id: string): Promise<string | undefined> {
  const [row] = await db
    .select({ ref: applications.ref })
    .from(documents)
    .innerJoin(applications, sameTenant(applications, documents, documents.applicationId))
    .where(and(eq(documents.workspaceId, workspaceId), eq(documents.id, id)));
  return row?.ref;
}

type Key = Pick<DocumentRow, "workspaceId" | "id">;
const isDocument = ({ workspaceId, id }: Key) =>
  and(eq(documents.workspaceId, workspaceId), eq(documents.id, id));

export async function saveOwnWords(tx: Db, document: Key, ownWords: boolean): Promise<void> {
  await tx.update(documents).set({ ownWords }).where(isDocument(document));
}

/** Gives a document and its file to another application. It answers no message of the first one any more. */
export async function moveDocument(
  tx: Db,
  { workspaceId, id }: Key,
  to: Pick<DocumentRow, "applicationId" | "mail">,
): Promise<void> {
  const { applicationId } = to;
  await tx.update(documents).set(to).where(isDocument({ workspaceId, id }));
  await tx
    .update(originals)
    .set({ applicationId })
    .where(and(eq(originals.workspaceId, workspaceId), eq(originals.id, id)));
  await deleteReply(tx, { workspaceId, id });
}

/** Deletes a document with its file, and that it answers a message. */
export async function deleteDocument(tx: Db, document: Key): Promise<void> {
  await deleteReply(tx, document);
  await tx.delete(documents).where(isDocument(document));
}

async function deleteReply(tx: Db, { workspaceId, id }: Key): Promise<void> {
  await tx.delete(replies).where(and(eq(replies.workspaceId, workspaceId), eq(replies.id, id)));
}

/** An application's documents, oldest first. */
export function listDocuments(db: Db, workspaceId: string, applicationId: string): Promise<DocumentRow[]> {
  return db
    .select()
    .from(documents)
    .where(and(eq(documents.workspaceId, workspaceId), eq(documents.applicationId, applicationId)))
    .orderBy(asc(documents.id));
}
