import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Read } from "../../documents/read.ts";
import { READER } from "../../documents/reader-version.ts";
import type { Apart, DocumentKind } from "../../domain/candidates/document.ts";
import type { HiddenPart, HiddenWhy, StoredHidden, TextWarning } from "../../domain/candidates/hidden.ts";
import { DomainError } from "../../domain/errors.ts";
import { NO_FACTS } from "../../domain/mail/facts.ts";
import { deliveryOf, type MailAuthor, type StoredMail } from "../../domain/mail/stored-mail.ts";
import type { MailWords } from "../../domain/mail/words.ts";
import { linkOf } from "../../domain/submission/work-link.ts";
import { type Untrusted, untrusted } from "../../domain/untrusted.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { type DocumentRow, insertDocument, listDocuments } from "../../store/candidates/documents.ts";
import { insertOriginal } from "../../store/candidates/originals.ts";
import type { Db } from "../../store/store.ts";
import { fileReply } from "../outreach/file-reply.ts";
import { fileReport, type Reported } from "../outreach/file-report.ts";
import type { Session } from "../session.ts";
import { type HandedIn, handIn } from "../submissions/work-samples.ts";
import { isMail, readForRecord, stateAuthor } from "./mails.ts";

export type DocumentView = {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly chars: number;
  readonly pages?: number;
  /** The address that a work sample consists of. Nobody opened it. */
  readonly link?: string;
  /** False where somebody said that these are not the candidate's own words. */
  readonly own_words?: boolean;
  /** Characters that nobody sees: hidden text and invisible characters. */
  readonly hidden_text_removed: number;
  /** Text of the file that is hidden from a reader. It is stored separately and never assessed. */
  readonly hidden_text?: HiddenText;
  /** Printed signs, such as icons, that stand for no letter. */
  readonly signs_without_letter?: number;
  /** Characters of tags, where the source is HTML or Markdown. */
  readonly markup_removed?: number;
  readonly warnings?: readonly TextWarning[];
  /** How many characters of a mail are kept apart: the words of others, and its signature. */
  readonly apart?: Partial<Record<Apart["what"], number>>;
  readonly mail?: MailView;
};

/** What is known about a mail beside its words; an opt-out only until somebody has looked at it. */
type MailView = Omit<StoredMail, "from" | "stated" | "answered_subject" | "opt_out"> & {
  readonly from?: string;
  readonly opt_out?: string;
};

/** The hidden stretches, a line each, with the reasons for which nobody sees them. */
type HiddenText = Untrusted & { readonly lines: number; readonly why: readonly HiddenWhy[] };

export type StoredDocument = {
  readonly document: DocumentView;
  /** True when the same text of the same kind was already stored. Then nothing changed. */
  readonly unchanged: boolean;
  /** The id of our message that the e-mail answers. */
  readonly in_reply_to?: string;
  /** What a delivery report says of a message of ours. */
  readonly report?: Reported;
  /** True when it was stored before, and whose it is has been put on record now. */
  readonly author_stated?: true;
  /** What a work sample was received for; null where no exercise was given that is handed in as a document. */
  readonly handed_in?: HandedIn | null;
};

/** The most UTF-16 units of one document. */
const MAX_DOCUMENT_CHARS = 200_000;
const MAX_DOCUMENTS = 50;
const MAX_HIDDEN_CHARS = 2_000;
const PAGE_BREAK = "\n\n";
/** Stores a text about a locked application, with what follows: it is handed in, an answer, or a report of a mail server. */
export async function takeIn(
  tx: Db,
  session: Session,
  record: ApplicationRecord,
  read: ToStore,
  words: MailWords,
): Promise<StoredDocument> {
  const { id } = record.application;
  const stored = await storeDocument(tx, session, id, read, words);
  if (read.kind === "work_sample") return { ...stored, handed_in: await handIn(tx, session, record, stored) };
  const { id: document, mail } = stored.document;
  const facts = read.mail ?? NO_FACTS;
  if (mail?.what === "delivery_report") {
    const delivery = deliveryOf(facts.report, read.pages.join("\n"), words);
    const report = await fileReport(tx, session, id, { document, delivery, named: facts.named });
    return { ...stored, report };
  }
  if (read.kind !== "email" || mail?.what !== "letter" || mail.author !== "candidate") return stored;
  const answered = await fileReply(tx, session, id, document, facts.answers);
  return answered === undefined ? stored : { ...stored, in_reply_to: answered };
}

/** What was read, as it is to be stored. */
export type ToStore = Read & {
  readonly kind: DocumentKind;
  /** Whose words a mail holds, as the caller says. */
  readonly author?: MailAuthor | undefined;
};

/** The facts of a document for an answer. */
export function viewDocument(
  row: Omit<DocumentRow, "createdAt" | "addedBy" | "sha256" | "applicationId" | "workspaceId">,
): DocumentView {
  const { id, kind, name, text, pages, hidden, hiddenTextRemoved, signsWithoutLetter, markupRemoved } = row;
  const link = linkOf(row);
  return {
    ...{ id, kind, name, chars: text.length },
    ...(pages.length > 1 && { pages: pages.length }),
    ...(link !== undefined && { link }),
    ...(!row.ownWords && { own_words: false }),
    hidden_text_removed: hiddenTextRemoved,
    ...(hidden.length > 0 && { hidden_text: viewHidden(hidden) }),
    ...(signsWithoutLetter > 0 && { signs_without_letter: signsWithoutLetter }),
    ...(markupRemoved > 0 && { markup_removed: markupRemoved }),
    ...(row.warnings.length > 0 && { warnings: row.warnings }),
    ...viewMail(row),
  };
}

