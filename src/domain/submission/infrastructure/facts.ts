import * as z from "zod";

/** A figure that is computed from all that it depends on, or null where a part of that is not known. */
const Figure = z.number().nullable();

/** Resources of one replica: vCPU, GiB of memory, whole GPUs. */
const Resources = z.object({ cpu: Figure, memory_gib: Figure, gpu: Figure });
export type Resources = z.infer<typeof Resources>;

/**
 * Amounts at the least and the most replicas. Both are null where they are not known. Where only `at_most` is null, a
 * workload has no upper bound.
 */
const AmountRange = z.object({ at_least: Figure, at_most: Figure });
export type AmountRange = z.infer<typeof AmountRange>;

const AmountChange = z.object({
  before: AmountRange,
  after: AmountRange,
  /** Null where a side is not known or not bounded, and where there was nothing before. */
  percent: z.object({ at_least: Figure, at_most: Figure }),
});
export type AmountChange = z.infer<typeof AmountChange>;

const Requested = z.object({
  cpu: AmountChange,
  memory_gib: AmountChange,
  /** Whole GPUs of every vendor. */
  gpu: AmountChange,
  /**
   * Accelerators by resource name, in the unit of the resource: slices, shares and other vendors' devices. Whole GPUs are
   * among them where there are others than nvidia.com/gpu.
   */
  accelerators: z.array(z.object({ resource: z.string(), before: AmountRange, after: AmountRange })),
});
export type Requested = z.infer<typeof Requested>;

/** How long or where the pods of a workload run. */
const RUNS = ["always", "for_a_time", "on_each_node"] as const;

const WorkloadShape = z.object({
  /** Pods at a time. Null for pods on each node, as the number of nodes is not known. */
  replicas: AmountRange,
  runs: z.enum(RUNS),
  bounded: z.boolean(),
  requests: Resources,
  limits: Resources.partial(),
  /** Slices, shares and other accelerators of one replica, by resource name. */
  accelerators: z.array(z.object({ resource: z.string(), amount: Figure })),
  without_requests: z.boolean(),
  probes: z.array(z.string()),
  unpinned_images: z.array(z.string()),
});
export type WorkloadShape = z.infer<typeof WorkloadShape>;

/**
 * One workload before and after the change. Null on a side where it does not exist; with the status `not_known` null on
 * a side of which not every manifest could be read.
 */
const WorkloadChange = z.object({
  name: z.string(),
  kind: z.string(),
  /** Set where the change made another kind of it. */
  kind_before: z.string().optional(),
  /** Where the same workload occurs in several environments: the folder that makes this one. */
  environment: z.string().optional(),
  path: z.string(),
  status: z.enum(["added", "removed", "changed", "same", "not_known"]),
  before: WorkloadShape.nullable(),
  after: WorkloadShape.nullable(),
});
export type WorkloadChange = z.infer<typeof WorkloadChange>;

/** A literal value that decides what runs, as text. Null on a side where it is not set. */
const ValueChange = z.object({
  path: z.string(),
  key: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type ValueChange = z.infer<typeof ValueChange>;

/** A line of the change, quoted for a reader to look at. */
const LineToSee = z.object({ path: z.string(), line: z.number(), text: z.string() });
export type LineToSee = z.infer<typeof LineToSee>;

/** What the manifests request from a cluster before and after the change. */
export const InfrastructureChange = z.object({
  /** Of the workloads that run all the time. */
  requested: Requested,
  /** Of jobs, while all of them run. Null without any. */
  requested_for_a_time: Requested.nullable(),
  /** Whether the figures are of the workloads counted only, as others are the same on both sides and not counted. */
  partial: z.boolean(),
  workloads: z.array(WorkloadChange),
  unknown_kinds: z.array(z.string()),
  unreadable: z.array(z.string()),
  /** Keys that stand twice in a manifest, as `replicas in k8s/a.yaml`. */
  duplicate_keys: z.array(z.string()),
  /** Manifests that were not read, because they are too large or too many. */
  not_read: z.array(z.string()),
  /** Manifests of fixtures, examples and other people, which are not counted. */
  apart: z.array(z.string()),
  not_applied: z.array(z.string()),
  repeated: z.array(z.string()),
  not_evaluated: z.array(z.string()),
  /** What else bears on the figures: targets of autoscalers that are not there, overhead of pods. */
  remarks: z.array(z.string()),
  /** Literal values of Helm charts and Compose files that differ. What a template makes of them is not known. */
  values_changed: z.array(ValueChange),
  /** Changed files that say what runs and of which nothing is computed, as `Compose file docker-compose.yml`. */
  not_computed: z.array(z.string()),
  /** Added lines of CI files that let a run pass in spite of a failure. */
  eases_ci: z.array(LineToSee),
});
export type InfrastructureChange = z.infer<typeof InfrastructureChange>;

/** Facts as they were stored, maybe by a version that knew fewer. */
export const withLaterInfrastructure = (stored: InfrastructureChange): InfrastructureChange => {
  const later = (requested: Requested): Requested => ({
    ...requested,
    accelerators: requested.accelerators ?? [],
  });
  const shape = (side: WorkloadShape | null) =>
    side && { ...side, runs: side.runs ?? "always", accelerators: side.accelerators ?? [] };
  return {
    ...stored,
    requested: later(stored.requested),
    requested_for_a_time: stored.requested_for_a_time ?? null,
    partial: stored.partial ?? false,
    workloads: stored.workloads.map((w) => ({ ...w, before: shape(w.before), after: shape(w.after) })),
    duplicate_keys: stored.duplicate_keys ?? [],
    not_read: stored.not_read ?? [],
    apart: stored.apart ?? [],
    remarks: stored.remarks ?? [],
    values_changed: stored.values_changed ?? [],
    not_computed: stored.not_computed ?? [],
    eases_ci: stored.eases_ci ?? [],
  };
};

/**
 * How a pipeline runs, from its file. `steps` counts steps of jobs, templates or tasks, depending on the system. A figure
 * that the text does not say for certain is null, and `why` says what it depends on.
 */
const Pipeline = z.object({
  path: z.string(),
  system: z.enum(["airflow", "argo", "kubeflow", "github_actions"]),
  steps: Figure,
  with_retries: Figure,
  with_timeout: Figure,
  pinned: Figure,
  unpinned: z.array(z.string()),
  /** Names of jobs. A new name is a new check. */
  jobs: z.array(z.string()),
  /** Runs of jobs, one for each combination of a matrix. Absent where a system has none. */
  job_runs: Figure.optional(),
  why: z.array(z.string()),
});
export type Pipeline = z.infer<typeof Pipeline>;

export const PipelineChange = z.object({
  path: z.string(),
  /** Set where the file holds several. */
  name: z.string().optional(),
  before: Pipeline.nullable(),
  after: Pipeline.nullable(),
  new_jobs: z.array(z.string()),
});
export type PipelineChange = z.infer<typeof PipelineChange>;

/** Pipelines as they were stored, maybe by a version that gave no reasons. */
export const withLaterPipelines = (stored: readonly PipelineChange[]): PipelineChange[] => {
  const later = (side: Pipeline | null) => side && { ...side, why: side.why ?? [] };
  return stored.map((change) => ({ ...change, before: later(change.before), after: later(change.after) }));
};
