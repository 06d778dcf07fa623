import type { MessageFinding } from "../../domain/message-check/check.ts";
import type { InterviewFacts } from "../../domain/outreach/facts.ts";
import type { MessageStatus, OutboxState } from "../../domain/outreach/outbox.ts";
import type { SendResult } from "../../domain/outreach/send-plan.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import type { Pending } from "../confirmations.ts";
import type { LoadedMessage } from "./load-message.ts";
import { type MailSettings, type Sender, senderFor } from "./sender.ts";

/** The state of a message on its way. */
export type Delivery = {
  readonly state: MessageStatus | OutboxState;
  /** When it will be sent. It can be cancelled before that. */
  readonly send_at?: string;
  /** Seconds between confirmation and sending. Absent when it is sent at once. */
  readonly delay_seconds?: number;
  readonly finished_at?: string;
  readonly message_id?: string;
  readonly attempts?: number;
  readonly outcome?: string;
  /** The whole message as a file, where there is no mail server and somebody asked for it. */
  readonly eml?: string;
  /** A link that opens an empty message to the candidate, with its subject. */
  readonly mailto?: string;
};

/** A message that was sent or will be. */
type MessageView = {
  readonly id: string;
  readonly application: string;
  readonly from: string;
  /** The address for replies, if it is not the sender's. */
  readonly reply_to?: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly status: MessageStatus;
};

/** The result of a call about sending. `confirmation` is set when a person has to confirm first. */
export type Sent = {
  readonly result: SendResult;
  readonly message: MessageView;
  readonly delivery: Delivery;
  readonly findings: readonly MessageFinding[];
  /** The interview whose invitation is sent with the message. */
  readonly invitation?: InterviewFacts;
  readonly confirmation?: Pending & {
    /** Whom it is about, and the title of their role: a person agrees to names. */
    readonly about: { readonly name: string; readonly role: string };
  };
};

function messageView(current: LoadedMessage, sender: Sender): MessageView {
  const { message, ref } = current;
  const { id, recipient, subject, body, status } = message;
  const { name, address, replyTo } = sender;
  return {
    id,
    application: ref,
    from: `${name} <${address}>`,
    ...(replyTo === null ? {} : { reply_to: replyTo }),
    to: recipient,
    subject,
    body,
    status,
  };
}

/** The sender on record. Before the message is confirmed, the sender that it would have. */
function recordedSender({ outbox, drafter }: LoadedMessage, { from }: Pick<MailSettings, "from">): Sender {
  return outbox
    ? { name: outbox.fromName, address: outbox.fromAddress, replyTo: outbox.replyTo }
    : senderFor(drafter, from);
}

/** The delivery state of a message that waits for a person's confirmation. */
export const deliverySoFar = ({ message, outbox }: LoadedMessage): Delivery => ({
  state: message.status,
  ...(outbox?.outcome ? { outcome: outbox.outcome } : {}),
});

function deliveryOf({ message, outbox }: LoadedMessage): Delivery {
  if (!outbox) return { state: message.status };
  const { state, sendAt, finishedAt, messageId, attempts, outcome } = outbox;
  return {
    state,
    send_at: sendAt.toISOString(),
    ...(finishedAt === null ? {} : { finished_at: finishedAt.toISOString() }),
    message_id: messageId,
    attempts,
    ...(outcome === null ? {} : { outcome }),
  };
}

type Change = Pick<Sent, "result"> &
  Partial<Omit<Sent, "message">> & {
    /** The message's new status, if this call changed it. */
    readonly status?: MessageStatus;
    /** The sender that it will have. By default, the one on record. */
    readonly sender?: Sender;
  };

/** The result of a call: the message and its delivery as loaded, with the changes made by the call. */
export function sentOf(
  current: LoadedMessage,
  mail: Pick<MailSettings, "from">,
  { status = current.message.status, sender = recordedSender(current, mail), ...change }: Change,
): Sent {
  return {
    message: { ...messageView(current, sender), status },
    delivery: deliveryOf(current),
    findings: [],
    ...change,
  };
}

/** Whom a message is about, by name. */
export const aboutOf = ({ candidate, role }: ApplicationRecord) => ({
  name: candidate.name,
  role: role.title,
});
