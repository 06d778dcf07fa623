import * as z from "zod";

/** A file that came with a mail. */
export const Attachment = z.object({ name: z.string(), type: z.string(), bytes: z.number() });
export type Attachment = z.infer<typeof Attachment>;

/** What the headers and parts of a mail say beside its words. */
export const MailFacts = z.object({
  messageId: z.string().nullable(),
  /** Message-IDs that it answers, the nearest first. */
  answers: z.array(z.string()),
  /** Every Message-ID that stands anywhere in it: a delivery report names the mail that it is about. */
  named: z.array(z.string()),
  /** A header says that a program wrote it (RFC 3834 and its forerunners). */
  automatic: z.boolean(),
  /** What a delivery report says (RFC 3464); `null` in fields that it leaves out. */
  report: z.object({ action: z.string().nullable(), status: z.string().nullable() }).nullable(),
  /** What a calendar's answer to an invitation says (RFC 5546). */
  calendar: z.object({ answer: z.string().nullable() }).nullable(),
  attachments: z.array(Attachment),
});
export type MailFacts = z.infer<typeof MailFacts>;

export const NO_FACTS: MailFacts = {
  messageId: null,
  answers: [],
  named: [],
  automatic: false,
  report: null,
  calendar: null,
  attachments: [],
};

const MAX_NAMED = 50;
const MESSAGE_ID = /<[^<>\s@]{1,200}@[^<>\s@]{1,200}>/g;

/** What the headers of a mail say of it, without its parts. Of its body only the Message-IDs in it are looked at. */
export function factsOfHeaders(whole: string): MailFacts {
  const head = whole.replace(/^\s*(?:From [^\n]*\n)?/, "").split(/\r?\n\r?\n/, 1)[0] ?? "";
  const headers = head.replace(/\r?\n[ \t]+/g, " ");
  const headerValue = (name: string) => new RegExp(`^${name}:(.*)$`, "im").exec(headers)?.[1]?.trim() ?? "";
  const idsIn = (value: string): string[] => value.match(MESSAGE_ID) ?? [];
  const references = idsIn(headerValue("references")).reverse();
  const [messageId = null] = idsIn(headerValue("message-id"));
  return {
    ...NO_FACTS,
    messageId,
    answers: [...new Set([...idsIn(headerValue("in-reply-to")), ...references])].slice(0, MAX_NAMED),
    named: [...new Set(idsIn(whole))].slice(0, MAX_NAMED),
    automatic: isAutomatic(headerValue),
    report: /report-type=["']?delivery-status/i.test(headerValue("content-type"))
      ? { action: null, status: null }
      : null,
  };
}

/** RFC 3834, and what programs wrote before it. A mailing list's `Precedence: list` is a person's mail. */
const isAutomatic = (headerValue: (header: string) => string): boolean =>
  /^auto-/i.test(headerValue("auto-submitted")) ||
  // Receipts and complaints; a report of delivery is told by itself.
  /^multipart\/report\b/i.test(headerValue("content-type")) ||
  /^(?:auto_reply|bulk|junk)\b/i.test(headerValue("precedence")) ||
  headerValue("x-autoreply") !== "" ||
  headerValue("x-autorespond") !== "" ||
  headerValue("x-ms-exchange-inbox-rules-loop") !== "";

/** The fields of a report of RFC 3464 for its first recipient. */
export function reportIn(fields: string): NonNullable<MailFacts["report"]> {
  const headerValue = (name: string) =>
    new RegExp(`^${name}:[ \\t]*([^\\s;]+)`, "im").exec(fields)?.[1]?.toLowerCase() ?? null;
  return { action: headerValue("action"), status: headerValue("status") };
}

const ANSWERING = new Set(["REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"]);

/** What the first attendee of a calendar part answers. Null where the part is no answer, but an invitation, say. */
export function calendarIn(part: string): MailFacts["calendar"] {
  const text = part.replace(/\r?\n[ \t]/g, "");
  const method = /^METHOD:\s*([A-Z]+)/im.exec(text)?.[1]?.toUpperCase();
  if (method === undefined || !ANSWERING.has(method)) return null;
  const answer = /^ATTENDEE[^\n]*?PARTSTAT=([A-Z-]+)/im.exec(text)?.[1]?.toLowerCase() ?? null;
  return { answer };
}
