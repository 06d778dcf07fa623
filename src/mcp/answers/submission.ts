import * as z from "zod";
import { SubmissionFacts } from "../../domain/submission/facts.ts";
import type { SubmissionSummary } from "../../services/submissions/summarize-submission.ts";
import type { Answer } from "./answer.ts";

/** The answer to reading a submission. */
export const SubmissionAnswer = z.object({
  ref: z.string().nullable(),
  submission: SubmissionFacts,
  missing: z.array(z.string()),
  stored: z.boolean(),
});
export type SubmissionAnswer = Answer<typeof SubmissionAnswer>;

/** The exercise given to an application. In the blind round, fields that identify the person are absent. */
const GivenExercise = z.object({
  exercise: z.string(),
  status: z.enum(["planned", "created", "invited"]),
  due: z.string(),
  start_sha: z.string().nullable(),
  repository: z.string().optional(),
  github_username: z.string().nullable().optional(),
});

/** What is on record of an exercise and its submission. The facts are absent until a submission has been read. */
export const StoredSubmissionAnswer = z.union([
  SubmissionFacts.extend({ at: z.string(), assignment: GivenExercise.optional() }),
  z.object({ at: z.null(), assignment: GivenExercise.optional() }),
]);
export type StoredSubmissionAnswer = Answer<typeof StoredSubmissionAnswer>;

/** How detailed the answer is. */
export const DETAILS = ["concise", "full"] as const;
type Detail = (typeof DETAILS)[number];

const MAX_NOTES = 3;
const MAX_FILES_LISTED = 20;

export const submissionAnswer = (
  { ref, submission, missing, stored }: SubmissionSummary,
  detail: Detail = "concise",
): SubmissionAnswer => ({
  ref,
  submission: detail === "full" ? submission : conciseFacts(submission),
  missing: [...missing],
  stored,
});

/** The facts without unchanged parts and without most of the candidate's own words. */
const conciseFacts = (facts: Answer<typeof SubmissionFacts>): Answer<typeof SubmissionFacts> => ({
  ...facts,
  notes: facts.notes.slice(0, MAX_NOTES),
  without_diff: facts.without_diff.slice(0, MAX_FILES_LISTED),
  pipelines: facts.pipelines.slice(0, MAX_FILES_LISTED),
  infrastructure: facts.infrastructure && {
    ...facts.infrastructure,
    workloads: facts.infrastructure.workloads.filter(({ status }) => status !== "same"),
  },
});

/** The stored submission, with concise facts. */
export const storedSubmissionAnswer = (stored: StoredSubmissionAnswer): StoredSubmissionAnswer =>
  stored.at === null ? stored : { ...stored, ...conciseFacts(stored) };
