import * as z from "zod";

/** Resources of one replica, or of all: vCPU, GiB of memory, GPU devices. */
const Resources = z.object({ cpu: z.number(), memory_gib: z.number(), gpu: z.number() });
export type Resources = z.infer<typeof Resources>;

/** Amounts at the least and the most replicas. `at_most` is null when a workload has no upper bound. */
const AmountRange = z.object({ at_least: z.number(), at_most: z.number().nullable() });
export type AmountRange = z.infer<typeof AmountRange>;

const AmountChange = z.object({
  before: AmountRange,
  after: AmountRange,
  percent: z.object({ at_least: z.number().nullable(), at_most: z.number().nullable() }),
});
export type AmountChange = z.infer<typeof AmountChange>;

const WorkloadShape = z.object({
  replicas: AmountRange,
  bounded: z.boolean(),
  requests: Resources,
  limits: Resources.partial(),
  without_requests: z.boolean(),
  probes: z.array(z.string()),
  unpinned_images: z.array(z.string()),
});
export type WorkloadShape = z.infer<typeof WorkloadShape>;

/** One workload before and after the change. Null on a side where it does not exist. */
const WorkloadChange = z.object({
  name: z.string(),
  kind: z.string(),
  path: z.string(),
  status: z.enum(["added", "removed", "changed", "same"]),
  before: WorkloadShape.nullable(),
  after: WorkloadShape.nullable(),
});
export type WorkloadChange = z.infer<typeof WorkloadChange>;

/** What the manifests request from a cluster before and after the change: vCPU, GiB of memory and GPU devices. */
export const InfrastructureChange = z.object({
  requested: z.object({ cpu: AmountChange, memory_gib: AmountChange, gpu: AmountChange }),
  workloads: z.array(WorkloadChange),
  unknown_kinds: z.array(z.string()),
  unreadable: z.array(z.string()),
  not_applied: z.array(z.string()),
  repeated: z.array(z.string()),
  not_evaluated: z.array(z.string()),
});
export type InfrastructureChange = z.infer<typeof InfrastructureChange>;

/** How a pipeline runs, from its file. `steps` counts steps of jobs, templates or tasks, depending on the system. */
const Pipeline = z.object({
  path: z.string(),
  system: z.enum(["airflow", "argo", "kubeflow", "github_actions"]),
  steps: z.number(),
  with_retries: z.number(),
  with_timeout: z.number(),
  pinned: z.number(),
  unpinned: z.array(z.string()),
  /** Names of jobs. A new name is a new check. */
  jobs: z.array(z.string()),
});
export type Pipeline = z.infer<typeof Pipeline>;

export const PipelineChange = z.object({
  path: z.string(),
  before: Pipeline.nullable(),
  after: Pipeline.nullable(),
  new_jobs: z.array(z.string()),
});
export type PipelineChange = z.infer<typeof PipelineChange>;
