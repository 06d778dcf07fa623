import * as z from "zod";
import { type DomainError, notAllowed } from "../errors.ts";

/**
 * The kind of a stored text. A `note` is written by a member; every other kind comes from the candidate's side. A
 * `work_sample` answers a task: it is handed in, and its words are prompted by the task.
 */
export const DocumentKind = z.enum([
  "resume",
  "cover_letter",
  "transcript",
  "email",
  "submission_notes",
  "work_sample",
  "note",
]);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** A passage of a mail that is not its sender's own words, or that is only their signature. */
export const Apart = z.object({ what: z.enum(["quoted", "forwarded", "signature"]), text: z.string() });
export type Apart = z.infer<typeof Apart>;

/** A stored text about an application. Quotes are checked against exactly this `text`. */
export type Document = {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly text: string;
  /** Where each page starts in `text`, for documents that have pages. */
  readonly pages?: readonly number[];
  /** `text` with the words of others blanked out in place. Absent when all of it is the candidate's own. */
  readonly own?: string;
  /** What a mail quotes or forwards, and its signature: not part of `text`, and no evidence. */
  readonly apart?: readonly Apart[];
};

/** A verbatim span of a stored document; `start` and `end` are UTF-16 offsets, `end` exclusive. */
export const Evidence = z.object({
  document: z.string(),
  quote: z.string(),
  start: z.number(),
  end: z.number(),
  /** Page number from 1, in documents of several pages. */
  page: z.number().optional(),
  /** True where the words stand apart from a mail's own text; the offsets then count in their passage. */
  apart: z.literal(true).optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A span of a document as evidence, with the page number if the document has several pages. */
export function spanOf({ id, text, pages = [] }: Document, start: number, end: number): Evidence {
  const page = pages.filter((from) => from <= start).length;
  return { document: id, quote: text.slice(start, end), start, end, ...(pages.length > 1 ? { page } : {}) };
}

/** An id as callers write it. */
export const documentId = (written: string): string => written.trim().toLowerCase();

/** The error for a document that an application has not, or that its reader may not see: it names those that there are. */
export const unknownDocument = (
  id: string,
  documents: readonly Pick<Document, "id" | "kind">[],
): DomainError =>
  notAllowed(
    "document",
    id,
    documents.map((document) => `${document.id} (${document.kind})`),
  );
