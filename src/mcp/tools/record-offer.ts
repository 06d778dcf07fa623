import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { PayPeriod, RecordedStatus } from "../../domain/pipeline/offer.ts";
import { RecordOfferAnswer, recordOfferAnswer } from "../answers/offer.ts";
import { application, currency, prose } from "../params.ts";
import { recordOfferText } from "../text/offer.ts";
import { defineTool } from "../tool.ts";

export const recordOffer = defineTool({
  name: "record_offer",
  title: "Record an offer",
  description:
    "Keep an offer's terms and what becomes of it. extended, and withdrawing an extended one, need a person, as in " +
    "move_candidate. Never sends e-mail.",
  toolset: "candidates",
  access: RUN,
  effect: "decide",
  input: z.strictObject({
    application,
    base: z.number().int().min(1).max(10_000_000_000).optional(),
    currency,
    period: PayPeriod.optional().describe("Of base; a year by default"),
    bonus: prose(500).optional(),
    equity: prose(500).optional(),
    start_date: z.iso.date().optional(),
    expires_on: z.iso.date().optional(),
    note: prose(2_000).optional(),
    status: RecordedStatus.optional(),
    confirm: z.string().max(20).optional(),
  }),
  output: RecordOfferAnswer,
  confirmation: ({ confirmation }) => confirmation,
  handle: async (input, { services, session }) =>
    recordOfferAnswer(await services.offers.record(session, input)),
  text: recordOfferText,
});
