import type { InfrastructureChange, PipelineChange, WorkloadChange } from "./infrastructure/facts.ts";
import type { SourceFile } from "./infrastructure/manifests.ts";

/** Everything that can be computed about a change, by the names that exercises use. */
export const OBSERVATIONS = [
  "cpu_reduced",
  "memory_reduced",
  "gpu_reduced",
  "bounds_set",
  "probes_added",
  "workload_removed",
  "image_pinned",
  "single_replica",
  "no_upper_bound",
  "no_probes",
  "no_requests",
  "image_unpinned",
  "retries_set",
  "timeout_set",
  "check_added",
  "tests_added",
  "no_tests",
  "tests_skipped",
  "protected_edited",
] as const;
type ObservationId = (typeof OBSERVATIONS)[number];

/** One computed observation: its place, and the values that a question may use. */
export type Observation = {
  readonly id: ObservationId;
  readonly path: string;
  readonly line?: number;
  readonly values: Readonly<Record<string, string>>;
};

/** Observations about manifests and pipelines, with the line to look at. */
export function observe(
  infrastructure: InfrastructureChange | undefined,
  pipelines: readonly PipelineChange[],
  after: readonly SourceFile[],
): Observation[] {
  const texts = new Map(after.map((file) => [file.path, file.text]));
  const at = (path: string, pattern: RegExp): Pick<Observation, "path" | "line"> => {
    const line = (texts.get(path) ?? "").split("\n").findIndex((text) => pattern.test(text));
    return line < 0 ? { path } : { path, line: line + 1 };
  };
  return [
    ...(infrastructure?.workloads ?? []).flatMap((workload) => ofWorkload(workload, at)),
    ...pipelines.flatMap((pipeline) => ofPipeline(pipeline, at)),
  ];
}

type At = (path: string, pattern: RegExp) => Pick<Observation, "path" | "line">;

function ofWorkload(workload: WorkloadChange, at: At): Observation[] {
  const { before, after, name, path, status } = workload;
  if (status === "removed") return [{ id: "workload_removed", path, values: { workload: name } }];
  if (!after || status === "same" || status === "not_known") return [];
  const isComparable = before?.runs === after.runs && after.runs !== "on_each_node";
  const less = (key: "cpu" | "memory_gib" | "gpu") => {
    const [least, now] = [amountAtLeast(before, key), amountAtLeast(after, key)];
    if (!isComparable || least === null || now === null || now >= least) return undefined;
    return { from: String(least), to: String(now) };
  };
  // Jobs and pods on each node have no replicas of a service, and no probes that keep requests from them. Of a kind that
  // is not computed nothing is known.
  const isComputed = Object.values(after.requests).some((n) => n !== null);
  const isService = isComputed && after.runs === "always" && after.replicas.at_least !== null;
  const candidates: [ObservationId, RegExp, Record<string, string> | undefined | false][] = [
    ["cpu_reduced", /\brequests:/, less("cpu")],
    ["memory_reduced", /\brequests:/, less("memory_gib")],
    ["gpu_reduced", /\.com\/gpu/, less("gpu")],
    [
      "bounds_set",
      /\bmaxReplicas:/,
      after.bounded &&
        !before?.bounded && { min: String(after.replicas.at_least), max: String(after.replicas.at_most) },
    ],
    [
      "probes_added",
      /\b(?:readiness|liveness|startup)Probe:/,
      after.probes.length > (before?.probes.length ?? 0) && {},
    ],
    [
      "image_pinned",
      /\bimage:/,
      (before?.unpinned_images.length ?? 0) > 0 && after.unpinned_images.length === 0 && {},
    ],
    ["single_replica", /\b(?:minReplicas|replicas):\s*1\b/, isService && after.replicas.at_least === 1 && {}],
    ["no_upper_bound", /\bminReplicas:/, isService && after.replicas.at_most === null && {}],
    ["no_probes", /\bcontainers:/, isService && after.probes.length === 0 && {}],
    ["no_requests", /\bcontainers:/, after.without_requests && {}],
    [
      "image_unpinned",
      /\bimage:/,
      after.unpinned_images.length > 0 && { image: after.unpinned_images[0] ?? "" },
    ],
  ];
  return candidates.flatMap(([id, pattern, values]) =>
    values ? [{ id, ...at(path, pattern), values: { workload: name, ...values } }] : [],
  );
}

/** The amount of all pods at the fewest, without the errors of binary fractions. Null where it is not known. */
function amountAtLeast(shape: WorkloadChange["after"], key: "cpu" | "memory_gib" | "gpu"): number | null {
  const [one, pods] = [shape?.requests[key] ?? null, shape?.replicas.at_least ?? null];
  return one === null || pods === null ? null : Number((one * pods).toPrecision(12));
}

function ofPipeline({ path, before, after, new_jobs }: PipelineChange, at: At): Observation[] {
  if (!after) return [];
  // Of a pipeline that could not be read before, nothing is new.
  const more = (key: "with_retries" | "with_timeout") => {
    const was = before === null ? 0 : before[key];
    return after[key] !== null && was !== null && after[key] > was;
  };
  return [
    ...(more("with_retries")
      ? [{ id: "retries_set" as const, ...at(path, /\bretr(?:y|ies)/i), values: {} }]
      : []),
    ...(more("with_timeout")
      ? [{ id: "timeout_set" as const, ...at(path, /timeout|deadline/i), values: {} }]
      : []),
    ...new_jobs.map((job) => ({ id: "check_added" as const, path, values: { job } })),
  ];
}
