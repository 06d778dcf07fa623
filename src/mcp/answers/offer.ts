import * as z from "zod";
import { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { OfferStatus, PayPeriod } from "../../domain/pipeline/offer.ts";
import type { OfferView } from "../../services/pipeline/offer-views.ts";
import type { OfferRecorded } from "../../services/pipeline/record-offer.ts";
import { NextCall, nextCall } from "../next-call.ts";
import { offerConfirmationText, offerFindingText } from "../text/fields/offer.ts";
import type { Answer } from "./answer.ts";
import { Confirmation } from "./confirmation.ts";
import { omitEmpty } from "./omit-empty.ts";

/** A version of an offer. What is not settled is absent. */
export const OfferAnswer = z.object({
  version: z.number(),
  status: OfferStatus,
  base: z.number().optional(),
  currency: z.string(),
  period: PayPeriod,
  bonus: z.string().optional(),
  equity: z.string().optional(),
  start_date: z.string().optional(),
  expires_on: z.string().optional(),
  note: z.string().optional(),
  note_hidden: z.boolean().optional(),
  extended_at: z.string().optional(),
  answered_at: z.string().optional(),
});
export type OfferAnswer = Answer<typeof OfferAnswer>;

const EMPTY_OF_OFFER = {
  base: true,
  bonus: true,
  equity: true,
  start_date: true,
  expires_on: true,
  note: true,
  note_hidden: true,
  extended_at: true,
  answered_at: true,
} as const;

export const offerAnswer = <O extends OfferView>(offer: O) => omitEmpty(offer, EMPTY_OF_OFFER);

/** The answer to recording an offer. With `confirmation` it waits for a person, and nothing has changed. */
export const RecordOfferAnswer = z.object({
  application: z.object({ ref: z.string(), name: z.string(), stage: z.string(), status: ApplicationStatus }),
  offer: OfferAnswer.optional(),
  /** The version that was extended until then. */
  replaces: z.number().optional(),
  changed: z.array(z.string()),
  findings: z.array(z.object({ finding: z.string(), what: z.string() })),
  next: NextCall.optional(),
  confirmation: Confirmation.optional(),
});
export type RecordOfferAnswer = Answer<typeof RecordOfferAnswer>;

export function recordOfferAnswer(recorded: OfferRecorded): RecordOfferAnswer {
  const { application, role, offer, replaces, changed, findings, next, confirmation } = recorded;
  const answer = {
    application,
    ...(offer && { offer: offerAnswer(offer) }),
    ...(replaces !== undefined && { replaces }),
    changed: [...changed],
    findings: findings.map((finding) => ({ finding: finding.finding, what: offerFindingText(finding) })),
    ...(next && { next: nextCall(next) }),
  };
  if (!confirmation) return answer;
  const { proposed, opinions, names, ...pending } = confirmation;
  const toAgree = { application, role, replaces, findings, proposed, opinions, names };
  return { ...answer, confirmation: { ...pending, summary: offerConfirmationText(toAgree) } };
}