function viewMail({
  apart,
  mail,
}: Pick<DocumentRow, "apart" | "mail">): Pick<DocumentView, "apart" | "mail"> {
  if (mail === null) return {};
  const { from, stated: _stated, answered_subject: _subject, opt_out, ...facts } = mail;
  const chars: Partial<Record<Apart["what"], number>> = {};
  for (const { what, text } of apart) chars[what] = (chars[what] ?? 0) + text.length;
  return {
    ...(apart.length > 0 && { apart: chars }),
    mail: {
      ...facts,
      ...(from !== null && { from }),
      ...(opt_out && opt_out.looked_at === null && { opt_out: opt_out.quote }),
    },
  };
}

const viewHidden = (hidden: readonly StoredHidden[]): HiddenText => ({
  ...untrusted(hidden.map(({ text }) => text).join("\n"), {
    source: "hidden text",
    max: MAX_HIDDEN_CHARS,
    markup: false,
  }),
  lines: hidden.length,
  why: [...new Set(hidden.flatMap(({ why }) => why ?? []))],
});

/** Cleans a text and stores it. The caller has locked the application. */
export async function storeDocument(
  tx: Db,
  session: Session,
  applicationId: string,
  { kind, name, author, original, ...read }: ToStore,
  words: MailWords,
): Promise<StoredDocument> {
  const { workspaceId, member, now } = session;
  const cleaned = cleanPages(read);
  requireSize(cleaned.text);
  const sha256 = sha256Of(cleaned.text);
  const stored = await listDocuments(tx, workspaceId, applicationId);
  const same = stored.find((d) => d.kind === kind && Buffer.from(d.sha256).equals(sha256));
  const mail = isMail(kind, read, author)
    ? await readForRecord(tx, { workspaceId, id: applicationId }, cleaned.text, {
        facts: read.mail,
        words,
        author,
      })
    : { apart: [], mail: null };
  if (same) {
    const stated = await stateAuthor(tx, session, same, mail.mail);
    if (stated === undefined) return { document: viewDocument(same), unchanged: true };
    return { document: viewDocument(stated), unchanged: false, author_stated: true };
  }
  requireRoom("application", stored.length);
  const row = { workspaceId, id: uuidv7(), applicationId, kind, name, ownWords: true, ...cleaned, ...mail };
  await insertDocument(tx, { ...row, sha256, addedBy: member.id, createdAt: now });
  if (original !== undefined)
    await insertOriginal(tx, { workspaceId, id: row.id, applicationId, ...original, reader: READER });
  const document = viewDocument(row);
  await session.record(tx, applicationId, "document.add", {
    document: row.id,
    kind,
    chars: document.chars,
  });
  return { document, unchanged: false };
}

/** @throws DomainError `invalid`, naming the field, when an application has as many documents as it may have. */
export function requireRoom(field: string, documents: number): void {
  if (documents < MAX_DOCUMENTS) return;
  throw new DomainError(
    "invalid",
    `${field}: it already has ${MAX_DOCUMENTS} documents.`,
    "Put further notes into one text.",
  );
}

export const sha256Of = (text: string): Buffer => createHash("sha256").update(text).digest();

type Parts = Pick<Read, "pages" | "markup" | "signs_without_letter" | "hidden" | "warnings">;

/** Cleans and joins the pages, with the start of each one, because quotes name their page. */
export function cleanPages({ pages, markup, signs_without_letter, ...read }: Parts) {
  const cleaned = pages.map((page) =>
    untrusted(page, { source: "page", max: MAX_DOCUMENT_CHARS + 1, markup }),
  );
  const starts: number[] = [];
  let text = "";
  for (const page of cleaned) {
    if (text !== "") text += PAGE_BREAK;
    starts.push(text.length);
    text += page.text;
  }
  const hidden = read.hidden.filter(({ why }) => !isEdit(why));
  const hiddenChars = hidden.reduce((sum, part) => sum + part.text.length, 0);
  return {
    ...{ text, pages: starts, hidden: cleanHidden(hidden) },
    hiddenTextRemoved: cleaned.reduce((sum, page) => sum + page.hidden_text_removed, hiddenChars),
    signsWithoutLetter: signs_without_letter,
    markupRemoved: cleaned.reduce((sum, page) => sum + (page.markup_removed ?? 0), 0),
    warnings: read.warnings,
  };
}

/** Who deletes or moves words under tracked changes hides nothing: such words are left out and not told. */
const isEdit = (why: HiddenWhy): boolean => why === "deleted";

/** The hidden stretches as they are stored, cut where all of them together are long. */
function cleanHidden(hidden: readonly HiddenPart[]): HiddenPart[] {
  let room = MAX_HIDDEN_CHARS;
  return hidden.flatMap(({ text, why }) => {
    const part = untrusted(text, { source: "hidden", max: Math.max(0, room), markup: false }).text.trim();
    room -= part.length + 1;
    return part === "" ? [] : [{ text: part.replace(/\s+/g, " "), why }];
  });
}

function requireSize(text: string): void {
  if (text.length > MAX_DOCUMENT_CHARS) {
    throw new DomainError(
      "invalid",
      `text: longer than ${MAX_DOCUMENT_CHARS} characters.`,
      "Add it in parts.",
    );
  }
  if (text.trim().length === 0) {
    throw new DomainError(
      "invalid",
      "text: nothing a person could read is left.",
      "It held only hidden characters or markup.",
    );
  }
}
