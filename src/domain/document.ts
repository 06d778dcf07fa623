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
};

/** A verbatim span of a stored document; `start` and `end` are UTF-16 offsets, `end` exclusive. */
export const Evidence = z.object({
  document: z.string(),
  quote: z.string(),
  start: z.number(),
  end: z.number(),
});
export type Evidence = z.infer<typeof Evidence>;
