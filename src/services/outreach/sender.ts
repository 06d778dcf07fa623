import { DomainError } from "../../domain/errors.ts";
import { isSafeEmailAddress } from "../../domain/outreach/address.ts";
import type { LoadedMessage } from "./load-message.ts";

export type MailSettings = {
  /** Whether there is a mail server. */
  readonly canSend: boolean;
  /** The address that messages are sent from. By default, the member's own. */
  readonly from: string | undefined;
  /** Seconds between confirmation and sending, in which a message can be cancelled. */
  readonly delay: number;
  /** The team's web page for opting out with one click. */
  readonly unsubscribeUrl: string | undefined;
  /** Called when a message will be due, so that the dispatcher wakes up in time. */
  readonly due: (at: Date) => void;
};

export type Sender = { readonly name: string; readonly address: string; readonly replyTo: string | null };

/** The sender of a message: the drafter's name, the team's address, and replies to the drafter. */
export function senderFor(drafter: LoadedMessage["drafter"], from: string | undefined): Sender {
  const address = from ?? drafter.email;
  const replyTo = drafter.email !== address && isSafeEmailAddress(drafter.email) ? drafter.email : null;
  return { name: drafter.name, address, replyTo };
}

/** @throws DomainError `precondition_failed` when the sender's address cannot be used for mail. */
export function requireSender({ drafter }: LoadedMessage, { from }: Pick<MailSettings, "from">): Sender {
  const sender = senderFor(drafter, from);
  if (isSafeEmailAddress(sender.address)) return sender;
  const whose = from === undefined ? `${drafter.email}, whose draft it is,` : "GREENFLAG_MAIL_FROM";
  throw new DomainError(
    "precondition_failed",
    `${whose} is no address that mail can come from.`,
    "Set GREENFLAG_MAIL_FROM to one.",
  );
}
