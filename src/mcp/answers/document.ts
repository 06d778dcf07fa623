import * as z from "zod";
import { DocumentKind } from "../../domain/candidates/document.ts";
import { HiddenWhy, TextWarning } from "../../domain/candidates/hidden.ts";
import { Untrusted } from "../../domain/untrusted.ts";
import type { StoredDocument } from "../../services/candidates/documents.ts";
import { ALREADY_STORED } from "../text/fields/document.ts";
import type { Answer } from "./answer.ts";

/** A document without its text. */
export const DocumentAnswer = z.object({
  id: z.string(),
  kind: DocumentKind,
  name: z.string(),
  chars: z.number(),
  /** The number of pages, in documents of several pages. */
  pages: z.number().optional(),
  /** Characters that nobody sees: hidden text and invisible characters. */
  hidden_text_removed: z.number(),
  /** Text of the file that is hidden from a reader, with why. It is stored separately and never assessed. */
  hidden_text: Untrusted.extend({ lines: z.number(), why: z.array(HiddenWhy) }).optional(),
  /** Printed signs, such as icons, that stand for no letter. */
  signs_without_letter: z.number().optional(),
  /** Characters of tags, where the source is HTML or Markdown. */
  markup_removed: z.number().optional(),
  warnings: z.array(TextWarning).optional(),
});
export type DocumentAnswer = Answer<typeof DocumentAnswer>;

export const AddDocumentAnswer = z.object({
  document: DocumentAnswer,
  in_reply_to: z.string().optional(),
  note: z.string().optional(),
});
export type AddDocumentAnswer = Answer<typeof AddDocumentAnswer>;

export const addDocumentAnswer = ({ unchanged, ...stored }: StoredDocument): AddDocumentAnswer => ({
  ...stored,
  ...(unchanged && { note: ALREADY_STORED }),
});
