import * as z from "zod";
import { Untrusted } from "../untrusted.ts";
import {
  InfrastructureChange,
  PipelineChange,
  withLaterInfrastructure,
  withLaterPipelines,
} from "./infrastructure/facts.ts";

/** The kinds of files. Facts list the areas in this order; the catalogue defines which paths belong to which area. */
export const AREAS = [
  "lock_files",
  "vendored",
  "generated",
  "tests",
  "infrastructure",
  "configuration",
  "docs",
  "binary",
  "source",
  "data",
] as const;
export const Area = z.enum(AREAS);
export type Area = z.infer<typeof Area>;

const Identity = z.object({
  source: z.enum(["pull_request", "repository", "clone"]),
  repository: z.string(),
  /** The name in the address that was given. Set when the repository has been renamed. */
  asked_as: z.string().optional(),
  pull_request: z.number().nullable(),
  branch: z.string(),
  /** What the work was compared with, and why that. */
  base: z.string(),
  base_why: z.string().optional(),
  head_sha: z.string(),
  base_sha: z.string(),
  /** Set when the head has moved since the previous snapshot. */
  previous_head_sha: z.string().optional(),
  state: z.enum(["open", "closed", "merged", "none"]),
  draft: z.boolean(),
  opened_at: z.string().nullable(),
  /** When the head arrived, by the host's record. Null where there is none: a commit's own dates are no push. */
  pushed_at: z.string().nullable(),
  exercise: z.string().nullable(),
  /** A hash of the exercise's data. Submissions with different versions answer different tasks. */
  exercise_version: z.string().optional(),
  due: z.string().optional(),
  /** By the host's record of the push. Absent where it is not known when the work came in. */
  late_by_days: z.number().optional(),
});

/** A figure that is computed from all that it depends on. Null where a part of that was not read; `missing` says which. */
const Figure = z.number().nullable();

/** When the work was done, by the commits' own dates. Facts to talk about, not evidence of guilt. */
const Timeline = z.object({
  commits: Figure,
  merge_commits: Figure,
  active_days: Figure,
  /** Author dates, which the author's machine sets. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  single_commit: z.boolean().nullable(),
  before_assignment: z.number().optional(),
  /** Recorded by the host. Null when the host keeps no record. */
  force_pushes: z.number().nullable(),
});
export type Timeline = z.infer<typeof Timeline>;

const Tests = z.object({
  files_added: Figure,
  files_changed: Figure,
  files_removed: Figure,
  cases_added: Figure,
  cases_removed: Figure,
  skipped_added: Figure,
  /** Cases that keep every other from running (`it.only`), added by the change. */
  focused_added: Figure,
  /** Cases that lost all their assertions, and new ones that assert nothing or only what is always true. */
  emptied: Figure,
  /** Changed files of tests whose language or framework is not counted, as `Ruby: spec/a_spec.rb`. */
  not_counted: z.array(z.string()),
});

const CheckResult = z.object({
  name: z.string(),
  app: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  completed_at: z.string().nullable(),
});

/**
 * A place in the change, at a fixed commit. `seen` is the candidate's line, shortened. `url` is left out in blind mode,
 * because it names the owner.
 */
const Permalink = z.object({
  path: z.string(),
  line: z.number().optional(),
  seen: z.string().optional(),
  url: z.string().optional(),
});
export type Permalink = z.infer<typeof Permalink>;

/**
 * How the change covers one requirement: traces were found at these places, its files were touched without the expected
 * content, nothing was found, or it is not known because a part of the change was not read.
 */
const Coverage = z.object({
  id: z.string(),
  text: z.string(),
  status: z.enum(["met_by", "touched", "not_seen", "not_known"]),
  evidence: z.array(Permalink),
  /** What comments, texts and prose of the change say about it, which is no trace. */
  claims: z.array(Permalink),
});
export type Coverage = z.infer<typeof Coverage>;

