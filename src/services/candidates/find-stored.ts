import { documentId, unknownDocument } from "../../domain/candidates/document.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { type DocumentRow, placeOfDocument } from "../../store/candidates/documents.ts";
import type { Db } from "../../store/store.ts";
import { isVisible, loadApplication } from "../load-application.ts";
import { loadForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** A document of an application, or what became of it and where the caller may read on. */
export type Found = { readonly row: DocumentRow } | Elsewhere | Gone;

type Elsewhere = {
  readonly id: string;
  /** The reference of the application that it is with. */
  readonly elsewhere: string;
  readonly there: DocumentRow;
};
type Gone = {
  readonly id: string;
  readonly gone: "removed" | "replaced";
  /** The documents that are left, as far as the caller may read them. */
  readonly left: readonly DocumentRow[];
};

/** The field under which it is kept that a document was removed or replaced. */
export const DOCUMENT = "document";

/**
 * The document with this id, as far as the caller may read it.
 * @throws DomainError `invalid` for one that the application never had, or that is hidden from the caller.
 */
export async function findStored(
  db: Db,
  session: Session,
  record: ApplicationRecord,
  written: string,
): Promise<Found> {
  const id = documentId(written);
  const forReader = await loadForReader(db, session, record);
  const rows = await forReader.documents();
  const row = rows.find((document) => document.id === id);
  if (row !== undefined) return { row };
  const elsewhere = UUID.test(id) ? await readableElsewhere(db, session, id) : undefined;
  if (elsewhere !== undefined) return elsewhere;
  const last = (await forReader.changes()).findLast(
    (change) => change.documentId === id && change.field === DOCUMENT,
  );
  if (last === undefined) throw unknownDocument(written, rows);
  return { id, gone: last.after === null ? "removed" : "replaced", left: rows };
}

async function readableElsewhere(db: Db, session: Session, id: string): Promise<Elsewhere | undefined> {
  const ref = await placeOfDocument(db, session.workspaceId, id);
  if (ref === undefined || !(await isVisible(db, session, ref))) return undefined;
  const { documents } = await loadForReader(db, session, await loadApplication(db, session, ref));
  const there = (await documents()).find((document) => document.id === id);
  return there && { id, elsewhere: ref, there };
}
