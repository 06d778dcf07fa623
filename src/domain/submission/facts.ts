import * as z from "zod";
import { Untrusted } from "../untrusted.ts";
import { InfrastructureChange, PipelineChange } from "./infrastructure/facts.ts";

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
  base: z.string(),
  head_sha: z.string(),
  base_sha: z.string(),
  /** Set when the head has moved since the previous snapshot. */
  previous_head_sha: z.string().optional(),
  state: z.enum(["open", "closed", "merged", "none"]),
  draft: z.boolean(),
  opened_at: z.string().nullable(),
  pushed_at: z.string().nullable(),
  exercise: z.string().nullable(),
  /** A hash of the exercise's data. Submissions with different versions answer different tasks. */
  exercise_version: z.string().optional(),
  due: z.string().optional(),
  late_by_days: z.number().optional(),
});

/** When the work was done, by the commits' own dates. Facts to talk about, not evidence of guilt. */
const Timeline = z.object({
  commits: z.number(),
  merge_commits: z.number(),
  active_days: z.number(),
  /** Author dates, which the author's machine sets. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  single_commit: z.boolean(),
  before_assignment: z.number().optional(),
  /** Recorded by the host. Null when the host keeps no record. */
  force_pushes: z.number().nullable(),
});
export type Timeline = z.infer<typeof Timeline>;

const Tests = z.object({
  files_added: z.number(),
  files_changed: z.number(),
  files_removed: z.number(),
  cases_added: z.number(),
  cases_removed: z.number(),
  skipped_added: z.number(),
});

const CheckResult = z.object({
  name: z.string(),
  app: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  completed_at: z.string().nullable(),
});

/** A place in the change, at a fixed commit. `url` is left out in blind mode, because it names the owner. */
const Permalink = z.object({ path: z.string(), line: z.number().optional(), url: z.string().optional() });
export type Permalink = z.infer<typeof Permalink>;

/**
 * How the change covers one requirement: traces were found at these places, its files were touched without the expected
 * content, or nothing was found.
 */
const Coverage = z.object({
  id: z.string(),
  text: z.string(),
  status: z.enum(["met_by", "touched", "not_seen"]),
  evidence: z.array(Permalink),
});
export type Coverage = z.infer<typeof Coverage>;

/** A question for the talk about the exercise, with its place in the change. */
const Question = z.object({ ask: z.string(), path: z.string().optional(), line: z.number().optional() });
export type Question = z.infer<typeof Question>;

/** What a reader should know before opening the repository. Links and submodules were not followed. */
const TreeFacts = z.object({
  files: z.number(),
  symbolic_links: z.array(z.string()),
  submodules: z.array(z.string()),
  lfs_pointers: z.array(z.string()),
  large_files: z.array(z.string()),
  colliding_names: z.array(z.string()),
});
export type TreeFacts = z.infer<typeof TreeFacts>;

/** The facts of a submission: computed or quoted. `missing` lists what could not be read. There are no judgements. */
export const SubmissionFacts = z.object({
  identity: Identity,
  timeline: Timeline,
  totals: z.object({ files: z.number(), added: z.number(), removed: z.number() }),
  areas: z.array(z.object({ area: Area, files: z.number(), added: z.number(), removed: z.number() })),
  tests: Tests,
  protected_edited: z.array(z.string()),
  workflows_edited: z.array(z.string()),
  checks: z.array(CheckResult),
  /** CI workflows over all commits: number of runs, time of the first success, and result of the newest run. */
  workflows: z.array(
    z.object({
      name: z.string(),
      runs: z.number(),
      first_green_at: z.string().nullable(),
      last: z.string().nullable(),
    }),
  ),
  infrastructure: InfrastructureChange.nullable(),
  pipelines: z.array(PipelineChange),
  coverage: z.array(Coverage),
  follow_ups: z.array(Question),
  repository: TreeFacts,
  secrets_seen: z.array(z.string()),
  without_diff: z.array(z.string()),
  notes: z.array(Untrusted),
  missing: z.array(z.string()),
});
export type SubmissionFacts = z.infer<typeof SubmissionFacts>;

/** Replaces a name, handle or address in blind mode. */
export const BLIND = "[left out]";
