import { isUnsolicited } from "../../domain/outreach/outbox.ts";
import { type Mail, unsubscribeLinks } from "../../mail/compose.ts";
import type { MessageRow } from "../../store/outreach/messages.ts";
import type { Sender } from "./sender.ts";

type Leaving = Pick<Mail, "messageId" | "date" | "invite"> & {
  /** The team's web page for opting out with one click. */
  readonly unsubscribeUrl: string | undefined;
};

/** A stored message as mail. If the candidate did not ask for it, it says how to opt out. */
export const mailOf = (
  { id, recipient, subject, body, purpose }: MessageRow,
  { name, address, replyTo }: Sender,
  { unsubscribeUrl, ...leaving }: Leaving,
): Mail => ({
  ...leaving,
  from: { name, address },
  replyTo,
  to: recipient,
  subject,
  body,
  unsubscribe: isUnsolicited(purpose) ? unsubscribeLinks(id, replyTo ?? address, unsubscribeUrl) : null,
});
