import * as z from "zod";
import { Apart, DocumentKind } from "../../domain/candidates/document.ts";
import { KnownBy } from "../../domain/candidates/known-by.ts";
import type { CredentialFact } from "../../domain/credentials/read.ts";
import { ApplicationStatus } from "../../domain/pipeline/application.ts";
import type { Untrusted } from "../../domain/untrusted.ts";
import type { Added } from "../../services/candidates/add-candidate.ts";
import type { StoredDocument } from "../../services/candidates/documents.ts";
import type { Services } from "../../services/services.ts";
import { NextCall, nextCall } from "../next-call.ts";
import { alreadyAppliedText } from "../text/fields/candidate.ts";
import type { Answer } from "./answer.ts";
import { AssessmentAnswer, assessmentAnswer, BriefAnswer } from "./assessment.ts";
import { ComparisonAnswer, comparisonAnswer, StaleAnswer } from "./comparison.ts";
import { CredentialsAnswer, credentialsAnswer } from "./credentials.ts";
import { DocumentAnswer, documentAnswer, hiddenTextAnswer } from "./document.ts";
import { hiddenAnswer } from "./hidden.ts";
import { OfferAnswer, offerAnswer } from "./offer.ts";
import { omitEmpty } from "./omit-empty.ts";
import { RecordPartsAnswer, recordPartsAnswer } from "./record-parts.ts";
import { TaskAnswer, taskAnswer } from "./task.ts";
import { UntrustedAnswer, untrustedAnswer } from "./untrusted.ts";
import { UploadAnswer, uploadAnswer } from "./upload.ts";

export const AddCandidateAnswer = z.object({
  application: z.object({
    ref: z.string(),
    stage: z.string(),
    status: ApplicationStatus,
    candidate: z.object({ name: z.string(), email: z.string().optional() }),
  }),
  document: DocumentAnswer.optional(),
  /** For a résumé that cannot be read from here. */
  upload: UploadAnswer.optional(),
  duplicate_of: z.string().optional(),
  /** The day on which somebody with this address or profile was erased. */
  erased_before: z.string().optional(),
  /** Other people who may be the same one; nobody has decided it. */
  possible_duplicates: z
    .array(z.object({ ref: z.string(), name: z.string(), by: z.array(KnownBy) }))
    .optional(),
  note: z.string().optional(),
  /** Where a document was stored that can be assessed. */
  next: NextCall.optional(),
});
export type AddCandidateAnswer = Answer<typeof AddCandidateAnswer>;

export const addCandidateAnswer = ({
  already_applied,
  document,
  application,
  offered,
  possible_duplicates: others = [],
  ...added
}: Added): AddCandidateAnswer => ({
  ...added,
  application: { ...application, candidate: omitEmpty(application.candidate, { email: true }) },
  ...(others.length > 0 && {
    possible_duplicates: others.map(({ by, ...other }) => ({ ...other, by: [...by] })),
  }),
  ...(document && {
    document: documentAnswer(document),
    next: nextCall({ act: "assess", application: application.ref }),
  }),
  ...(offered && { upload: uploadAnswer(offered) }),
  ...(already_applied && { note: alreadyAppliedText(application, already_applied) }),
});

export const FindCandidatesAnswer = z.object({
  applications: z.array(
    z.object({
      ref: z.string(),
      name: z.string(),
      role: z.string(),
      stage: z.string(),
      status: ApplicationStatus,
      days_in_stage: z.number(),
      over_goal: z.boolean().optional(),
      applied_at: z.string(),
      source: z.string().optional(),
      /** Flags found present; null before the first assessment. */
      flags: z.array(z.string()).nullable(),
      /** That these flags are of a stale assessment, and why. */
      ...StaleAnswer.shape,
      tasks: z.array(TaskAnswer),
      /** Words of the candidate's that match the query; absent where the name matches. */
      passage: z.object({ document: z.string(), kind: DocumentKind, untrusted: UntrustedAnswer }).optional(),
    }),
  ),
  total: z.number(),
  /** True where more than `total` match a query. */
  total_is_at_least: z.boolean().optional(),
  next_cursor: z.string().nullable(),
});
export type FindCandidatesAnswer = Answer<typeof FindCandidatesAnswer>;

type Page = Awaited<ReturnType<Services["applications"]["find"]>>;

export const findCandidatesAnswer = ({ applications, ...page }: Page): FindCandidatesAnswer => ({
  ...omitEmpty(page, { total_is_at_least: true }),
  applications: applications.map(({ tasks, flags, passage, ...application }) => ({
    ...omitEmpty(application, { over_goal: true, source: true }),
    flags: flags && [...flags],
    tasks: tasks.map(taskAnswer),
    ...(passage && { passage: { ...passage, untrusted: untrustedAnswer(passage.untrusted) } }),
  })),
});

/**
 * A document with its words from `offset` on; `next_offset` is where the rest begins. Where documents were not asked
 * for, its id is there only with a rest to read.
 */
const DocumentPart = DocumentAnswer.partial({ id: true, hidden_text_removed: true }).extend({
  offset: z.number().optional(),
  untrusted: UntrustedAnswer,
  next_offset: z.number().optional(),
  /** The words of others in a mail and its signature, for whoever asks for that mail. */
  apart_text: z.array(z.object({ what: Apart.shape.what, untrusted: UntrustedAnswer })).optional(),
});
/** When an assessment was made, and whether it is stale. */
const At = { at: z.string(), ...StaleAnswer.shape };
const InOf = { of: z.number() };

