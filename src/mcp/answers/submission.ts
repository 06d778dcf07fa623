import * as z from "zod";
import type { Frozen } from "../../domain/frozen.ts";
import { ASSIGNMENT_STATUSES } from "../../domain/submission/assignment.ts";
import { ExerciseForm } from "../../domain/submission/exercise-form.ts";
import { SubmissionFacts } from "../../domain/submission/facts.ts";
import { InfrastructureChange, type WorkloadShape } from "../../domain/submission/infrastructure/facts.ts";
import type { Services } from "../../services/services.ts";
import type { SubmissionSummary } from "../../services/submissions/summarize-submission.ts";
import type { Answer } from "./answer.ts";
import { omitEmpty } from "./omit-empty.ts";
import { UntrustedAnswer, untrustedAnswer } from "./untrusted.ts";

const { identity, timeline, tests, checks, repository } = SubmissionFacts.shape;
const { workloads, requested } = InfrastructureChange.shape;
const amount = requested.shape.cpu;
const shape = workloads.element.shape.before.unwrap();

// What is left out where there is none of it.
const OF_SHAPE = {
  bounded: true,
  accelerators: true,
  without_requests: true,
  probes: true,
  unpinned_images: true,
} as const;
const OF_LISTS = {
  partial: true,
  duplicate_keys: true,
  not_read: true,
  apart: true,
  remarks: true,
  unknown_kinds: true,
  unreadable: true,
  not_applied: true,
  repeated: true,
  not_evaluated: true,
  values_changed: true,
  not_computed: true,
  eases_ci: true,
} as const;
const OF_INFRASTRUCTURE = { ...OF_LISTS, requested_for_a_time: true } as const;
const OF_REPOSITORY = {
  symbolic_links: true,
  submodules: true,
  lfs_pointers: true,
  large_files: true,
  colliding_names: true,
} as const;
const OF_FACTS = {
  beside: true,
  protected_edited: true,
  workflows_edited: true,
  workflows: true,
  pipelines: true,
  coverage: true,
  follow_ups: true,
  secrets_seen: true,
  secrets: true,
  hidden_characters: true,
  without_diff: true,
} as const;
const OF_IDENTITY = { draft: true, exercise: true } as const;
const OF_TESTS = { not_counted: true } as const;
/** Counts of what is rare, which are left out where they are 0, and null where they are not known. */
const RARE_IN_TESTS = { focused_added: true, emptied: true } as const;
const OF_TIMELINE = { merge_commits: true, single_commit: true } as const;

/** One side of a workload. */
const ShapeAnswer = shape.partial({ ...OF_SHAPE, limits: true, runs: true });
/** Null where neither side is known. `percent` is absent where there is none. */
const AmountAnswer = amount.partial({ percent: true }).nullable();
const RequestedAnswer = requested.partial({ accelerators: true }).extend({
  ...{ cpu: AmountAnswer, memory_gib: AmountAnswer, gpu: AmountAnswer },
});
const Infrastructure = InfrastructureChange.partial(OF_INFRASTRUCTURE).extend({
  requested: RequestedAnswer,
  requested_for_a_time: RequestedAnswer.nullable().optional(),
  workloads: z.array(
    workloads.element.extend({ before: ShapeAnswer.nullable(), after: ShapeAnswer.nullable() }),
  ),
});

const Facts = SubmissionFacts.partial(OF_FACTS).extend({
  identity: identity.partial({ ...OF_IDENTITY, base_sha: true }),
  timeline: timeline.partial(OF_TIMELINE),
  tests: tests.partial({ ...OF_TESTS, ...RARE_IN_TESTS }),
  /** `status` is absent where there is a conclusion. */
  checks: z.array(checks.unwrap().element.partial({ status: true })).nullable(),
  infrastructure: Infrastructure.nullable(),
  repository: repository.partial(OF_REPOSITORY),
  notes: z.array(UntrustedAnswer),
});
type Facts = Answer<typeof Facts>;

/** The answer to reading a submission. */
export const SubmissionAnswer = z.object({
  ref: z.string().nullable(),
  submission: Facts,
  stored: z.boolean(),
});
export type SubmissionAnswer = Answer<typeof SubmissionAnswer>;

/** The exercise given to an application. In the blind round, fields that identify the person are absent. */
const GivenExercise = z.object({
  exercise: z.string(),
  form: ExerciseForm,
  status: z.enum(ASSIGNMENT_STATUSES),
  due: z.string(),
  start_sha: z.string().nullable(),
  repository: z.string().nullable().optional(),
  github_username: z.string().nullable().optional(),
});

/** What was handed in for an exercise without a repository, and what it asks for, to be checked by eye. */
export const WorkSampleAnswer = z.object({
  handed_in: z.array(
    z.object({
      document: z.string(),
      name: z.string(),
      at: z.string(),
      days_after_due: z.number().optional(),
      words: z.number().optional(),
      pages: z.number().optional(),
      /** An address in the place of a text. Nobody opened it. */
      link: z.string().optional(),
    }),
  ),
  to_check: z.array(z.string()),
});

const Given = { assignment: GivenExercise.optional(), work_sample: WorkSampleAnswer.optional() };

