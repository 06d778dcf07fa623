import * as z from "zod";
import { MessageFinding } from "../../domain/message-check/check.ts";
import { Channel } from "../../domain/outreach/outbox.ts";
import { SendResult } from "../../domain/outreach/send-plan.ts";
import type { Drafted } from "../../services/outreach/draft-outreach.ts";
import type { Told } from "../../services/outreach/record-told.ts";
import type { Sent } from "../../services/outreach/sent.ts";
import { NextCall, nextCall } from "../next-call.ts";
import { confirmationText, draftFixText, toldQuestion } from "../text/fields/message.ts";
import type { Answer } from "./answer.ts";
import { Confirmation } from "./confirmation.ts";

const FindingAnswer = MessageFinding.omit({ fix: true });
export type FindingAnswer = Answer<typeof FindingAnswer>;

const findingAnswer = ({ fix, why, ...finding }: MessageFinding): FindingAnswer => ({
  ...finding,
  why: fix === undefined ? why : `${why} ${draftFixText(fix)}`,
});

/** The answer to drafting a message. */
export const DraftAnswer = z.object({
  result: z.enum(["drafted", "unchanged", "discarded", "already_discarded"]),
  message: z.object({
    id: z.string(),
    to: z.string(),
    purpose: z.string(),
    subject: z.string(),
    body: z.string(),
    status: z.string(),
    version: z.number(),
    findings: z.array(FindingAnswer),
  }),
  next: NextCall.optional(),
});
export type DraftAnswer = Answer<typeof DraftAnswer>;

export const draftAnswer = ({ result, message, next }: Drafted): DraftAnswer => ({
  result,
  message: { ...message, findings: message.findings.map(findingAnswer) },
  ...(next && { next: nextCall(next) }),
});

const Message = z.object({
  id: z.string(),
  application: z.string(),
  from: z.string(),
  reply_to: z.string().optional(),
  to: z.string(),
  /** Absent, as the body is, where a confirmation has them in its summary. */
  subject: z.string().optional(),
  body: z.string().optional(),
  status: z.string(),
});
const Delivery = z.object({
  state: z.string(),
  send_at: z.string().optional(),
  delay_seconds: z.number().optional(),
  finished_at: z.string().optional(),
  message_id: z.string().optional(),
  attempts: z.number().optional(),
  outcome: z.string().optional(),
  eml: z.string().optional(),
  mailto: z.string().optional(),
});

/** The answer to sending a message. With `confirmation` it waits for a person, and nothing has changed. */
export const SendAnswer = z.object({
  result: SendResult,
  message: Message.optional(),
  delivery: Delivery.optional(),
  /** Instead of a message: whoever was told without one. */
  told: z.object({ application: z.string(), name: z.string(), channel: Channel }).optional(),
  findings: z.array(FindingAnswer),
  invitation: z.object({ round: z.string(), when: z.string() }).optional(),
  confirmation: Confirmation.optional(),
});
export type SendAnswer = Answer<typeof SendAnswer>;

export const sendAnswer = (sent: Sent | Told): SendAnswer =>
  "message" in sent ? messageAnswer(sent) : toldAnswer(sent);

function toldAnswer({ result, why, confirmation, ...told }: Told): SendAnswer {
  const answer = { result, told, findings: [] };
  if (!confirmation) return answer;
  const { about, ...pending } = confirmation;
  return { ...answer, confirmation: { ...pending, summary: toldQuestion({ ...told, why, ...about }) } };
}

function messageAnswer({ findings, invitation, confirmation, message, ...sent }: Sent): SendAnswer {
  const answer = {
    ...sent,
    message,
    findings: findings.map(findingAnswer),
    ...(invitation && { invitation: { round: invitation.round, when: invitation.when } }),
  };
  if (!confirmation) return answer;
  const { about, ...pending } = confirmation;
  const { subject: _subject, body: _body, ...rest } = message;
  const summary = confirmationText({ ...answer, about });
  return { ...answer, message: rest, confirmation: { ...pending, summary } };
}