/** A question for the talk about the exercise, with its place in the change. */
const Question = z.object({ ask: z.string(), path: z.string().optional(), line: z.number().optional() });
export type Question = z.infer<typeof Question>;

/**
 * What looks like a credential, never its value. `commit` is the first that is known to hold it: the head, where the
 * history was not read. `gone` where the head no longer does, null where that is not known.
 */
const SecretSeen = z.object({
  kind: z.string(),
  path: z.string(),
  line: z.number().optional(),
  commit: z.string(),
  gone: z.boolean().nullable(),
});
export type SecretSeen = z.infer<typeof SecretSeen>;

/** Characters in a source that a reader does not see, or that turn the direction of writing. */
const HiddenCharacters = z.object({
  kind: z.string(),
  path: z.string(),
  line: z.number().optional(),
  commit: z.string(),
});
export type HiddenCharacters = z.infer<typeof HiddenCharacters>;

/** What a reader should know before opening the repository. Links and submodules were not followed. */
const TreeFacts = z.object({
  files: Figure,
  symbolic_links: z.array(z.string()),
  submodules: z.array(z.string()),
  lfs_pointers: z.array(z.string()),
  large_files: z.array(z.string()),
  colliding_names: z.array(z.string()),
});
export type TreeFacts = z.infer<typeof TreeFacts>;

/**
 * The facts of a submission: computed or quoted. There are no judgements. A fact is null where a part of what it depends
 * on was not read, and `missing` says which part and why.
 */
export const SubmissionFacts = z.object({
  identity: Identity,
  /** Seen beside the work: bots and other authors, other branches, what is not committed; whether it is counted is said. */
  beside: z.array(z.string()),
  timeline: Timeline,
  totals: z.object({ files: Figure, added: Figure, removed: Figure }),
  areas: z.array(z.object({ area: Area, files: z.number(), added: Figure, removed: Figure })).nullable(),
  tests: Tests,
  protected_edited: z.array(z.string()),
  workflows_edited: z.array(z.string()),
  checks: z.array(CheckResult).nullable(),
  /** CI workflows over all commits: number of runs, time of the first success, and result of the newest run. */
  workflows: z
    .array(
      z.object({
        name: z.string(),
        runs: z.number(),
        first_green_at: z.string().nullable(),
        last: z.string().nullable(),
      }),
    )
    .nullable(),
  infrastructure: InfrastructureChange.nullable(),
  pipelines: z.array(PipelineChange),
  coverage: z.array(Coverage),
  follow_ups: z.array(Question),
  repository: TreeFacts,
  /** The paths of `secrets`, without those in messages. */
  secrets_seen: z.array(z.string()),
  secrets: z.array(SecretSeen),
  hidden_characters: z.array(HiddenCharacters),
  /** Binary files, and files whose difference was not read. */
  without_diff: z.array(z.string()),
  notes: z.array(Untrusted),
  missing: z.array(z.string()),
});
export type SubmissionFacts = z.infer<typeof SubmissionFacts>;

/** Facts as they were stored, maybe by a version that knew fewer: what it did not compute is unknown. */
export const withLaterFacts = (stored: SubmissionFacts): SubmissionFacts => ({
  ...stored,
  infrastructure: stored.infrastructure && withLaterInfrastructure(stored.infrastructure),
  pipelines: withLaterPipelines(stored.pipelines),
  beside: stored.beside ?? [],
  secrets: stored.secrets ?? [],
  hidden_characters: stored.hidden_characters ?? [],
  coverage: stored.coverage.map((covered) => ({ ...covered, claims: covered.claims ?? [] })),
  tests: {
    ...stored.tests,
    focused_added: stored.tests.focused_added ?? null,
    emptied: stored.tests.emptied ?? null,
    not_counted: stored.tests.not_counted ?? [],
  },
});

/** Replaces a name, handle or address in blind mode. */
export const BLIND = "[left out]";
