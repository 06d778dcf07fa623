import { MOVED_FROM, MOVED_TO } from "../../domain/candidates/change.ts";
import { DomainError } from "../../domain/errors.ts";
import { authorOf, type StoredMail } from "../../domain/mail/stored-mail.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { documentHashes, moveDocument } from "../../store/candidates/documents.ts";
import { loadCorrespondence } from "../../store/candidates/mails.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";
import { handIn, takeBackHandIn } from "../submissions/work-samples.ts";
import { keepChange, markStale, named, type ToChange, type UpdatedDocument } from "./changed-document.ts";
import { requireRoom, viewDocument } from "./documents.ts";

/** Gives a document to another application. Both are locked. */
export async function move(
  tx: Db,
  session: Session,
  stored: ToChange,
  to: ApplicationRecord,
): Promise<UpdatedDocument> {
  const { workspaceId } = session;
  const { record, row } = stored;
  const { id, kind } = row;
  const [from, target] = [record.application, to.application];
  if (from.id === target.id)
    throw new DomainError("invalid", `move_to: it is with ${from.ref} already.`, "Give another reference.");
  const theirs = await documentHashes(tx, workspaceId, target.id);
  const same = theirs.find((d) => d.kind === kind && Buffer.from(d.sha256).equals(Buffer.from(row.sha256)));
  if (same !== undefined)
    throw new DomainError("conflict", `move_to: ${target.ref} has the same ${kind} already.`, {
      ...{ do: "remove_document", application: from.ref, document: id },
    });
  requireRoom("move_to", theirs.length);
  const mail = await mailAt(tx, { workspaceId, id: target.id }, row.mail);
  await moveDocument(tx, row, { applicationId: target.id, mail });
  const places = { from: from.ref, to: target.ref };
  for (const chain of [from.id, target.id])
    await session.record(tx, chain, "document.move", { document: id, kind, ...places });
  await keepChange(tx, session, stored, { field: MOVED_TO, before: named(row), after: target.ref });
  await keepChange(
    tx,
    session,
    { ...stored, record: to },
    { field: MOVED_FROM, before: from.ref, after: named(row) },
  );
  const document = viewDocument({ ...row, mail });
  const isSample = kind === "work_sample";
  const waits = isSample && (await takeBackHandIn(tx, session, record, id));
  return {
    document,
    moved: places,
    ...(isSample && { handed_in: await handIn(tx, session, to, { document, unchanged: false }) }),
    ...(waits && { waits_again: from.ref }),
    unchanged: false,
    stale: await markStale(tx, session, stored, { records: [record, to], why: "document_moved" }),
  };
}

/** What is on record about a mail where it goes: whose it is follows from its sender, unless somebody has said so. */
async function mailAt(
  tx: Db,
  application: { readonly workspaceId: string; readonly id: string },
  mail: StoredMail | null,
): Promise<StoredMail | null> {
  if (mail === null || mail.stated || mail.from === null || mail.what !== "letter") return mail;
  return { ...mail, author: authorOf(mail.from, await loadCorrespondence(tx, application)) };
}
