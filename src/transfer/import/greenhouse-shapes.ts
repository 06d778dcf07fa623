import * as z from "zod";
import { Anything, Flag, Id, listOf, Moment, Texts, Words } from "./fields.ts";

// Records as the Harvest API of Greenhouse answers them, with the fields that are taken over.

const Named = z.object({ name: Words }).nullish();
const Values = listOf(z.object({ value: Words, type: Words }));
export const Attached = listOf(z.object({ filename: Words, type: Words }));
export const CustomFields = z
  .record(z.string(), z.object({ name: Words, value: Anything }).nullish())
  .nullish();

export const Application = z.object({
  id: Id,
  candidate_id: Id,
  prospect: Flag,
  applied_at: Moment,
  rejected_at: Moment,
  last_activity_at: Moment,
  location: z.object({ address: Words }).nullish(),
  source: z.object({ public_name: Words }).nullish(),
  ...{ credited_to: Named, recruiter: Named },
  rejection_reason: z.object({ name: Words, type: Named }).nullish(),
  jobs: listOf(z.object({ name: Words })),
  status: z.enum(["active", "rejected", "hired", "converted"]),
  current_stage: Named,
  prospect_detail: z.object({ prospect_stage: Named }).nullish(),
  answers: listOf(z.object({ question: Words, answer: Anything })),
  keyed_custom_fields: CustomFields,
  attachments: Attached,
});
export type Application = z.infer<typeof Application>;

export const Candidate = z.object({
  id: Id,
  ...{ first_name: Words, last_name: Words, is_private: Flag, can_email: Flag },
  application_ids: listOf(Id),
  ...{
    phone_numbers: Values,
    email_addresses: Values,
    website_addresses: Values,
    social_media_addresses: Values,
  },
  addresses: Values,
  recruiter: Named,
  tags: Texts,
  keyed_custom_fields: CustomFields,
  attachments: Attached,
  applications: listOf(z.unknown()),
});

export const Scorecard = z.object({
  id: Id,
  ...{ candidate_id: Id.nullish(), application_id: Id.nullish() },
  ...{ interview: Words, interviewed_at: Moment, submitted_at: Moment, overall_recommendation: Words },
  ...{ submitted_by: Named, interviewer: Named },
  attributes: listOf(z.object({ name: Words, type: Words, note: Words, rating: Words })),
  questions: listOf(z.object({ question: Words, answer: Words })),
});

export const Feed = z.object({
  candidate_id: Id.nullish(),
  notes: listOf(z.object({ created_at: Moment, body: Words, user: Named, visibility: Words })),
  emails: z.array(z.unknown()).nullish(),
});
export type Scorecard = z.infer<typeof Scorecard>;
export type Feed = z.infer<typeof Feed>;
export type Attached = z.infer<typeof Attached>;
export type CustomFields = z.infer<typeof CustomFields>;