export const CandidateAnswer = z.object({
  ref: z.string(),
  role: z.object({ key: z.string(), title: z.string(), lane: z.string().nullable() }),
  candidate: z.object({
    name: z.string(),
    email: z.string().optional(),
    phone: z.string().optional(),
    location: z.string().optional(),
    timezone: z.string().optional(),
    links: z.array(z.string()).optional(),
    tags: z.array(z.string()).optional(),
    do_not_contact: z.literal(true).optional(),
  }),
  /** The day on which this person was erased: nothing personal is left. */
  erased_on: z.string().optional(),
  stage: z.string(),
  status: ApplicationStatus,
  version: z.number(),
  applied_at: z.string(),
  /** When it came in with an import. */
  imported_at: z.string().optional(),
  source: z.string().optional(),
  referred_by: z.string().optional(),
  /** Who looks after this application, where it is not the role's owner. */
  owner: z.string().optional(),
  days_in_stage: z.number(),
  over_goal: z.boolean().optional(),
  /** Flags found present; null before the first assessment, absent where `assessment` tells them. */
  flags: z.array(z.string()).nullable().optional(),
  tasks: z.array(TaskAnswer),
  panel: z.object({
    scorecards: z.object({ submitted: z.number(), ...InOf }),
    votes: z.object({ cast: z.number(), ...InOf }),
    hidden: z.string().optional(),
  }),
  offer: OfferAnswer.optional(),
  /** What they said last about staying on file; `until` is null where they took their consent back. */
  consent: z.object({ until: z.string().nullable(), how: z.string(), recorded_on: z.string() }).optional(),
  documents: z.array(DocumentPart).optional(),
  assessment: z
    .union([AssessmentAnswer.extend(At), BriefAnswer.extend(At)])
    .nullable()
    .optional(),
  credentials: CredentialsAnswer,
  ...RecordPartsAnswer.shape,
  comparison: ComparisonAnswer.optional(),
});
export type CandidateAnswer = Answer<typeof CandidateAnswer>;

const OPTIONAL_OF_PERSON = {
  email: true,
  phone: true,
  location: true,
  timezone: true,
  links: true,
  tags: true,
  do_not_contact: true,
} as const;

const OPTIONAL_OF_APPLICATION = {
  erased_on: true,
  imported_at: true,
  source: true,
  referred_by: true,
  owner: true,
  over_goal: true,
} as const;

type Dossier = Awaited<ReturnType<Services["dossiers"]["get" | "read"]>> & {
  readonly credentials?: readonly CredentialFact[];
};

/** An application with the requested parts. */
export function candidateAnswer(dossier: Dossier): CandidateAnswer {
  const {
    submission,
    messages,
    history,
    changes,
    offers,
    decisions,
    scorecards,
    votes,
    interviews,
    imported,
    brief,
    ...rest
  } = dossier;
  const {
    candidate,
    flags,
    tasks,
    comparison,
    panel,
    offer,
    documents,
    assessment,
    credentials = [],
    ...head
  } = rest;
  return {
    ...omitEmpty(head, OPTIONAL_OF_APPLICATION),
    candidate: omitEmpty(candidate, OPTIONAL_OF_PERSON),
    ...(!assessment && { flags }),
    panel: hiddenAnswer(panel),
    tasks: tasks.map(taskAnswer),
    ...(offer && { offer: offerAnswer(offer) }),
    ...(documents && { documents: documents.map(documentPart) }),
    ...(assessment !== undefined && { assessment: assessment && shownAssessment(assessment) }),
    ...(credentials.length > 0 && { credentials: credentialsAnswer(credentials) }),
    ...recordPartsAnswer(dossier),
    ...(comparison && { comparison: comparisonAnswer(comparison) }),
  };
}

type Part = Omit<StoredDocument["document"], "id"> &
  Pick<z.infer<typeof DocumentPart>, "id" | "offset" | "next_offset"> & {
    readonly untrusted: Untrusted;
    readonly apart_text?: readonly { readonly what: Apart["what"]; readonly untrusted: Untrusted }[];
  };

const documentPart = ({ hidden_text, untrusted, apart_text, ...document }: Part) => ({
  ...omitEmpty(document, { hidden_text_removed: true }),
  ...(apart_text && {
    apart_text: apart_text.map(({ what, untrusted: words }) => ({ what, untrusted: untrustedAnswer(words) })),
  }),
  ...(hidden_text && { hidden_text: hiddenTextAnswer(hidden_text) }),
  untrusted: untrustedAnswer(untrusted),
});

const timesOf = ({ at, stale_at, stale_why }: z.infer<z.ZodObject<typeof At>>) => ({
  at,
  ...(stale_at !== undefined && { stale_at }),
  ...(stale_why !== undefined && { stale_why }),
});

const shownAssessment = (assessment: NonNullable<Dossier["assessment"]>) =>
  "questions" in assessment
    ? { ...timesOf(assessment), ...assessmentAnswer(assessment) }
    : omitEmpty(assessment, { planted: true });
