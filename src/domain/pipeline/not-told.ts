import type { Member } from "../member.ts";
import { isSafeEmailAddress } from "../outreach/address.ts";
import type { OutboxState } from "../outreach/outbox.ts";
import { type ApplicationFacts, messageStep, stepFor } from "./next-step.ts";
import type { NextStep } from "./step.ts";

/**
 * Why somebody still has to hear from us: they were rejected, or are active in a role that has been closed, and no
 * message of ours was confirmed since; or their application has ended and an interview of theirs still stands.
 */
export const NOT_TOLD_REASONS = ["rejected", "role_closed", "interview_stands"] as const;
export type NotToldReason = (typeof NOT_TOLD_REASONS)[number];

/** Whoever has to be told is told within this time. */
export const DAYS_TO_TELL = 1;
/** Ends that lie further back are counted and not listed: a list of them would be as long as the past of a team. */
export const MAX_DAYS_LISTED = 90;

/** States of a confirmed message that has told somebody, or will. One that failed or was cancelled has not. */
export const TELLING_STATES: readonly OutboxState[] = ["waiting", "sending", "sent"];

/** Why no message can be written to somebody. */
export const UNREACHABLE = ["no_address", "do_not_contact"] as const;
export type Unreachable = (typeof UNREACHABLE)[number];

/** What of a person decides whether they can be written to. */
export type Contact = {
  readonly email: string | null;
  readonly doNotContact: boolean;
  /** Whether their address is on the do-not-contact list. */
  readonly suppressed: boolean;
};

/** Why somebody cannot be written to; undefined when they can. */
export function whyUnreachable({ email, doNotContact, suppressed }: Contact): Unreachable | undefined {
  if (doNotContact || suppressed) return "do_not_contact";
  return isSafeEmailAddress(email ?? "") ? undefined : "no_address";
}

/** Somebody who has to be told. */
export type ToTell = {
  readonly ref: string;
  readonly why: NotToldReason;
  readonly contact: Contact;
  /** Whether it is not known if a message since then has left. */
  readonly perhapsTold: boolean;
  /** The interview that still stands. */
  readonly interview?: { readonly id: string; readonly round: string } | undefined;
};

/**
 * The step by which somebody is told. Of whom no address is on record, it is recorded that they were told otherwise. Who is
 * not to be contacted, or may have been told, is looked at by a person.
 */
export function tellingStep(
  member: Pick<Member, "access">,
  { ref: application, why, contact, perhapsTold, interview }: ToTell,
  record: Pick<ApplicationFacts, "purposes" | "unsent" | "recruitersSend">,
): NextStep {
  if (interview)
    return stepFor(member, { act: "call_off", application, round: interview.round, interview: interview.id });
  const unreachable = whyUnreachable(contact);
  if (unreachable === "no_address") return stepFor(member, { act: "record_told", application });
  if (unreachable) return { act: "look", application };
  if (perhapsTold) return { act: "look_at_messages", application };
  return messageStep(member, why === "rejected" ? "rejection" : "status_update", application, record);
}
