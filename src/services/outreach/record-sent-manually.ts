import { messageIdOf, OUTCOME } from "../../domain/outreach/outbox.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { saveMessageStatus } from "../../store/outreach/messages.ts";
import { enqueue } from "../../store/outreach/outbox.ts";
import type { Db } from "../../store/store.ts";
import { askToConfirm, spendConfirmation } from "../confirmations.ts";
import type { Session } from "../session.ts";
import type { LoadedMessage } from "./load-message.ts";
import { type MailSettings, senderFor } from "./sender.ts";
import { aboutOf, deliverySoFar, type Sent, sentOf } from "./sent.ts";

type SentManually = {
  readonly current: LoadedMessage;
  readonly application: ApplicationRecord;
  readonly mail: MailSettings;
  /** The code by which a person confirmed. Without it, they are asked. */
  readonly code: string | undefined;
};

/**
 * Records that a person sent a message by hand, after they confirmed that. Nothing is sent. The message is not checked,
 * because it has already been sent. A message whose result is unknown or failed can be settled in this way too.
 */
export async function recordSentManually(
  tx: Db,
  session: Session,
  { current, application, mail, code }: SentManually,
): Promise<Sent> {
  const { message, drafter } = current;
  const { workspaceId, member, now } = session;
  const args = { message: message.id, sent_by_hand: true };
  const sender = { ...senderFor(drafter, mail.from), replyTo: null };
  if (code === undefined)
    return sentOf(current, mail, {
      result: "asks_to_record",
      sender,
      delivery: deliverySoFar(current),
      confirmation: { ...(await askToConfirm(session, tx, args)), about: aboutOf(application) },
    });
  await spendConfirmation(session, tx, args, code);
  // The same Message-ID as in the text given for sending by hand, so that a reply is filed under this message.
  const messageId = messageIdOf(message.id, sender.address);
  await enqueue(tx, {
    workspaceId,
    id: message.id,
    state: "sent",
    sendAt: now,
    messageId,
    fromName: sender.name,
    fromAddress: sender.address,
    replyTo: sender.replyTo,
    approvedBy: member.id,
    approvedAt: now,
    outcome: OUTCOME.sentManually,
    finishedAt: now,
  });
  await saveMessageStatus(tx, workspaceId, message.id, "sent");
  await session.record(tx, message.applicationId, "message.by_hand", {
    message: message.id,
    message_id: messageId,
  });
  return sentOf(current, mail, {
    result: "recorded",
    status: "sent",
    sender,
    delivery: {
      state: "sent",
      finished_at: now.toISOString(),
      message_id: messageId,
      outcome: OUTCOME.sentManually,
    },
  });
}
