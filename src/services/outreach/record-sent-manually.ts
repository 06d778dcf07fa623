import { BY_HAND, messageIdOf } from "../../domain/outreach/outbox.ts";
import { saveMessageStatus } from "../../store/outreach/messages.ts";
import { enqueue } from "../../store/outreach/outbox.ts";
import type { Db } from "../../store/store.ts";
import { askToConfirm, spendConfirmation } from "../confirmations.ts";
import type { Session } from "../session.ts";
import { deliveryOf, type MailSettings, type MessageRecord, type Sent, viewOf } from "./message-views.ts";

type ByHand = {
  readonly current: MessageRecord;
  readonly settings: MailSettings;
  readonly input: { readonly confirm?: string | undefined };
};

/**
 * Puts on record that a person sent a message themselves, once they have said so; nothing is sent. It is not held
 * against the checks: it has happened. What was unclear or had failed can be settled so as well.
 */
export async function recordSentManually(
  tx: Db,
  session: Session,
  { current, settings, input }: ByHand,
): Promise<Sent> {
  const { message, drafter } = current;
  const { workspaceId, member, now } = session;
  const asked = { message: message.id, sent_by_hand: true };
  const view = { message: viewOf(current, settings), findings: [] };
  if (input.confirm === undefined) {
    const confirmation = { ...(await askToConfirm(session, tx, asked)), summary: summaryOf(current) };
    return { ...view, delivery: deliveryOf(current), confirmation };
  }
  await spendConfirmation(session, tx, asked, input.confirm);
  const fromAddress = settings.from ?? drafter.email;
  // The same Message-ID as in the text that was handed over, so that an answer to it is filed under it.
  const messageId = messageIdOf(message.id, fromAddress);
  await enqueue(tx, {
    ...{ workspaceId, id: message.id, state: "sent", sendAt: now, messageId },
    ...{ fromName: drafter.name, fromAddress, replyTo: null, approvedBy: member.id, approvedAt: now },
    ...{ outcome: BY_HAND, finishedAt: now },
  });
  await saveMessageStatus(tx, workspaceId, message.id, "sent");
  const said = { message: message.id, message_id: messageId };
  await session.record(tx, message.applicationId, "message.by_hand", said);
  return {
    message: { ...view.message, status: "sent" },
    findings: [],
    delivery: { state: "sent", message_id: messageId, outcome: BY_HAND },
    note: "Recorded; nothing was sent now.",
  };
}

function summaryOf({ message, outbox }: MessageRecord): string {
  const before = outbox?.outcome ? `So far on record: ${outbox.outcome}\n\n` : "";
  return [
    `${before}Record that a person has sent this message themselves? Nothing is sent now, and it never will be.`,
    "",
    `To: ${message.recipient}`,
    `Subject: ${message.subject}`,
    "",
    message.body.trimEnd(),
  ].join("\n");
}
