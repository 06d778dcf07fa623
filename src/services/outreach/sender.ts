import { DomainError } from "../../domain/errors.ts";
import { isSafeEmailAddress } from "../../domain/outreach/address.ts";
import type { LoadedMessage } from "./load-message.ts";

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

export type Sender = { readonly name: string; readonly address: string; readonly replyTo: string | null };

/** Who a message comes from: signed by whoever drafted it, from the team's address, answered to the drafter. */
export function senderFor(drafter: LoadedMessage["drafter"], from: string | undefined): Sender {
  const address = from ?? drafter.email;
  const replyTo = drafter.email !== address && isSafeEmailAddress(drafter.email) ? drafter.email : null;
  return { name: drafter.name, address, replyTo };
}

/** @throws DomainError `precondition_failed` when mail cannot come from the address it would come from. */
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
