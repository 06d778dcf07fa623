import { DomainError } from "../../domain/errors.ts";
import type { MessageFinding } from "../../domain/message-check/check.ts";
import { isSafeEmailAddress } from "../../domain/outreach/address.ts";
import type { InterviewFacts } from "../../domain/outreach/facts.ts";
import { isUnsolicited, messageIdOf } from "../../domain/outreach/outbox.ts";
import { pluralize } from "../../domain/pluralize.ts";
import { composeMail, type Mail, mailtoLink, unsubscribeLinks } from "../../mail/compose.ts";
import type { Pending } from "../confirmations.ts";
import type { loadMessage } from "./load-message.ts";

export type MailSettings = {
  /** Whether there is a server to hand messages to. */
  readonly canSend: boolean;
  /** The address that messages come from; without one, the member's own. */
  readonly from: string | undefined;
  /** Seconds between a person's word and the message leaving, in which it can be cancelled. */
  readonly delay: number;
  /** A page of the team's that takes an opt-out with one click. */
  readonly unsubscribeUrl: string | undefined;
  /** Called when a message will be due, so that nobody has to look. */
  readonly due: (at: Date) => void;
};

export type Delivery = {
  readonly state: string;
  /** When it leaves; until then it can be cancelled. */
  readonly send_at?: string;
  readonly message_id?: string;
  readonly attempts?: number;
  readonly outcome?: string;
  /** The whole message for sending it by hand, where there is no mail server. */
  readonly eml?: string;
  readonly mailto?: string;
};
export type Sent = {
  readonly message: {
    id: string;
    application: string;
    from: string;
    to: string;
    subject: string;
    body: string;
    status: string;
  };
  readonly delivery: Delivery;
  readonly findings: readonly MessageFinding[];
  readonly note?: string;
  readonly confirmation?: Pending & { readonly summary: string };
};

export type MessageRecord = Awaited<ReturnType<typeof loadMessage>>;

/** The message for a person to send, where there is no server: as text to save, and as a link. */
export async function manualDelivery(
  current: MessageRecord,
  settings: MailSettings,
  {
    findings,
    now,
    invite,
  }: { readonly findings: readonly MessageFinding[]; readonly now: Date; readonly invite: Mail["invite"] },
): Promise<Sent> {
  const { message } = current;
  const from = senderOf(current, settings);
  const mail: Mail = {
    messageId: messageIdOf(message.id, from.address),
    from,
    replyTo: from.replyTo,
    to: message.recipient,
    subject: message.subject,
    body: message.body,
    date: now,
    unsubscribe: isUnsolicited(message.purpose)
      ? unsubscribeLinks(message.id, from.replyTo ?? from.address, settings.unsubscribeUrl)
      : null,
    invite,
  };
  return {
    message: viewOf(current, settings),
    findings,
    delivery: { state: "draft", eml: (await composeMail(mail)).toString("utf8"), mailto: mailtoLink(mail) },
    note: "No mail server is set up (SMTP_URL), so nothing was sent. Open the link, or the text saved as a file ending in .eml; once it is sent, send_message with sent_by_hand: true puts that on record.",
  };
}

/** Who it comes from: signed by whoever drafted it, from the team's address, answered to the drafter. */
export function senderOf({ drafter }: MessageRecord, { from }: Pick<MailSettings, "from">) {
  const address = from ?? drafter.email;
  if (!isSafeEmailAddress(address)) {
    const whose = from === undefined ? `${drafter.email}, whose draft it is,` : "GREENFLAG_MAIL_FROM";
    throw new DomainError(
      "precondition_failed",
      `${whose} is no address that mail can come from.`,
      "Set GREENFLAG_MAIL_FROM to one.",
    );
  }
  const replyTo = drafter.email !== address && isSafeEmailAddress(drafter.email) ? drafter.email : null;
  return { name: drafter.name, address, replyTo };
}

/** The message as it will leave, or left. */
export function viewOf(current: MessageRecord, mail: Pick<MailSettings, "from">): Sent["message"] {
  const { message, outbox, drafter, ref } = current;
  const { id, recipient, subject, body, status } = message;
  const from = outbox?.fromAddress ?? mail.from ?? drafter.email;
  return { id, application: ref, from: `${drafter.name} <${from}>`, to: recipient, subject, body, status };
}

/** Where it is on its way. */
export function deliveryOf({ message, outbox }: MessageRecord): Delivery {
  if (!outbox) return { state: message.status };
  return {
    state: outbox.state,
    send_at: outbox.sendAt.toISOString(),
    message_id: outbox.messageId,
    attempts: outbox.attempts,
    ...(outbox.outcome === null ? {} : { outcome: outbox.outcome }),
  };
}

/** Exactly what leaves, for a person to read before they agree. */
export function summaryOf(
  { message, outbox }: MessageRecord,
  from: { readonly name: string; readonly address: string; readonly replyTo: string | null },
  delay: number,
  findings: readonly MessageFinding[],
  interview: InterviewFacts | null,
): string {
  const again =
    message.status === "unknown"
      ? `SEND AGAIN? ${outbox?.outcome ?? ""} The recipient may get it twice.\n\n`
      : "";
  const window =
    delay > 0
      ? ` It leaves ${pluralize(delay, "second")} after you agree, and can be cancelled until then.`
      : "";
  return [
    `${again}Send this message to one person?${window}`,
    "",
    `From: ${from.name} <${from.address}>`,
    ...(from.replyTo === null ? [] : [`Reply-To: ${from.replyTo}`]),
    `To: ${message.recipient}`,
    `Subject: ${message.subject}`,
    ...(interview ? [`With an invitation for the calendar: ${interview.round}, ${interview.when}`] : []),
    "",
    message.body.trimEnd(),
    ...findings.map(
      ({ severity, rule, quote, why }) => `\n${severity} ${rule}${quote ? ` (${quote})` : ""}: ${why}`,
    ),
  ].join("\n");
}
