import * as z from "zod";
import { Id, listOf, Moment, Words } from "./fields.ts";

// Records as the API of Ashby answers them, with the fields that are taken over.

const Value = z.object({ value: Words }).nullish();
const Titled = z.object({ id: Id.nullish(), title: Words, type: Words }).nullish();
export const User = z.object({ firstName: Words, lastName: Words, email: Words }).nullish();
const File = z.object({ id: Id.nullish(), name: Words }).nullish();

/** What a form asked, and what was answered, by the path of each field. */
export const Form = z.object({
  formDefinition: z
    .object({
      sections: listOf(
        z.object({
          fields: listOf(z.object({ field: z.object({ path: Words, title: Words, type: Words }).nullish() })),
        }),
      ),
    })
    .nullish(),
  submittedValues: z.record(z.string(), z.unknown()).nullish(),
});

const Person = {
  ...{ name: Words, primaryEmailAddress: Value, primaryPhoneNumber: Value },
};
export const Candidate = z.object({
  id: Id,
  ...Person,
  ...{ emailAddresses: listOf(Value), phoneNumbers: listOf(Value) },
  socialLinks: listOf(z.object({ url: Words })),
  tags: listOf(Titled),
  applicationIds: listOf(Id),
  ...{ resumeFileHandle: File, fileHandles: listOf(File) },
  ...{ source: Titled, timezone: Words, location: z.object({ locationSummary: Words }).nullish() },
  customFields: listOf(z.object({ title: Words })),
});
export type Candidate = z.infer<typeof Candidate>;

export const Application = z.object({
  id: Id,
  ...{ createdAt: Moment, archivedAt: Moment },
  status: z.enum(["Active", "Hired", "Archived", "Lead"]),
  candidate: z.object({ id: Id, ...Person }),
  currentInterviewStage: Titled,
  source: z.object({ title: Words, sourceType: Titled }).nullish(),
  archiveReason: z.object({ text: Words, reasonType: Words }).nullish(),
  creditedToUser: User,
  job: Titled,
  hiringTeam: listOf(z.object({ firstName: Words, lastName: Words, email: Words, role: Words })),
  applicationHistory: listOf(z.object({ stageId: Id.nullish(), title: Words, enteredStageAt: Moment })),
  applicationFormSubmissions: listOf(Form),
  resumeFileHandle: File,
});
export type Application = z.infer<typeof Application>;

export const Feedback = Form.extend({
  applicationId: Id.nullish(),
  ...{ submittedAt: Moment, submittedByUser: User },
});
export const Note = z.object({
  candidateId: Id.nullish(),
  ...{ content: Words, createdAt: Moment, author: User, isPrivate: z.boolean().nullish() },
});
export const Stage = z.object({ id: Id, title: Words });
export type Feedback = z.infer<typeof Feedback>;
export type Note = z.infer<typeof Note>;
export type Form = z.infer<typeof Form>;
export type User = z.infer<typeof User>;
