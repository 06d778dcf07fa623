import * as z from "zod";
import { DomainError } from "../errors.ts";

/**
 * The state of a message. Only a `draft` can be confirmed. A message that was sent, or may have been, never becomes a
 * draft again.
 */
export type MessageStatus = "draft" | "discarded" | "approved" | "sent" | "failed" | "unknown" | "cancelled";

/** How somebody is told without a message. */
export const Channel = z.enum(["phone", "in_person"]);
export type Channel = z.infer<typeof Channel>;

/** The state of a confirmed message: waiting to be sent, being handed over to a server, or finished. */
export type OutboxState = "waiting" | "sending" | "sent" | "failed" | "unknown" | "cancelled";

/**
 * The result of one attempt to hand a message to a mail server. `code` is the server's number; its text is never used.
 */
export type Handover =
  | { readonly kind: "sent" }
  /** The server refused the message for good. */
  | { readonly kind: "refused"; readonly at: Phase; readonly code: number | null }
  /** Nothing was handed over. Another attempt may succeed. */
  | { readonly kind: "not_now"; readonly at: Phase; readonly code: number | null }
  /** The text was being transferred when the connection was lost, or the answer was not clear. */
  | { readonly kind: "unclear"; readonly code: number | null };

export type Phase = "connect" | "tls" | "sign_in" | "sender" | "recipient" | "message";

const MINUTE = 60_000;
const AGAIN_AFTER = [5, 15, 60, 240].map((minutes) => minutes * MINUTE);

/** The new state of a message after an attempt to hand it over. */
export type AfterHandover = {
  readonly state: "waiting" | "sent" | "failed" | "unknown";
  /** A sentence for people: what happened, and what they can do. */
  readonly outcome: string;
  readonly again: Date | null;
};

/** The new state of a message after an attempt. It is tried again only when nothing was handed over. */
export function afterHandover(handover: Handover, attempts: number, now: Date): AfterHandover {
  const number = "code" in handover && handover.code !== null ? ` (${handover.code})` : "";
  if (handover.kind === "sent") return { state: "sent", outcome: "The mail server took it.", again: null };
  if (handover.kind === "unclear")
    return { state: "unknown", outcome: `${UNCLEAR}${number}. ${CHECK}`, again: null };
  const where = WHERE[handover.at];
  if (handover.kind === "refused")
    return { state: "failed", outcome: `${where} was refused${number}; nothing was sent.`, again: null };
  const wait = AGAIN_AFTER[attempts - 1];
  if (wait === undefined)
    return {
      state: "failed",
      outcome: `${where} failed ${attempts} times${number}; nothing was sent.`,
      again: null,
    };
  return {
    state: "waiting",
    outcome: `${where} failed${number}; it is tried again.`,
    again: new Date(now.getTime() + wait),
  };
}

const WHERE: Record<Phase, string> = {
  connect: "The connection to the mail server",
  tls: "The encrypted connection to the mail server",
  sign_in: "Signing in to the mail server",
  sender: "The sender's address",
  recipient: "The recipient's address",
  message: "The message",
};
/** Why a mail server cannot be used, in a sentence. `code` is the server's number. */
export const whyRefused = (at: Phase, code: number | null): string =>
  `${WHERE[at]} failed${code === null ? "" : ` (${code})`}.`;

const UNCLEAR = "The mail server may have taken it: its answer was lost or unclear";
const CHECK =
  "Look in the sent mail or the server's log, or ask the recipient; it is not sent again unless a person confirms it again.";

/** Outcomes that do not come from an attempt. */
export const OUTCOME = {
  /** The process ended while it was handing the message over. */
  lost: `The program ended while the message was being handed over. ${UNCLEAR}. ${CHECK}`,
  restored: `It was waiting to leave when the backup was made that this workspace comes from, and may have left since. ${CHECK}`,
  sentManually: "Sent manually, as a person said.",
  cancelled: "Cancelled before it left.",
  optedOut: "The candidate asked not to be written to before it left.",
  addressChanged: "The candidate's address changed before it left.",
  recordChanged:
    "What it says about the candidate changed before it left; the message has to be drafted again.",
  interviewChanged: "The interview changed before it left; the message has to be drafted again.",
  answered: "A reply shows that it arrived.",
  undelivered: "A delivery report says that it did not arrive.",
} as const;

/** What is on record of somebody who was told without a message. */
export const OUTCOME_OF_TELLING: Readonly<Record<Channel, string>> = {
  phone: "Told by phone, as a person said.",
  in_person: "Told in person, as a person said.",
};

/** An attempt without a result after this time counts as lost. Every step of an attempt has a shorter time limit. */
export const LOST_AFTER_MS = 2 * MINUTE;

/** The most messages that one member may confirm in an hour and in a day. It limits the damage of a mistake. */
export const CAPS = { hour: 20, day: 60 } as const;

/** How many messages a member has confirmed in the last hour and in the last day. */
export type Confirmed = { readonly hour: number; readonly day: number };

/** @throws DomainError `precondition_failed` when a member has confirmed as many messages as they may. */
export function requireUnderCaps(confirmed: Confirmed): void {
  const span = confirmed.hour >= CAPS.hour ? "hour" : confirmed.day >= CAPS.day ? "day" : undefined;
  if (span === undefined) return;
  throw new DomainError(
    "precondition_failed",
    `You have confirmed ${confirmed[span]} messages in the last ${span}, and ${CAPS[span]} is the most. Nothing was sent.`,
    "The draft is kept; send it later.",
  );
}

/** The Message-ID of a message. It is the same at every attempt, so that a mail program shows the message only once. */
export function messageIdOf(message: string, fromAddress: string): string {
  return `<${message}@${fromAddress.slice(fromAddress.lastIndexOf("@") + 1).toLowerCase()}>`;
}

/**
 * Whether the candidate did not ask for such a message. It then says how to opt out of further ones (RFC 2369, RFC
 * 8058).
 */
export const isUnsolicited = (purpose: string): boolean => purpose === "source" || purpose === "reengage";
