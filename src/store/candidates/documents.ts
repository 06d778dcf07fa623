import { and, asc, eq } from "drizzle-orm";
import type { Db } from "../store.ts";
import { documents } from "../tables.ts";

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

/** An application's documents, oldest first. */
export function listDocuments(db: Db, workspaceId: string, applicationId: string): Promise<DocumentRow[]> {
  return db
    .select()
    .from(documents)
    .where(and(eq(documents.workspaceId, workspaceId), eq(documents.applicationId, applicationId)))
    .orderBy(asc(documents.id));
}
