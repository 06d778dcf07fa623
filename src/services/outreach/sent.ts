import type { MessageFinding } from "../../domain/message-check/check.ts";
import type { InterviewFacts } from "../../domain/outreach/facts.ts";
import type { MessageStatus, OutboxState } from "../../domain/outreach/outbox.ts";
import type { SendResult } from "../../domain/outreach/send-plan.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import type { Pending } from "../confirmations.ts";
import type { LoadedMessage } from "./load-message.ts";
import { type MailSettings, type Sender, senderFor } from "./sender.ts";

/** Where a message is on its way. */
export type Delivery = {
  readonly state: MessageStatus | OutboxState;
  /** When it leaves; until then it can be cancelled. */
  readonly send_at?: string;
  /** Seconds between a person's word and the message leaving; without them it leaves at once. */
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

/** A message as it will leave, or left. */
type MessageView = {
  readonly id: string;
  readonly application: string;
  readonly from: string;
  /** Where answers go, when that is not where it comes from. */
  readonly reply_to?: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly status: MessageStatus;
};

/** What a call about sending came to, with `confirmation` where a person has to agree first. */
export type Sent = {
  readonly result: SendResult;
  readonly message: MessageView;
  readonly delivery: Delivery;
  readonly findings: readonly MessageFinding[];
  /** The interview whose invitation goes along. */
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

/** Who it came from once it was confirmed; before that, who it would come from. */
function recordedSender({ outbox, drafter }: LoadedMessage, { from }: Pick<MailSettings, "from">): Sender {
  return outbox
    ? { name: outbox.fromName, address: outbox.fromAddress, replyTo: outbox.replyTo }
    : senderFor(drafter, from);
}

/** How it stands with a message that a person is asked about. */
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
    /** The message's new status, where this call changed it. */
    readonly status?: MessageStatus;
    /** Who it is about to leave from; without it, as it is on record. */
    readonly sender?: Sender;
  };

/** What a call came to: the message and its delivery as they were loaded, but for what the call changed. */
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
