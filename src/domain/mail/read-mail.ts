import type { Apart } from "../candidates/document.ts";
import { type MailFacts, NO_FACTS } from "./facts.ts";
import { subjectIs } from "./head.ts";
import { optOutIn } from "./opt-out.ts";
import { bareWords, type SplitMail, splitMail } from "./split.ts";
import { authorOf, type MailAuthor, mailKind, type StoredMail, type Writers } from "./stored-mail.ts";
import type { MailWords } from "./words.ts";

/** Who may write about an application, and the messages that we have sent about it. */
export type Correspondence = Writers & {
  readonly sent: readonly { readonly body: string; readonly messageId: string | null }[];
};

/** A mail as it is stored: its sender's own words, all others apart, and what it is. */
export type ReadMail = {
  readonly text: string;
  readonly apart: readonly Apart[];
  readonly mail: StoredMail;
};

/**
 * Reads a cleaned mail.
 * @param facts what its headers say; undefined for a text without headers, which is taken for what it was added as
 * @param author whose it is, where a person has said so
 */
export function readMail(
  whole: string,
  facts: MailFacts | undefined,
  {
    words,
    with: correspondence,
    author: stated,
  }: { readonly words: MailWords; readonly with: Correspondence; readonly author?: MailAuthor | undefined },
): ReadMail {
  const ours = correspondence.sent.map(({ body }) => bareWords(body));
  const split = splitMail(whole, words, ours.join("\n"));
  const { text, apart, from = null, answeredSubject } = split;
  const what = mailKind(split, facts ?? NO_FACTS, words, correspondence);
  const isOurs = isOwnMessage(whole, split, facts?.messageId ?? null, correspondence);
  const hidesSender = from === null && facts !== undefined;
  const bySender = isOurs ? "team" : hidesSender ? "unknown" : authorOf(from, correspondence);
  const author = stated ?? (what === "delivery_report" ? "other" : bySender);
  const isAsked = what === "letter" && (author === "candidate" || author === "unknown");
  const optOut = isAsked ? optOutOf(split, words) : undefined;
  return {
    text,
    apart,
    mail: {
      what,
      from,
      author,
      stated: stated !== undefined,
      ...(answeredSubject && { answered_subject: answeredSubject }),
      ...(facts && facts.attachments.length > 0 && { attachments: facts.attachments }),
      ...(facts?.calendar?.answer && { calendar_answer: facts.calendar.answer }),
      ...(optOut !== undefined && { opt_out: { quote: optOut, looked_at: null } }),
    },
  };
}

/** A message of ours is known by its Message-ID, or by having our words and none besides. */
function isOwnMessage(
  whole: string,
  split: SplitMail,
  messageId: string | null,
  { sent, ...writers }: Correspondence,
): boolean {
  if (messageId !== null && sent.some((message) => message.messageId === messageId)) return true;
  if (split.from !== undefined && authorOf(split.from, writers) === "candidate") return false;
  const bare = bareWords(whole);
  const lines = split.own.split("\n").map(bareWords);
  return sent.some(({ body }) => {
    const ours = bareWords(body);
    return ours !== "" && bare.includes(ours) && lines.every((line) => ours.includes(line));
  });
}

/** In their own words; a subject counts unless it is that of our message. */
function optOutOf({ own, subject }: SplitMail, words: MailWords): string | undefined {
  const isAnswer = subjectIs(subject, words.answers) || subjectIs(subject, words.forwards);
  return optOutIn(own, words) ?? (isAnswer ? undefined : optOutIn(subject, words));
}
