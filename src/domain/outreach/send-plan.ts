import * as z from "zod";
import { DomainError } from "../errors.ts";
import type { MessageFinding } from "../message-check/check.ts";
import type { MessageTemplate, Purpose } from "../roles/role-template.ts";
import { isSafeEmailAddress } from "./address.ts";
import { type Confirmed, type MessageStatus, type OutboxState, requireUnderCaps } from "./outbox.ts";
import { messageFor, type Standing } from "./purpose.ts";

/** The result of a call about sending. */
export const SendResult = z.enum([
  "asks_to_send",
  "asks_to_record",
  "to_send_manually",
  "confirmed",
  "already_confirmed",
  "already_sent",
  "recorded",
  "already_told",
  "cancelled",
  "already_cancelled",
]);
export type SendResult = z.infer<typeof SendResult>;

type Stored = { readonly ref: string; readonly purpose: Purpose; readonly status: MessageStatus };

/**
 * The result when earlier calls left nothing to do about a message. Undefined while it can still be sent.
 * @throws DomainError `conflict` for a message that can never be sent.
 */
export function settledBefore({ ref, purpose, status }: Stored): SendResult | undefined {
  if (status === "sent") return "already_sent";
  if (status === "approved") return "already_confirmed";
  if (status !== "discarded" && status !== "cancelled") return undefined;
  throw new DomainError("conflict", `message: it was ${status}, and is not sent.`, {
    do: "draft_again",
    application: ref,
    purpose,
  });
}

/** A message that a member wants to send, with the facts on record now. */
export type ToSend = {
  readonly ref: string;
  readonly purpose: Purpose;
  /** The address that the message was drafted to. */
  readonly draftedTo: string;
  /** The candidate's address now. Null where none is on record. */
  readonly address: string | null;
  /** Whether the address is on the list of those that are not written to. */
  readonly optedOut: boolean;
  /** Whether the record says that they are not written to. */
  readonly doNotContact: boolean;
  /** Fields of the record whose earlier value the draft carries. */
  readonly outdated: readonly string[];
  readonly standing: Standing;
  readonly messages: readonly MessageTemplate[];
  readonly findings: readonly MessageFinding[];
};

/**
 * Facts for sending by mail server: the delay of a confirmed message, and how many messages this member has confirmed.
 */
export type Sending = { readonly delaySeconds: number; readonly confirmed: Confirmed };

/** The next step of sending: a person sends the message by hand, a person is asked to confirm, or it is queued. */
export type SendPlan =
  | { readonly step: "send_manually" }
  | { readonly step: "ask" }
  | { readonly step: "queue"; readonly sendAt: Date; readonly code: string };

/**
 * Plans the next step for a message that a member wants to send.
 * @param sending null where there is no mail server
 * @param code the code by which a person agreed; undefined before anybody was asked
 * @throws DomainError naming the obstacle.
 */
export function planSend(
  toSend: ToSend,
  sending: Sending | null,
  { code, now }: { readonly code: string | undefined; readonly now: Date },
): SendPlan {
  requireRecipient(toSend);
  messageFor(toSend.purpose, toSend.standing, toSend.messages);
  requireUpToDate(toSend);
  requireNoErrors(toSend);
  if (sending === null) return { step: "send_manually" };
  requireUnderCaps(sending.confirmed);
  if (code === undefined) return { step: "ask" };
  return { step: "queue", sendAt: new Date(now.getTime() + sending.delaySeconds * 1000), code };
}

function requireRecipient({ ref, purpose, draftedTo, address, ...toSend }: ToSend): void {
  const { optedOut, doNotContact } = toSend;
  if (address === null)
    throw new DomainError("precondition_failed", `${ref} has no e-mail address on record.`, {
      do: "put_email_on_record",
      application: ref,
    });
  if (draftedTo !== address || !isSafeEmailAddress(address))
    throw new DomainError(
      "conflict",
      `message: it was drafted to an address that is not the one on record for ${ref} now, or no address that mail can safely go to.`,
      { do: "draft_again", application: ref, purpose },
    );
  if (doNotContact)
    throw new DomainError("precondition_failed", `${ref} is not to be written to. Nothing was sent.`, {
      do: "lift_do_not_contact",
      application: ref,
    });
  if (optedOut)
    throw new DomainError(
      "precondition_failed",
      `${ref} asked not to be written to. Nothing was sent.`,
      "greenflag suppress --list shows the list; only a person at the terminal changes it.",
    );
}

function requireUpToDate({ ref, purpose, outdated }: ToSend): void {
  if (outdated.length > 0)
    throw new DomainError(
      "conflict",
      `message: the record has changed since it was drafted (${outdated.join(", ")}). Nothing was sent.`,
      { do: "draft_again", application: ref, purpose },
    );
}

function requireNoErrors({ ref, purpose, findings }: ToSend): void {
  const errors = findings.filter((finding) => finding.severity === "error");
  if (errors.length === 0) return;
  const what = errors.map(({ rule, quote, why }) => `${rule}${quote ? ` (${quote})` : ""}: ${why}`);
  const fixes = new Set(errors.flatMap(({ fix }) => (fix === undefined ? [] : [fix])));
  throw new DomainError(
    "precondition_failed",
    `The draft has errors, so nothing was sent. ${what.join(" ")}`,
    { do: "fix_draft", application: ref, purpose, fixes: [...fixes] },
  );
}

/**
 * Whether a message is cancelled by this call or was cancelled before.
 * @throws DomainError `conflict` for a message that is not waiting to be sent.
 */
export function planCancel(
  status: MessageStatus,
  state: OutboxState | undefined,
): "cancelled" | "already_cancelled" {
  if (status === "cancelled") return "already_cancelled";
  if (state === "waiting") return "cancelled";
  const why = state === "sending" ? "is being handed over just now" : `is ${status}`;
  throw new DomainError(
    "conflict",
    `cancel: the message ${why}.`,
    status === "draft"
      ? { do: "discard_draft" }
      : "What has left cannot be called back; write a further message if one is needed.",
  );
}
