import { and, asc, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, documents, roles, uploads } from "../tables.ts";

export type UploadRow = typeof uploads.$inferSelect;

/** Adds a link, and deletes those of which nobody is told any more. */
export async function insertUpload(
  tx: Db,
  forgottenBefore: Date,
  row: typeof uploads.$inferInsert,
): Promise<void> {
  const { workspaceId, expiresAt } = uploads;
  await tx.delete(uploads).where(and(eq(workspaceId, row.workspaceId), lt(expiresAt, forgottenBefore)));
  await tx.insert(uploads).values(row);
}

/** A link by the hash of one of its two secrets, with what it is for. With `lock`, its row is locked until commit. */
export async function findUpload(
  db: Db,
  workspaceId: string,
  hash: string,
  { lock = false } = {},
): Promise<{ upload: UploadRow; ref: string; role: string } | undefined> {
  const query = db
    .select({ upload: uploads, ref: applications.ref, role: roles.title })
    .from(uploads)
    .innerJoin(applications, sameTenant(applications, uploads, uploads.applicationId))
    .innerJoin(roles, sameTenant(roles, applications, applications.roleId))
    .where(
      and(eq(uploads.workspaceId, workspaceId), or(eq(uploads.linkHash, hash), eq(uploads.keyHash, hash))),
    );
  const [row] = await (lock ? query.for("update", { of: uploads }) : query);
  return row;
}

type Key = Pick<UploadRow, "workspaceId" | "id">;

/** Changes a link whose row the caller has locked. */
export async function saveUpload(
  tx: Db,
  { workspaceId, id }: Key,
  set: Partial<Pick<UploadRow, "keyHash" | "endedAt" | "files" | "documents">>,
): Promise<void> {
  await tx
    .update(uploads)
    .set(set)
    .where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, id)));
}

/** Ends all links of a member that were not done with. */
export async function endUploadsOf(
  tx: Db,
  { workspaceId, memberId }: Pick<UploadRow, "workspaceId" | "memberId">,
  endedAt: Date,
): Promise<void> {
  const own = and(eq(uploads.workspaceId, workspaceId), eq(uploads.memberId, memberId));
  await tx
    .update(uploads)
    .set({ endedAt })
    .where(and(own, isNull(uploads.endedAt)));
}

/** A document that came through a link, without its words. */
export type ArrivedDocument = Pick<typeof documents.$inferSelect, "id" | "kind" | "name"> & {
  readonly chars: number;
};

/**
 * The documents that came to an application through the links of a member since a moment, oldest first, and whether some
 * of them have not been named yet. From now on all are.
 */
export async function takeArrived(
  tx: Db,
  of: Pick<UploadRow, "workspaceId" | "applicationId" | "memberId">,
  since: Date,
): Promise<{ readonly arrived: readonly ArrivedDocument[]; readonly isNews: boolean }> {
  const { workspaceId } = of;
  const rows = await tx
    .select()
    .from(uploads)
    .where(
      and(
        eq(uploads.workspaceId, workspaceId),
        eq(uploads.applicationId, of.applicationId),
        eq(uploads.memberId, of.memberId),
        gt(uploads.expiresAt, since),
      ),
    )
    .orderBy(asc(uploads.id))
    .for("update");
  const ids = rows.flatMap((row) => row.documents);
  if (ids.length === 0) return { arrived: [], isNews: false };
  const unnamed = rows.filter((row) => row.named < row.documents.length);
  for (const { id, documents: all } of unnamed)
    await tx
      .update(uploads)
      .set({ named: all.length })
      .where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, id)));
  const arrived = await tx
    .select({
      ...{ id: documents.id, kind: documents.kind, name: documents.name },
      chars: sql<number>`length(${documents.text})`,
    })
    .from(documents)
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        eq(documents.applicationId, of.applicationId),
        inArray(documents.id, ids),
      ),
    )
    .orderBy(asc(documents.id));
  return { arrived, isNews: unnamed.length > 0 && arrived.length > 0 };
}

/** How many words a document has of its own. */
export async function countWords(db: Db, workspaceId: string, id: string): Promise<number> {
  const [row] = await db
    .select({ words: sql<number>`cardinality(regexp_split_to_array(btrim(${documents.text}), '\\s+'))` })
    .from(documents)
    .where(and(eq(documents.workspaceId, workspaceId), eq(documents.id, id)));
  return row?.words ?? 0;
}
