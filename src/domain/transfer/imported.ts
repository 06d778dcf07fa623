import * as z from "zod";

/** What an import holds beside documents. */
export const ImportedRecordKind = z.enum(["note", "scorecard", "answer"]);
export type ImportedRecordKind = z.infer<typeof ImportedRecordKind>;

const text = z.string().min(1);
/** ISO 8601 with offset where a time is known, else the day alone (`2026-03-01`). */
const moment = z.string();

const ImportedRecord = z.strictObject({
  kind: ImportedRecordKind,
  title: text.optional(),
  text: z.string(),
  author: text.optional(),
  recommendation: text.optional(),
  writtenAt: moment.optional(),
});
export type ImportedRecord = z.infer<typeof ImportedRecord>;

/** A file that belongs to a person: where it is on this machine, or in which archive. */
const ImportedFile = z.strictObject({
  name: text,
  kind: z.enum(["resume", "cover_letter", "other"]),
  path: text,
  /** The path inside the zip at `path`. */
  entry: text.optional(),
});
export type ImportedFile = z.infer<typeof ImportedFile>;

const ImportedApplication = z.strictObject({
  /** By what the source knows it, such as `application 123`; undefined where the source has no ids. */
  id: text.optional(),
  /** The role, stage and people as the source names them. */
  role: text.optional(),
  stage: text.optional(),
  status: z.enum(["active", "rejected", "withdrawn", "hired"]),
  appliedAt: moment.optional(),
  stageEnteredAt: moment.optional(),
  endedAt: moment.optional(),
  reason: text.optional(),
  source: text.optional(),
  referredBy: text.optional(),
  owner: text.optional(),
  /** The stages that they went through, the earliest first, where the source keeps that. */
  history: z.array(z.strictObject({ stage: text, enteredAt: moment })),
  records: z.array(ImportedRecord),
  /** Why it is left out: the source contradicts itself about it. */
  unclear: z.strictObject({ field: text, why: text }).optional(),
});
export type ImportedApplication = z.infer<typeof ImportedApplication>;

/** One person as a source has them, before anything is compared with what is on record here. */
export const ImportedPerson = z.strictObject({
  /** Where in the source it is, for people: `row 12`, `candidates.json, candidate 981`. */
  where: text,
  id: text.optional(),
  name: text,
  email: text.optional(),
  /** Further addresses: they tell who somebody is, and are never written to. */
  otherEmails: z.array(text),
  phone: text.optional(),
  links: z.array(text),
  location: text.optional(),
  timezone: text.optional(),
  tags: z.array(text),
  doNotContact: z.boolean(),
  files: z.array(ImportedFile),
  records: z.array(ImportedRecord),
  applications: z.array(ImportedApplication),
});
export type ImportedPerson = z.infer<typeof ImportedPerson>;

/** What could not be understood, and is left out: a row, a file or one field of one. */
export type Unclear = { readonly where: string; readonly field?: string; readonly why: string };

/** What was read from a file or folder. */
export type ImportedSource = {
  /** `sheet`, `greenhouse`, `lever`, `ashby`, `workable`, `json-resume`. */
  readonly system: string;
  readonly people: readonly ImportedPerson[];
  readonly unclear: readonly Unclear[];
  /** What was recognised, for the person at the terminal: `candidates.csv: 300 rows`, `Vorname: first name`. */
  readonly recognised: readonly { readonly what: string; readonly as: string }[];
};
