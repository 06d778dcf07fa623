import { messageIdOf } from "../../domain/outreach/outbox.ts";
import { composeMail, type Mail, mailtoLink } from "../../mail/compose.ts";
import type { LoadedMessage } from "./load-message.ts";
import { mailOf } from "./message-as-mail.ts";
import type { MailSettings, Sender } from "./sender.ts";
import type { Delivery } from "./sent.ts";

/** The message for sending it by hand, where there is no mail server: as a link, and on request as a file to save. */
export async function manualDelivery(
  { message }: LoadedMessage,
  sender: Sender,
  { unsubscribeUrl }: MailSettings,
  { now, invite, asFile }: { readonly now: Date; readonly invite: Mail["invite"]; readonly asFile: boolean },
): Promise<Delivery> {
  const messageId = messageIdOf(message.id, sender.address);
  const mail = mailOf(message, sender, { messageId, date: now, invite, unsubscribeUrl });
  return {
    state: message.status,
    ...(asFile && { eml: (await composeMail(mail)).toString("utf8") }),
    mailto: mailtoLink(mail),
  };
}
