import { htmlOf } from "../domain/outreach/html.ts";

/** A message as it leaves: one sender, one recipient, nothing else that could be addressed. */
export type Mail = {
  readonly messageId: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string | null;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly date: Date;
  /** Ways out of all further messages, for one that nobody asked for. */
  readonly unsubscribe: Unsubscribe | null;
  /** An iCalendar file, for a message that invites to an interview. */
  readonly invite: { readonly method: "REQUEST" | "CANCEL"; readonly content: string } | null;
};

/** Where an opt-out is received: a mailbox always, a page only where the team has one. */
export type Unsubscribe = { readonly mailto: string; readonly url: string | null };

/**
 * A message in the form in which it travels and is kept (RFC 5322, MIME): plain text first, HTML made from it. Every
 * address is handed over as an object, since a string is read as a list.
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

/** How to unsubscribe: by mail, or on a page that is told which message it was, and no address. */
export function unsubscribeLinks(message: string, mailto: string, page: string | undefined): Unsubscribe {
  if (page === undefined) return { mailto, url: null };
  const url = new URL(page);
  url.searchParams.set("m", message);
  return { mailto, url: url.href };
}

/** One-click (RFC 8058) is promised only where there is a page that keeps the promise. */
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
