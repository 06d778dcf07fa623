import { htmlOf } from "../domain/outreach/html.ts";

/** A message to send. It has one sender and one recipient, and no other addresses. */
export type Mail = {
  readonly messageId: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string | null;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly date: Date;
  /** How to opt out of further messages. Set for a message that the candidate did not ask for. */
  readonly unsubscribe: Unsubscribe | null;
  /** An iCalendar file. Set for a message about an interview. */
  readonly invite: { readonly method: "REQUEST" | "CANCEL"; readonly content: string } | null;
};

/** Where an opt-out can be sent: always a mailbox, and a web page if the team has one. */
export type Unsubscribe = { readonly mailto: string; readonly url: string | null };

/**
 * Composes a message as MIME (RFC 5322): plain text, and HTML made from it. Every address is passed as an object,
 * because the library would read a string as a list of addresses.
 */
export async function composeMail(mail: Mail): Promise<Buffer> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const headers = mail.unsubscribe === null ? {} : unsubscribeHeaders(mail.unsubscribe);
  const composer = new MailComposer({
    messageId: mail.messageId,
    date: mail.date,
    from: mail.from,
    to: { name: "", address: mail.to },
    ...(mail.replyTo === null ? {} : { replyTo: { name: mail.from.name, address: mail.replyTo } }),
    subject: mail.subject,
    text: mail.body,
    html: htmlOf(mail.body),
    headers,
    ...(mail.invite === null ? {} : { icalEvent: { ...mail.invite, filename: "invite.ics" } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** How to opt out: by mail, or on a page whose address holds the message's id but no e-mail address. */
export function unsubscribeLinks(message: string, mailto: string, page: string | undefined): Unsubscribe {
  if (page === undefined) return { mailto, url: null };
  const url = new URL(page);
  url.searchParams.set("m", message);
  return { mailto, url: url.href };
}

/** One-click opt-out (RFC 8058) is offered only if the team has a page for it. */
function unsubscribeHeaders({ mailto, url }: Unsubscribe): Record<string, string> {
  const byMail = `<mailto:${mailto}?subject=unsubscribe>`;
  if (url === null) return { "List-Unsubscribe": byMail };
  return {
    "List-Unsubscribe": `<${url}>, ${byMail}`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

/** A link that opens a message in the member's own mail program, with address and subject; the words are pasted into it. */
export const mailtoLink = ({ to, subject }: Pick<Mail, "to" | "subject">): string =>
  `mailto:${encodeURIComponent(to).replace("%40", "@")}?subject=${encodeURIComponent(subject)}`;
