import type { Read } from "../../documents/read.ts";
import type { DocumentKind } from "../../domain/candidates/document.ts";
import { DomainError } from "../../domain/errors.ts";
import type { MailFacts } from "../../domain/mail/facts.ts";
import { type ReadMail, readMail } from "../../domain/mail/read-mail.ts";
import type { MailAuthor, StoredMail } from "../../domain/mail/stored-mail.ts";
import type { MailWords } from "../../domain/mail/words.ts";
import type { DocumentRow } from "../../store/candidates/documents.ts";
import { loadCorrespondence, saveMail } from "../../store/candidates/mails.ts";
import { markAssessmentsStale } from "../../store/evaluation/assessments.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/**
 * Whether a document is a mail, with words of others in it: what is called one, and what has the headers of one.
 * @throws DomainError `invalid` when somebody says whose words a document of another kind holds.
 */
export function isMail(
  kind: DocumentKind,
  { mail }: Pick<Read, "mail">,
  author: MailAuthor | undefined,
): boolean {
  const is = kind === "email" || (kind !== "note" && mail !== undefined);
  if (is || author === undefined) return is;
  throw new DomainError("invalid", "author: only a mail has one.", "Leave it out, or give kind: email.");
}

/** A cleaned mail, read against whoever may have written it. */
export async function readForRecord(
  tx: Db,
  application: { readonly workspaceId: string; readonly id: string },
  whole: string,
  given: {
    readonly facts: MailFacts | undefined;
    readonly words: MailWords;
    readonly author: MailAuthor | undefined;
  },
): Promise<ReadMail & { readonly pages: readonly number[] }> {
  const { facts, ...how } = given;
  const read = readMail(whole, facts, { ...how, with: await loadCorrespondence(tx, application) });
  return { ...read, pages: [0] };
}

/**
 * Puts on record whose words a stored mail holds, where somebody says so now.
 * @returns the mail as it is then; undefined when nothing changes
 */
export async function stateAuthor(
  tx: Db,
  session: Session,
  stored: DocumentRow,
  mail: StoredMail | null,
): Promise<DocumentRow | undefined> {
  if (mail === null || !mail.stated || stored.mail === null) return undefined;
  const { author } = mail;
  if (stored.mail.stated && stored.mail.author === author) return undefined;
  const { workspaceId, now } = session;
  const { opt_out: before, ...rest } = stored.mail;
  const changed = { ...rest, author, stated: true, ...(mail.opt_out && { opt_out: before ?? mail.opt_out }) };
  await saveMail(tx, { workspaceId, id: stored.id }, { mail: changed });
  await markAssessmentsStale(tx, workspaceId, [stored.applicationId], { at: now, why: "author_stated" });
  await session.record(tx, stored.applicationId, "document.author", { document: stored.id, author });
  return { ...stored, mail: changed };
}
