import { and, asc, eq, gt, lt, ne } from "drizzle-orm";
import type { Db } from "../store.ts";
import { documents, originals } from "../tables.ts";
import type { DocumentRow } from "./documents.ts";

export type OriginalRow = typeof originals.$inferSelect;

export async function insertOriginal(tx: Db, row: typeof originals.$inferInsert): Promise<void> {
  await tx.insert(originals).values(row);
}

/** The next original after `after` that an older reader read. Mails are split into whose words they are, and stay. */
export async function nextOriginal(
  db: Db,
  workspaceId: string,
  { reader, after }: { readonly reader: number; readonly after: string | undefined },
): Promise<OriginalRow | undefined> {
  const older = and(
    eq(originals.workspaceId, workspaceId),
    lt(originals.reader, reader),
    ne(originals.extension, ".eml"),
    after === undefined ? undefined : gt(originals.id, after),
  );
  const [row] = await db.select().from(originals).where(older).orderBy(asc(originals.id)).limit(1);
  return row;
}

/** Notes by which reader a file was read last. */
export async function saveReader(
  tx: Db,
  { workspaceId, id }: Pick<OriginalRow, "workspaceId" | "id">,
  reader: number,
): Promise<void> {
  await tx
    .update(originals)
    .set({ reader })
    .where(and(eq(originals.workspaceId, workspaceId), eq(originals.id, id)));
}

/** Replaces what was read from a file. */
export async function replaceRead(
  tx: Db,
  { workspaceId, id }: Pick<OriginalRow, "workspaceId" | "id">,
  read: Partial<DocumentRow>,
): Promise<void> {
  await tx
    .update(documents)
    .set(read)
    .where(and(eq(documents.workspaceId, workspaceId), eq(documents.id, id)));
}
