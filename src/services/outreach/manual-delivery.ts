import { messageIdOf } from "../../domain/outreach/outbox.ts";
import { composeMail, type Mail, mailtoLink } from "../../mail/compose.ts";
import type { LoadedMessage } from "./load-message.ts";
import { mailOf } from "./message-as-mail.ts";
import type { MailSettings, Sender } from "./sender.ts";
import type { Delivery } from "./sent.ts";

/** The message in two forms for sending it by hand, where there is no server: as a file to save, and as a link. */
export async function manualDelivery(
  { message }: LoadedMessage,
  sender: Sender,
  { unsubscribeUrl }: MailSettings,
  { now, invite }: { readonly now: Date; readonly invite: Mail["invite"] },
): Promise<Delivery> {
  const messageId = messageIdOf(message.id, sender.address);
  const mail = mailOf(message, sender, { messageId, date: now, invite, unsubscribeUrl });
  return {
    state: message.status,
    eml: (await composeMail(mail)).toString("utf8"),
    mailto: mailtoLink(mail),
  };
}
