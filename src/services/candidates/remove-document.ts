import type { Read } from "../../documents/read.ts";
import { DomainError } from "../../domain/errors.ts";
import type { MailAuthor, StoredMail } from "../../domain/mail/stored-mail.ts";
import type { MailWords } from "../../domain/mail/words.ts";
import { deleteDocument, documentHashes, saveOwnWords } from "../../store/candidates/documents.ts";
import type { Db } from "../../store/store.ts";
import { takeOutQuotes } from "../evaluation/take-out-quotes.ts";
import type { Session } from "../session.ts";
import { takeBackHandIn } from "../submissions/work-samples.ts";
import { keepChange, markStale, named, type ToChange, type UpdatedDocument } from "./changed-document.ts";
import { cleanPages, sha256Of, takeIn, viewDocument } from "./documents.ts";
import { DOCUMENT } from "./find-stored.ts";

/** Deletes a document, its file and every quote of it in what was assessed. That it was removed, and why, stays on record. */
export async function remove(tx: Db, session: Session, stored: ToChange): Promise<UpdatedDocument> {
  const { record, row } = stored;
  const { id, kind, name } = row;
  const { id: applicationId, ref } = record.application;
  await deleteDocument(tx, row);
  await takeOutQuotes(tx, row);
  await session.record(tx, applicationId, "document.remove", { document: id, kind });
  await keepChange(tx, session, stored, { field: DOCUMENT, before: named(row), after: null });
  const waits = kind === "work_sample" && (await takeBackHandIn(tx, session, record, id));
  return {
    document: { id, kind, name },
    removed: true,
    ...(waits && { waits_again: ref }),
    unchanged: false,
    stale: await markStale(tx, session, stored, { records: [record], why: "document_removed" }),
  };
}

type Content = {
  readonly read: Read;
  readonly words: MailWords;
  readonly name?: string | undefined;
  readonly text?: string | undefined;
  readonly author?: MailAuthor | undefined;
};

/**
 * Puts another text in the place of a document. It is a document of its own, because quotes are checked against the text of
 * an id; the old one is deleted like one that is removed.
 */
export async function replace(
  tx: Db,
  session: Session,
  stored: ToChange,
  { read, words, name, text, author }: Content,
): Promise<UpdatedDocument> {
  const { record, row } = stored;
  const { id, kind, ownWords } = row;
  if (sha256Of(cleanPages(read).text).equals(Buffer.from(row.sha256)))
    return { document: viewDocument(row), unchanged: true, stale: [] };
  const others = await documentHashes(tx, session.workspaceId, row.applicationId);
  await deleteDocument(tx, row);
  const { document, unchanged, author_stated, ...taken } = await takeIn(
    tx,
    session,
    record,
    {
      ...read,
      kind,
      // A pasted text has no name of its own.
      name: name ?? (text === undefined ? read.name : row.name),
      author: author ?? (kind === "email" ? statedAuthor(row.mail) : undefined),
    },
    words,
  );
  if (others.some((other) => other.id === document.id))
    throw new DomainError("conflict", `document: this text is there already, as ${document.id}.`, {
      ...{ do: "remove_document", application: record.application.ref, document: id },
    });
  if (!ownWords) await saveOwnWords(tx, { ...row, id: document.id }, false);
  await takeOutQuotes(tx, row);
  await session.record(tx, row.applicationId, "document.replace", { document: id, by: document.id, kind });
  const after = named({ kind, name: document.name });
  await keepChange(tx, session, stored, { field: DOCUMENT, before: named(row), after });
  return {
    ...taken,
    document: { ...document, ...(!ownWords && { own_words: false }) },
    replaced: id,
    unchanged: false,
    stale: await markStale(tx, session, stored, { records: [record], why: "document_replaced" }),
  };
}

const statedAuthor = (mail: StoredMail | null): MailAuthor | undefined =>
  mail?.stated && mail.author !== "unknown" ? mail.author : undefined;
