import { pluralize } from "../../domain/pluralize.ts";
import type { AddDocumentAnswer, DocumentAnswer } from "../answers/document.ts";
import { linesOf, quoteUntrusted } from "./lines.ts";
import { mailText, reportText } from "./mail.ts";

/** What was stored, or that it was there, and which message of ours it answers. */
export const addDocumentText = ({ document, note, in_reply_to, report }: AddDocumentAnswer): string =>
  linesOf(
    note,
    note === undefined ? storedText(document) : `It is the ${documentLine(document)}.`,
    hiddenText(document),
    mailText(document),
    in_reply_to && `It answers message ${in_reply_to}.`,
    report && reportText(report),
  );

/** That a document was stored, and what was kept out of it. */
export const storedDocumentText = (document: DocumentAnswer): string =>
  linesOf(storedText(document), hiddenText(document), mailText(document));

const storedText = (document: DocumentAnswer): string => `Stored the ${documentLine(document)}.`;

/** `resume, cv.pdf (1200 characters on 2 pages, 0 hidden ones kept out)`. */
export function documentLine({
  kind,
  name,
  chars,
  pages,
  hidden_text_removed: removed,
}: Omit<DocumentAnswer, "id">): string {
  const size = `${pluralize(chars, "character")}${pages === undefined ? "" : ` on ${pluralize(pages, "page")}`}`;
  return `${kind}, ${name} (${size}, ${pluralize(removed, "hidden one")} kept out)`;
}

/** What the file held that no person would see; empty where there was none. */
export const hiddenText = ({ hidden_text }: Pick<DocumentAnswer, "hidden_text">): string =>
  linesOf(
    hidden_text && "Nobody would see this in the file; it is not assessed:",
    hidden_text && quoteUntrusted(hidden_text),
  );
