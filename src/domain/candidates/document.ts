import * as z from "zod";

/** What a stored text is. A `note` is written by a member; every other kind comes from the candidate's side. */
export const DocumentKind = z.enum([
  "resume",
  "cover_letter",
  "transcript",
  "email",
  "submission_notes",
  "note",
]);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** A stored text about an application. `text` is exactly what quotes are checked against. */
export type Document = {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly text: string;
  /** Where each page starts in `text`, for documents that have pages. */
  readonly pages?: readonly number[];
  /** `text` with what the candidate did not write blanked out in place; absent where all of it is theirs. */
  readonly own?: string;
};

/** A verbatim span of a stored document; `start` and `end` are UTF-16 offsets, `end` exclusive. */
export const Evidence = z.object({
  document: z.string(),
  quote: z.string(),
  start: z.number(),
  end: z.number(),
  /** From 1, in documents of several pages. */
  page: z.number().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** The span of a document as evidence, with its page where there are pages. */
export function spanOf({ id, text, pages = [] }: Document, start: number, end: number): Evidence {
  const page = pages.filter((from) => from <= start).length;
  return { document: id, quote: text.slice(start, end), start, end, ...(pages.length > 1 ? { page } : {}) };
}
