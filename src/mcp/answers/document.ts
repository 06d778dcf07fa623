import * as z from "zod";
import { DocumentKind } from "../../domain/candidates/document.ts";
import { HiddenWhy, TextWarning } from "../../domain/candidates/hidden.ts";
import { StaleWhy } from "../../domain/evaluation/stale.ts";
import { Attachment } from "../../domain/mail/facts.ts";
import { Delivery, MailKind, StoredMail } from "../../domain/mail/stored-mail.ts";
import type { UpdatedDocument } from "../../services/candidates/changed-document.ts";
import type { StoredDocument } from "../../services/candidates/documents.ts";
import type { Offered } from "../../services/uploads/offer-upload.ts";
import { ALREADY_STORED, AUTHOR_STATED, CHANGED_BEFORE } from "../text/fields/document.ts";
import type { Answer } from "./answer.ts";
import { UntrustedAnswer, untrustedAnswer } from "./untrusted.ts";
import { UploadAnswer, uploadAnswer } from "./upload.ts";

/** What is known about a mail beside its words. */
const MailAnswer = z.object({
  what: MailKind,
  author: StoredMail.shape.author,
  from: z.string().optional(),
  attachments: z.array(Attachment).optional(),
  calendar_answer: z.string().optional(),
  /** The candidate's words that read like a wish not to be written to, until somebody has looked at them. */
  opt_out: z.string().optional(),
});

/** The hidden stretches, a line each, with the reasons for which nobody sees them. */
const HiddenTextAnswer = UntrustedAnswer.extend({ lines: z.number(), why: z.array(HiddenWhy) });

export const hiddenTextAnswer = ({
  lines,
  why,
  ...part
}: NonNullable<StoredDocument["document"]["hidden_text"]>): Answer<typeof HiddenTextAnswer> => ({
  ...untrustedAnswer(part),
  ...{ lines, why },
});

/** A document without its text. */
export const DocumentAnswer = z.object({
  id: z.string(),
  kind: DocumentKind,
  name: z.string(),
  chars: z.number(),
  /** The number of pages, in documents of several pages. */
  pages: z.number().optional(),
  /** The address that a work sample consists of. Nobody opened it. */
  link: z.string().optional(),
  /** False where somebody said that these are not the candidate's own words: no evidence. */
  own_words: z.boolean().optional(),
  /** Characters that nobody sees: hidden text and invisible characters. */
  hidden_text_removed: z.number(),
  /** Text of the file that is hidden from a reader, with why. It is stored separately and never assessed. */
  hidden_text: HiddenTextAnswer.optional(),
  /** Printed signs, such as icons, that stand for no letter. */
  signs_without_letter: z.number().optional(),
  /** Characters of tags, where the source is HTML or Markdown. */
  markup_removed: z.number().optional(),
  warnings: z.array(TextWarning).optional(),
  /** How many characters of a mail are kept apart: no evidence, and not among `chars`. */
  apart: z.object({ quoted: z.number(), forwarded: z.number(), signature: z.number() }).partial().optional(),
  mail: MailAnswer.optional(),
});
export type DocumentAnswer = Answer<typeof DocumentAnswer>;

const HandedInAnswer = z.object({
  exercise: z.string(),
  due: z.string(),
  at: z.string(),
  days_after_due: z.number().optional(),
});

/** What follows from a document that was taken in. */
const Taken = {
  in_reply_to: z.string().optional(),
  /** What a delivery report says of a message of ours; null where it names none of this application. */
  report: z.object({ delivery: Delivery, message: z.string().nullable() }).optional(),
  /** What a work sample was received for; null where no exercise was given that is handed in as a document. */
  handed_in: HandedInAnswer.nullable().optional(),
};

export const AddDocumentAnswer = z.object({
  document: DocumentAnswer.optional(),
  ...Taken,
  /** For a file that cannot be read from here. */
  upload: UploadAnswer.optional(),
  note: z.string().optional(),
});
export type AddDocumentAnswer = Answer<typeof AddDocumentAnswer>;

export const documentAnswer = ({ hidden_text, ...document }: StoredDocument["document"]): DocumentAnswer => ({
  ...document,
  ...(hidden_text && { hidden_text: hiddenTextAnswer(hidden_text) }),
});

export function addDocumentAnswer(given: StoredDocument | Offered): AddDocumentAnswer {
  if (!("document" in given)) return { upload: uploadAnswer(given) };
  const { unchanged, author_stated, document, ...stored } = given;
  return {
    ...stored,
    document: documentAnswer(document),
    ...(unchanged && { note: ALREADY_STORED }),
    ...(author_stated && { note: AUTHOR_STATED }),
  };
}

export const UpdateDocumentAnswer = z.object({
  /** As it is now; of one that is gone, what is left to say. */
  document: DocumentAnswer.partial().extend({ id: z.string() }),
  moved: z.object({ from: z.string(), to: z.string() }).optional(),
  removed: z.boolean().optional(),
  /** The id of the document whose place it takes. */
  replaced: z.string().optional(),
  ...Taken,
  /** The application whose exercise waits again for what is handed in. */
  waits_again: z.string().optional(),
  /** Assessments that rest on what is no longer so. */
  stale: z.array(z.object({ application: z.string(), why: StaleWhy.optional() })),
  note: z.string().optional(),
});
export type UpdateDocumentAnswer = Answer<typeof UpdateDocumentAnswer>;

export const updateDocumentAnswer = ({
  document: { hidden_text, ...document },
  unchanged,
  stale,
  ...changed
}: UpdatedDocument): UpdateDocumentAnswer => ({
  document: { ...document, ...(hidden_text && { hidden_text: hiddenTextAnswer(hidden_text) }) },
  ...changed,
  stale: [...stale],
  ...(unchanged && { note: CHANGED_BEFORE }),
});
