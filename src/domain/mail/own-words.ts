import type { Document } from "../candidates/document.ts";
import { authorOf, type StoredMail, type Writers } from "./stored-mail.ts";

type Stored = Document & { readonly mail: StoredMail | null; readonly ownWords: boolean };

/**
 * Documents with what the candidate wrote: nothing of another's mail, nor the subject that a mail answers, nor of what
 * somebody said is not theirs.
 */
export function withOwnWords<D extends Stored>(documents: readonly D[], writers: Writers): D[] {
  return documents.map((document) => {
    const { mail, text, ownWords } = document;
    if (!ownWords) return { ...document, own: blank(text, 0, text.length) };
    if (mail === null) return document;
    if (!isCandidates(mail, writers)) return { ...document, own: blank(text, 0, text.length) };
    return mail.answered_subject ? { ...document, own: withoutAnsweredSubject(text, mail) } : document;
  });
}

/** A text in which the subject that a mail answers is blanked out. */
export function withoutAnsweredSubject(text: string, mail: StoredMail | null): string {
  const subject = mail?.answered_subject;
  return subject ? blank(text, subject.start, subject.end) : text;
}

/** Whether a mail is a letter of the candidate's. Who is on the team may have become known since it was stored. */
const isCandidates = (mail: StoredMail, writers: Writers): boolean =>
  mail.what === "letter" &&
  // Where nobody has said so and no sender is named, it stays what it was stored as; our own message, too.
  (mail.stated || mail.from === null || mail.author === "team"
    ? mail.author
    : authorOf(mail.from, writers)) === "candidate";

/** A part blanked out; every other word stands where it stood. */
const blank = (text: string, start: number, end: number): string =>
  text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end);
