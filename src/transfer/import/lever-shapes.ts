import * as z from "zod";
import { Anything, Flag, Id, listOf, Moment, Texts, Words } from "./fields.ts";

// Records as the API of Lever answers them, with the fields that are taken over.

/** Something that Lever names by its id, or whole where it was asked to expand it. */
export const Named = z
  .union([Id, z.object({ id: Id, text: Words, name: Words, email: Words })])
  .nullish()
  .transform((named) => (typeof named === "string" ? { id: named } : named));
export type Named = {
  readonly id: string;
  readonly text?: string | undefined;
  readonly name?: string | undefined;
};

const Archived = z.object({ reason: Named, archivedAt: Moment }).nullish();
const Consent = z.object({ allowed: Flag }).nullish();

const Fields = listOf(z.object({ text: Words, type: Words, value: Anything }));
export const Application = z.object({
  id: Id,
  opportunityId: Id.nullish(),
  ...{ posting: Named, createdAt: Moment, comments: Words },
  customQuestions: listOf(z.object({ fields: Fields })),
});
export type Application = z.infer<typeof Application>;

export const Opportunity = z.object({
  id: Id,
  ...{ name: Words, contact: Named, location: Words },
  phones: listOf(z.object({ value: Words, type: Words })),
  ...{ emails: Texts, links: Texts, tags: Texts, sources: Texts },
  ...{ archived: Archived, stage: Named, owner: Named },
  stageChanges: listOf(z.object({ toStageId: Id, updatedAt: Moment })),
  applications: listOf(z.union([Id, Application])),
  ...{ createdAt: Moment, updatedAt: Moment, lastAdvancedAt: Moment },
  dataProtection: z.object({ contact: Consent }).nullish(),
  isAnonymized: Flag,
});
export type Opportunity = z.infer<typeof Opportunity>;

/** What is written of an opportunity; the API's answers do not say of which, a file's path may. */
export const Written = z.object({
  ...{ opportunityId: Id.nullish(), opportunity_id: Id.nullish() },
  ...{ text: Words, type: Words, user: Named, referrer: Named, fields: Fields, secret: Flag },
  ...{ createdAt: Moment, completedAt: Moment, deletedAt: Moment },
  file: z.object({ name: Words }).nullish(),
});
export type Written = z.infer<typeof Written>;

export const Listed = z.object({ id: Id, text: Words, name: Words, email: Words, type: Words });
