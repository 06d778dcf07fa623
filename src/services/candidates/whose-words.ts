import { DomainError } from "../../domain/errors.ts";
import type { MailAuthor } from "../../domain/mail/stored-mail.ts";
import type { MailWords } from "../../domain/mail/words.ts";
import { saveOwnWords } from "../../store/candidates/documents.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";
import { keepChange, markStale, type ToChange, type UpdatedDocument } from "./changed-document.ts";
import { viewDocument } from "./documents.ts";
import { readForRecord, stateAuthor } from "./mails.ts";

/** Puts on record whose words a mail holds. */
export async function stateMailAuthor(
  tx: Db,
  session: Session,
  stored: ToChange,
  { author, words }: { readonly author: MailAuthor; readonly words: MailWords },
): Promise<UpdatedDocument> {
  const { record, row } = stored;
  if (row.mail === null)
    throw new DomainError(
      "invalid",
      `author: only a mail has one, and this is a ${row.kind}.`,
      row.kind === "note"
        ? "A note is a member's."
        : "Give own_words: false where it is not the candidate's.",
    );
  const { mail } = await readForRecord(
    tx,
    { workspaceId: row.workspaceId, id: row.applicationId },
    row.text,
    {
      facts: undefined,
      ...{ words, author },
    },
  );
  const changed = await stateAuthor(tx, session, row, mail);
  if (changed === undefined) return { document: viewDocument(row), unchanged: true, stale: [] };
  await keepChange(tx, session, stored, { field: "author", before: row.mail.author, after: author });
  const stale = await markStale(tx, session, stored, { records: [record], why: "author_stated" });
  return { document: viewDocument(changed), unchanged: false, stale };
}

/** Puts on record whether a document, which is no mail, holds the candidate's own words. */
export async function stateOwnWords(
  tx: Db,
  session: Session,
  stored: ToChange,
  ownWords: boolean,
): Promise<UpdatedDocument> {
  const { record, row } = stored;
  if (row.kind === "note")
    throw new DomainError(
      "invalid",
      "own_words: a note is a member's and never the candidate's.",
      "Leave it.",
    );
  if (row.mail !== null)
    throw new DomainError("invalid", "own_words: of a mail, author says it.", "Give author: other instead.");
  if (row.ownWords === ownWords) return { document: viewDocument(row), unchanged: true, stale: [] };
  await saveOwnWords(tx, row, ownWords);
  await session.record(tx, row.applicationId, "document.own_words", {
    document: row.id,
    own_words: ownWords,
  });
  await keepChange(tx, session, stored, { field: "own_words", before: row.ownWords, after: ownWords });
  const stale = await markStale(tx, session, stored, { records: [record], why: "author_stated" });
  return { document: viewDocument({ ...row, ownWords }), unchanged: false, stale };
}