/** What is on record of an exercise and its submission. The facts are absent until a submission has been read. */
export const StoredSubmissionAnswer = z.union([
  Facts.extend({ at: z.string(), ...Given }),
  z.object({ at: z.null(), ...Given }),
]);
export type StoredSubmissionAnswer = Answer<typeof StoredSubmissionAnswer>;

/** How detailed the answer is. */
export const DETAILS = ["concise", "full"] as const;
type Detail = (typeof DETAILS)[number];

const MAX_NOTES = 3;
const MAX_FILES_LISTED = 20;

export const submissionAnswer = (
  { ref, submission, stored }: SubmissionSummary,
  detail: Detail = "concise",
): SubmissionAnswer => ({
  ref,
  submission: detail === "full" ? everyFact(submission) : conciseFacts(submission),
  stored,
});

/** All facts, with those that are null, false, zero or empty. */
const everyFact = ({ notes, ...facts }: Frozen<SubmissionFacts>): Facts => ({
  ...facts,
  notes: notes.map(untrustedAnswer),
});

/** The facts without unchanged parts, most of the candidate's own words and the hash that the change starts from. */
function conciseFacts(facts: Frozen<SubmissionFacts>): Facts {
  const { infrastructure } = facts;
  const concise = factsAnswer({
    ...facts,
    notes: facts.notes.slice(0, MAX_NOTES),
    without_diff: firstFiles(facts.without_diff),
    pipelines: facts.pipelines.slice(0, MAX_FILES_LISTED),
    infrastructure: infrastructure && {
      ...infrastructure,
      workloads: infrastructure.workloads.filter(({ status }) => status !== "same"),
    },
  });
  const { base_sha: _base, ...identity } = concise.identity;
  return { ...concise, identity };
}

const firstFiles = (paths: readonly string[]): string[] =>
  paths.length <= MAX_FILES_LISTED
    ? [...paths]
    : [...paths.slice(0, MAX_FILES_LISTED - 1), `and ${paths.length - MAX_FILES_LISTED + 1} more`];

const factsAnswer = ({
  identity,
  timeline,
  tests,
  checks,
  infrastructure,
  repository,
  notes,
  ...facts
}: Frozen<SubmissionFacts>): Facts => ({
  ...omitEmpty(facts, OF_FACTS),
  identity: omitEmpty(identity, OF_IDENTITY),
  timeline: omitEmpty(timeline, OF_TIMELINE),
  tests: testsAnswer(tests),
  checks:
    checks === null
      ? null
      : checks.map(({ status, ...check }) => ({ ...check, ...(check.conclusion === null && { status }) })),
  infrastructure: infrastructure && infrastructureAnswer(infrastructure),
  repository: omitEmpty(repository, OF_REPOSITORY),
  notes: notes.map(untrustedAnswer),
});

function testsAnswer({ focused_added, emptied, ...tests }: Frozen<SubmissionFacts>["tests"]): Facts["tests"] {
  return {
    ...omitEmpty(tests, OF_TESTS),
    ...(focused_added !== 0 && { focused_added }),
    ...(emptied !== 0 && { emptied }),
  };
}

const infrastructureAnswer = ({
  workloads,
  requested,
  requested_for_a_time: forATime,
  ...change
}: Frozen<InfrastructureChange>): Answer<typeof Infrastructure> => ({
  requested: requestedAnswer(requested),
  ...(forATime && { requested_for_a_time: requestedAnswer(forATime) }),
  ...omitEmpty(change, OF_LISTS),
  workloads: workloads.map(({ before, after, ...workload }) => ({
    ...workload,
    before: before && shapeAnswer(before),
    after: after && shapeAnswer(after),
  })),
});

const requestedAnswer = ({
  accelerators,
  ...amounts
}: Frozen<InfrastructureChange>["requested"]): Answer<typeof RequestedAnswer> => ({
  ...(accelerators.length > 0 && { accelerators }),
  cpu: amountAnswer(amounts.cpu),
  memory_gib: amountAnswer(amounts.memory_gib),
  gpu: amountAnswer(amounts.gpu),
});

function amountAnswer({
  before,
  after,
  percent,
}: Frozen<z.infer<typeof amount>>): Answer<typeof AmountAnswer> {
  if (before.at_least === null && after.at_least === null) return null;
  const isNone = percent.at_least === null && percent.at_most === null;
  return { before, after, ...(isNone ? {} : { percent }) };
}

function shapeAnswer({ limits, runs, ...shape }: Frozen<WorkloadShape>): Answer<typeof ShapeAnswer> {
  const limited = omitEmpty(limits, { cpu: true, memory_gib: true, gpu: true });
  return {
    ...omitEmpty(shape, OF_SHAPE),
    ...(runs !== "always" && { runs }),
    ...(Object.keys(limited).length > 0 && { limits: limited }),
  };
}

type Stored = NonNullable<Awaited<ReturnType<Services["dossiers"]["get"]>>["submission"]>;

/** The stored submission, with concise facts. */
export function storedSubmissionAnswer(stored: Stored): StoredSubmissionAnswer {
  if (stored.at === null) return stored;
  const { at, assignment, work_sample, ...facts } = stored;
  const given = { ...(assignment && { assignment }), ...(work_sample && { work_sample }) };
  return { at, ...given, ...conciseFacts(facts) };
}
