import * as z from "zod";
import { DocumentKind } from "../../domain/candidates/document.ts";
import type { StoredDocument } from "../../services/candidates/documents.ts";
import { ALREADY_STORED } from "../text/fields/document.ts";
import type { Answer } from "./answer.ts";
import { UntrustedAnswer, untrustedAnswer } from "./untrusted.ts";

/** A document without its text. */
export const DocumentAnswer = z.object({
  id: z.string(),
  kind: DocumentKind,
  name: z.string(),
  chars: z.number(),
  /** The number of pages, in documents of several pages. */
  pages: z.number().optional(),
  hidden_text_removed: z.number(),
  /** Text of the file that is hidden from a reader. It is stored separately and never assessed. */
  hidden_text: UntrustedAnswer.optional(),
});
export type DocumentAnswer = Answer<typeof DocumentAnswer>;

export const AddDocumentAnswer = z.object({
  document: DocumentAnswer,
  in_reply_to: z.string().optional(),
  note: z.string().optional(),
});
export type AddDocumentAnswer = Answer<typeof AddDocumentAnswer>;

export const documentAnswer = ({ hidden_text, ...document }: StoredDocument["document"]): DocumentAnswer => ({
  ...document,
  ...(hidden_text && { hidden_text: untrustedAnswer(hidden_text) }),
});

export const addDocumentAnswer = ({ unchanged, document, ...stored }: StoredDocument): AddDocumentAnswer => ({
  ...stored,
  document: documentAnswer(document),
  ...(unchanged && { note: ALREADY_STORED }),
});
