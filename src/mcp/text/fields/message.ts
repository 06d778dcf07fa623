// The sentences that an answer about a message carries as fields.

import type { MessageFinding } from "../../../domain/message-check/check.ts";
import type { InterviewFacts } from "../../../domain/outreach/facts.ts";
import type { Channel } from "../../../domain/outreach/outbox.ts";
import { pluralize } from "../../../domain/pluralize.ts";
import type { DraftFix } from "../../../domain/remedy.ts";
import type { Told } from "../../../services/outreach/record-told.ts";
import type { Delivery, Sent } from "../../../services/outreach/sent.ts";
import { linesOf } from "../lines.ts";

type FindingFacts = Omit<MessageFinding, "fix">;
type Invitation = Pick<InterviewFacts, "round" | "when">;
type ToAgree = Pick<Sent, "result" | "message" | "delivery"> & {
  readonly about: NonNullable<Sent["confirmation"]>["about"];
  readonly findings: readonly FindingFacts[];
  readonly invitation?: Invitation | undefined;
};

/** Exactly what leaves, or is said to have left, for a person to read before they agree. */
export function confirmationText(toAgree: ToAgree): string {
  const { result, message, delivery, findings, invitation, about } = toAgree;
  const person = `${about.name} (${message.application}, ${about.role})`;
  const question =
    result === "asks_to_record"
      ? recordQuestion(person, delivery)
      : sendQuestion(person, message.status, delivery);
  return linesOf(
    `${question}\n`,
    words(message, invitation),
    ...findings.map((finding) => `\n${findingForPerson(finding)}`),
  );
}

type ToldFacts = Pick<Told, "application" | "name" | "channel" | "why"> & { readonly role: string };

/** What a person agrees to who says that somebody was told without a message. */
export function toldQuestion({ application, name, channel, why, role }: ToldFacts): string {
  const what = why === "rejected" ? "that they were rejected" : "that the role was closed";
  return `Record that ${name} (${application}, ${role}) was told ${CHANNEL_TEXT[channel]} ${what}? Nothing is sent.`;
}

/** How somebody was told. */
export const CHANNEL_TEXT: Readonly<Record<Channel, string>> = { phone: "by phone", in_person: "in person" };

const before = (outcome: string | undefined): string =>
  outcome === undefined ? "" : `So far on record: ${outcome}\n\n`;

function recordQuestion(person: string, delivery: Delivery): string {
  const question = `Record for ${person} that a person has sent this message themselves?`;
  return `${before(delivery.outcome)}${question} Nothing is sent now, and it never will be.`;
}

function sendQuestion(person: string, status: string, { outcome, delay_seconds = 0 }: Delivery): string {
  const again =
    status === "unknown"
      ? `SEND AGAIN? ${outcome ?? ""} The recipient may get it twice.\n\n`
      : before(outcome);
  const window =
    delay_seconds > 0
      ? ` It leaves ${pluralize(delay_seconds, "second")} after you agree, and can be cancelled until then.`
      : "";
  return `${again}Send this message to ${person}?${window}`;
}

type Words = {
  readonly from?: string;
  readonly reply_to?: string | undefined;
  readonly to: string;
  readonly subject?: string | undefined;
  readonly body?: string | undefined;
};

/** A message with its addresses, as a reader of mail shows it. */
export function words({ from, reply_to, to, subject, body }: Words, invitation?: Invitation): string {
  return linesOf(
    from !== undefined && `From: ${from}`,
    reply_to !== undefined && `Reply-To: ${reply_to}`,
    `To: ${to}`,
    subject !== undefined && `Subject: ${subject}`,
    invitation && `With an invitation for the calendar: ${invitation.round}, ${invitation.when}`,
    body !== undefined && `\n${body.trimEnd()}`,
  );
}

/** A finding as somebody reads it who knows no rules by their names. */
const findingForPerson = ({ severity, quote, why }: FindingFacts): string =>
  `${severity}${quote === undefined ? "" : ` (${quote})`}: ${why}`;

/** A finding with what it is about. */
export const findingText = ({ severity, rule, quote, why }: FindingFacts): string =>
  `${severity} ${rule}${quote === undefined ? "" : ` (${quote})`}: ${why}`;

/** Which call puts on record what a draft still lacks. */
export function draftFixText(fix: DraftFix): string {
  switch (fix) {
    case "give_exercise":
      return "assign_exercise gives one, with its due date.";
    case "extend_exercise":
      return "assign_exercise with a later due gives more time.";
    case "set_pay":
      return "update_role sets comp_min and comp_max.";
    case "assess":
      return "score_candidate finds it.";
    case "assess_anew":
      return "score_candidate assesses anew.";
    case "look_at_opt_out":
      return "A person looks at the terminal: greenflag suppress ADDRESS ends all mail to it; with --remove it may go on.";
    case "draft_again":
      return "draft_outreach drafts it again.";
  }
}
