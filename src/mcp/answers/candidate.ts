import * as z from "zod";
import { Apart } from "../../domain/candidates/document.ts";
import { AssessmentInBrief } from "../../domain/evaluation/assessment.ts";
import { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { Untrusted } from "../../domain/untrusted.ts";
import type { Added } from "../../services/candidates/add-candidate.ts";
import type { Services } from "../../services/services.ts";
import { alreadyAppliedText } from "../text/fields/candidate.ts";
import type { Answer } from "./answer.ts";
import { AssessmentAnswer, assessmentAnswer, ComparisonAnswer, comparisonAnswer } from "./assessment.ts";
import { DocumentAnswer } from "./document.ts";
import { hiddenAnswer } from "./hidden.ts";
import { RecordPartsAnswer, recordPartsAnswer } from "./record-parts.ts";
import { TaskAnswer, taskAnswer } from "./task.ts";

export const AddCandidateAnswer = z.object({
  application: z.object({
    ref: z.string(),
    stage: z.string(),
    status: ApplicationStatus,
    candidate: z.object({ name: z.string(), email: z.string() }),
  }),
  document: DocumentAnswer.optional(),
  duplicate_of: z.string().optional(),
  note: z.string().optional(),
});
export type AddCandidateAnswer = Answer<typeof AddCandidateAnswer>;

export const addCandidateAnswer = ({ already_applied, ...added }: Added): AddCandidateAnswer => ({
  ...added,
  ...(already_applied && { note: alreadyAppliedText(added.application, already_applied) }),
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
      over_goal: z.boolean(),
      applied_at: z.string(),
      source: z.string().nullable(),
      /** Flags found present; null before the first assessment. */
      flags: z.array(z.string()).nullable(),
      tasks: z.array(TaskAnswer),
    }),
  ),
  total: z.number(),
  next_cursor: z.string().nullable(),
});
export type FindCandidatesAnswer = Answer<typeof FindCandidatesAnswer>;

type Page = Awaited<ReturnType<Services["applications"]["find"]>>;

export const findCandidatesAnswer = ({ applications, ...page }: Page): FindCandidatesAnswer => ({
  ...page,
  applications: applications.map(({ tasks, flags, ...application }) => ({
    ...application,
    flags: flags && [...flags],
    tasks: tasks.map(taskAnswer),
  })),
});

/** A document with its words from `offset` on; `next_offset` is where the rest begins. */
const DocumentPart = DocumentAnswer.extend({
  offset: z.number().optional(),
  untrusted: Untrusted,
  next_offset: z.number().optional(),
  /** The words of others in a mail and its signature, for whoever asks for that mail. */
  apart_text: z.array(z.object({ what: Apart.shape.what, untrusted: Untrusted })).optional(),
});
/** When an assessment was made, and since when the documents are read otherwise than for it. */
const At = { at: z.string(), stale_at: z.string().optional() };
const InOf = { of: z.number() };

export const CandidateAnswer = z.object({
  ref: z.string(),
  role: z.object({ key: z.string(), title: z.string(), lane: z.string().nullable() }),
  candidate: z.object({
    name: z.string(),
    email: z.string(),
    location: z.string().nullable(),
    timezone: z.string().nullable(),
    links: z.array(z.string()),
  }),
  stage: z.string(),
  status: ApplicationStatus,
  version: z.number(),
  applied_at: z.string(),
  source: z.string().nullable(),
  days_in_stage: z.number(),
  over_goal: z.boolean(),
  /** Flags found present; null before the first assessment. */
  flags: z.array(z.string()).nullable(),
  tasks: z.array(TaskAnswer),
  panel: z.object({
    scorecards: z.object({ submitted: z.number(), ...InOf }),
    votes: z.object({ cast: z.number(), ...InOf }),
    hidden: z.string().optional(),
  }),
  documents: z.array(DocumentPart).optional(),
  assessment: z
    .union([AssessmentAnswer.extend(At), AssessmentInBrief.extend(At)])
    .nullable()
    .optional(),
  ...RecordPartsAnswer.shape,
  comparison: ComparisonAnswer.optional(),
});
export type CandidateAnswer = Answer<typeof CandidateAnswer>;

type Dossier = Awaited<ReturnType<Services["dossiers"]["get" | "read"]>>;

/** An application with the requested parts. */
export function candidateAnswer(dossier: Dossier): CandidateAnswer {
  const { submission, messages, history, decisions, scorecards, votes, interviews, ...rest } = dossier;
  const { tasks, comparison, panel, assessment, ...head } = rest;
  return {
    ...head,
    panel: hiddenAnswer(panel),
    tasks: tasks.map(taskAnswer),
    ...(assessment !== undefined && { assessment: assessment && shownAssessment(assessment) }),
    ...recordPartsAnswer(dossier),
    ...(comparison && { comparison: comparisonAnswer(comparison) }),
  };
}

const shownAssessment = (assessment: NonNullable<Dossier["assessment"]>) =>
  "questions" in assessment ? { ...assessment, ...assessmentAnswer(assessment) } : assessment;
