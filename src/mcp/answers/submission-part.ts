import * as z from "zod";
import { AREAS } from "../../domain/submission/areas.ts";
import { Untrusted } from "../../domain/untrusted.ts";

const names = z.array(z.string());

const Identity = z.object({
  source: z.enum(["pull_request", "repository", "clone"]),
  repository: z.string(),
  asked_as: z.string().exactOptional(),
  pull_request: z.number().nullable(),
  branch: z.string(),
  base: z.string(),
  head_sha: z.string(),
  base_sha: z.string(),
  previous_head_sha: z.string().exactOptional(),
  state: z.string(),
  draft: z.boolean(),
  opened_at: z.string().nullable(),
  pushed_at: z.string().nullable(),
  exercise: z.string().nullable(),
  exercise_version: z.string().exactOptional(),
  due: z.string().exactOptional(),
  late_by_days: z.number().exactOptional(),
});

const Timeline = z.object({
  commits: z.number(),
  merge_commits: z.number(),
  active_days: z.number(),
  first: z.string().nullable(),
  last: z.string().nullable(),
  single_commit: z.boolean(),
  before_assignment: z.number().exactOptional(),
  force_pushes: z.number().nullable(),
});

const Range = z.object({ at_least: z.number(), at_most: z.number().nullable() });
const Requested = z.object({
  before: Range,
  after: Range,
  percent: z.object({ at_least: z.number().nullable(), at_most: z.number().nullable() }),
});
const Workload = z.object({
  replicas: Range,
  bounded: z.boolean(),
  requests: z.object({ cpu: z.number(), memory_gib: z.number(), gpu: z.number() }),
  limits: z.object({
    cpu: z.number().exactOptional(),
    memory_gib: z.number().exactOptional(),
    gpu: z.number().exactOptional(),
  }),
  without_requests: z.boolean(),
  probes: names,
  unpinned_images: names,
});
const Infrastructure = z.object({
  requested: z.object({ cpu: Requested, memory_gib: Requested, gpu: Requested }),
  workloads: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      path: z.string(),
      status: z.enum(["added", "removed", "changed", "same"]),
      before: Workload.nullable(),
      after: Workload.nullable(),
    }),
  ),
  unknown_kinds: names,
  unreadable: names,
  not_applied: names,
  repeated: names,
  not_evaluated: names,
});

const Pipeline = z.object({
  path: z.string(),
  system: z.enum(["airflow", "argo", "kubeflow", "github_actions"]),
  steps: z.number(),
  with_retries: z.number(),
  with_timeout: z.number(),
  pinned: z.number(),
  unpinned: names,
  jobs: names,
});

/** A place in the candidate's repository. */
const place = { path: z.string(), line: z.number().exactOptional() };

/** What was given as an exercise, and what was read of the answer; the facts are absent before anything was read. */
export const SubmissionPart = z.object({
  at: z.string().nullable(),
  assignment: z
    .object({
      exercise: z.string(),
      status: z.string(),
      due: z.string(),
      start_sha: z.string().nullable(),
      repository: z.string().exactOptional(),
      github_username: z.string().nullable().exactOptional(),
    })
    .exactOptional(),
  identity: Identity.exactOptional(),
  timeline: Timeline.exactOptional(),
  totals: z.object({ files: z.number(), added: z.number(), removed: z.number() }).exactOptional(),
  areas: z
    .array(z.object({ area: z.enum(AREAS), files: z.number(), added: z.number(), removed: z.number() }))
    .exactOptional(),
  tests: z
    .object({
      files_added: z.number(),
      files_changed: z.number(),
      files_removed: z.number(),
      cases_added: z.number(),
      cases_removed: z.number(),
      skipped_added: z.number(),
    })
    .exactOptional(),
  protected_edited: names.exactOptional(),
  workflows_edited: names.exactOptional(),
  checks: z
    .array(
      z.object({
        name: z.string(),
        app: z.string(),
        status: z.string(),
        conclusion: z.string().nullable(),
        completed_at: z.string().nullable(),
      }),
    )
    .exactOptional(),
  workflows: z
    .array(
      z.object({
        name: z.string(),
        runs: z.number(),
        first_green_at: z.string().nullable(),
        last: z.string().nullable(),
      }),
    )
    .exactOptional(),
  infrastructure: Infrastructure.nullable().exactOptional(),
  pipelines: z
    .array(
      z.object({
        path: z.string(),
        before: Pipeline.nullable(),
        after: Pipeline.nullable(),
        new_jobs: names,
      }),
    )
    .exactOptional(),
  coverage: z
    .array(
      z.object({
        id: z.string(),
        text: z.string(),
        status: z.enum(["met_by", "touched", "not_seen"]),
        evidence: z.array(z.object({ ...place, url: z.string().exactOptional() })),
      }),
    )
    .exactOptional(),
  follow_ups: z
    .array(z.object({ ask: z.string(), path: z.string().exactOptional(), line: z.number().exactOptional() }))
    .exactOptional(),
  repository: z
    .object({
      files: z.number(),
      symbolic_links: names,
      submodules: names,
      lfs_pointers: names,
      large_files: names,
      colliding_names: names,
    })
    .exactOptional(),
  secrets_seen: names.exactOptional(),
  without_diff: names.exactOptional(),
  notes: z.array(Untrusted).exactOptional(),
  missing: names.exactOptional(),
});
