import type { HiddenWhy, TextWarning } from "../../domain/candidates/hidden.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { AddDocumentAnswer, DocumentAnswer, UpdateDocumentAnswer } from "../answers/document.ts";
import { callText, nextCall } from "../next-call.ts";
import { whyStale } from "./fields/assessment.ts";
import { linesOf, quoteUntrusted } from "./lines.ts";
import { mailText, reportText } from "./mail.ts";
import { uploadText } from "./upload.ts";

/** What was stored, or that it was there, and which message of ours it answers; or where a file is handed over. */
export const addDocumentText = ({ document, upload, note, ...taken }: AddDocumentAnswer): string =>
  linesOf(
    upload && uploadText(upload),
    note,
    document && (note === undefined ? storedText(document) : `It is the ${documentLine(document)}.`),
    document && aboutTextOf(document),
    document && mailText(document),
    takenText(taken),
  );

/** What was changed, what follows from it, and which assessments are stale. */
export function updateDocumentText(answer: UpdateDocumentAnswer): string {
  const { document, moved, removed, replaced, waits_again, stale, note, ...taken } = answer;
  const { id, kind, name, chars } = document;
  const whole = kind !== undefined && name !== undefined && chars !== undefined;
  const line = whole
    ? documentLine({ ...document, kind, name, chars })
    : [kind, name].filter(Boolean).join(", ");
  return linesOf(
    note,
    moved && `Moved from ${moved.from} to ${moved.to}.`,
    removed && `Removed, content and quotes: ${line || id}. That it was, and why, stays on record.`,
    replaced !== undefined && `It takes the place of document ${replaced}, whose content is gone.`,
    !removed && line !== "" && `It is the ${line}, document ${id}.`,
    !removed && whole && aboutTextOf({ ...document, kind, name, chars }),
    !removed && mailText(document),
    takenText(taken),
    waits_again && `Nothing is handed in at ${waits_again} any more: its exercise waits again.`,
    ...stale.map(
      ({ application, why }) =>
        `The assessment of ${application} is stale: ${whyStale({ stale_why: why })}. ` +
        `${callText(nextCall({ act: "assess", application }))} assesses anew.`,
    ),
  );
}

type Taken = Pick<AddDocumentAnswer, "in_reply_to" | "report" | "handed_in">;

const takenText = ({ in_reply_to, report, handed_in }: Taken): string =>
  linesOf(
    in_reply_to && `It answers message ${in_reply_to}.`,
    report && reportText(report),
    handed_in &&
      `It is handed in for ${handed_in.exercise}: ${receiptText(handed_in)} (due ${handed_in.due}).`,
    handed_in === null && NOT_HANDED_IN,
  );

const NOT_HANDED_IN =
  "It is kept and counts as no submission: no exercise was given that is handed in as a document (assign_exercise gives one).";

/** `received 2026-12-03T09:00:00.000Z, 2 days after the due day`. */
export function receiptText({ at, days_after_due: late }: Receipt): string {
  return `received ${at}${late === undefined ? "" : `, ${pluralize(late, "day")} after the due day`}`;
}
type Receipt = { readonly at: string; readonly days_after_due?: number | undefined };

/** That a document was stored, and what was kept out of it. */
export const storedDocumentText = (document: DocumentAnswer): string =>
  linesOf(storedText(document), aboutTextOf(document), mailText(document));

const storedText = (document: DocumentAnswer): string => `Stored the ${documentLine(document)}.`;

/** A document as far as its text tells of it. */
type Described = Omit<DocumentAnswer, "id" | "hidden_text_removed"> & {
  readonly hidden_text_removed?: number | undefined;
};

/** `resume, cv.pdf (1200 characters on 2 pages, 12 signs without a letter (icons))`. */
export function documentLine(document: Described): string {
  const { kind, name, chars, pages, link, hidden_text_removed: hidden = 0 } = document;
  const { signs_without_letter: signs, markup_removed: markup } = document;
  const facts = [
    `${pluralize(chars, "character")}${pages === undefined ? "" : ` on ${pluralize(pages, "page")}`}`,
    link !== undefined && `a link that nobody opened: ${link}`,
    hidden > 0 && `${pluralize(hidden, "invisible character")} kept out`,
    signs !== undefined && `${pluralize(signs, "sign")} without a letter (icons)`,
    markup !== undefined && `${pluralize(markup, "character")} of markup taken out`,
  ];
  return `${kind}, ${name} (${facts.filter((fact) => fact !== false).join(", ")})`;
}

const WHY: Readonly<Record<HiddenWhy, string>> = {
  colour: "in the colour of what is behind it",
  transparent: "transparent",
  invisible_mode: "drawn invisibly",
  clipped: "cut off",
  covered: "covered",
  layer_off: "in a layer that is off",
  off_page: "off the page",
  tiny: "too small to read",
  marked_hidden: "marked as hidden",
  deleted: "deleted",
};

const WARNING: Readonly<Record<TextWarning, string>> = {
  garbled: "This text may be unreadable: its letters look garbled.",
  no_spaces: "This text may be unreadable: it has no spaces between its words.",
  letter_spaced: "This text may be unreadable: blanks stand between its letters.",
  over_picture: "Some words stand over a picture; whether a person can see them is not known.",
  recognised_scan: "The pages are a scan. Their text was recognised by a program, which makes mistakes.",
  part_unread: "Another document is embedded in this file. It was not read.",
};

/** What is doubtful about a document's text, and what the file held that no person would see; empty where all is well. */
export const aboutTextOf = ({ hidden_text: hidden, own_words, warnings = [] }: Described): string =>
  linesOf(
    own_words === false && "Not the candidate's own words, as somebody said: no evidence.",
    ...warnings.map(warningText),
    hidden &&
      `${pluralize(hidden.lines, "line")} that nobody would see in the file${hiddenReasonsText(hidden.why)}, not assessed:`,
    hidden && quoteUntrusted(hidden),
  );

/** What is doubtful about a text, as a sentence. */
export const warningText = (warning: TextWarning): string => WARNING[warning];

/** ` (off the page; transparent)`; empty where no reason is known. */
export const hiddenReasonsText = (why: readonly HiddenWhy[]): string =>
  why.length === 0 ? "" : ` (${why.map((reason) => WHY[reason]).join("; ")})`;
