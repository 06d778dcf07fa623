import type { Frozen } from "../../domain/frozen.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { AmountRange, PipelineChange, Resources } from "../../domain/submission/infrastructure/facts.ts";
import { isWholeGpu } from "../../domain/submission/infrastructure/quantity.ts";
import type { SubmissionAnswer } from "../answers/submission.ts";
import { namesLine } from "./names.ts";

const MAX_WORKLOADS_SHOWN = 20;
const AMOUNTS = ["cpu", "memory_gib", "gpu"] as const;
const UNITS = { cpu: "vCPU", memory_gib: "GiB of memory", gpu: "GPU" } as const;

type Change = NonNullable<SubmissionAnswer["submission"]["infrastructure"]>;
type Workload = Change["workloads"][number];
type Shape = NonNullable<Workload["after"]>;

/** What the manifests request before and after, and what of them was not computed. */
export function infrastructureLines(change: Change | null): string[] {
  if (!change) return [];
  const { requested, requested_for_a_time: forATime, partial = false, workloads } = change;
  const { values_changed = [], not_computed = [], eases_ci = [] } = change;
  // Without a workload there are no sums to tell, only what was not computed. One that is the same may be left out here.
  const figures = [...AMOUNTS.map((key) => requested[key]), ...(requested.accelerators ?? [])];
  const isCounted = figures.some((amount) => amount?.before.at_least || amount?.after.at_least);
  const isBeyond = workloads.length === 0 && !isCounted && not_computed.length + eases_ci.length > 0;
  const more = workloads.length - MAX_WORKLOADS_SHOWN;
  const whole = partial ? ", of the workloads counted" : "";
  return [
    isBeyond ? "Infrastructure:" : "Infrastructure, from the manifests:",
    ...(isBeyond ? [] : requestedLines("Requested", requested, whole)),
    ...(forATime ? requestedLines("Requested by jobs while they run,", forATime, whole) : []),
    ...workloads.slice(0, MAX_WORKLOADS_SHOWN).map(workloadLine),
    more > 0 ? `  and ${pluralize(more, "more workload")}` : "",
    namesLine("  Kinds that are not computed", change.unknown_kinds),
    namesLine("  Not plain YAML, not read", change.unreadable),
    namesLine("  Keys that stand twice", change.duplicate_keys),
    namesLine("  Manifests that were not read", change.not_read),
    namesLine("  Fixtures, examples and other people's, not counted", change.apart),
    namesLine("  Beside a kustomization that does not name them, not counted", change.not_applied),
    namesLine("  In several places", change.repeated),
    namesLine("  Not evaluated", change.not_evaluated),
    namesLine("  To know", change.remarks),
    namesLine("  Values changed", values_changed.map(valueText)),
    namesLine("  Changed and not computed", not_computed),
    namesLine("  Lines of CI files to look at", eases_ci.map(lineText)),
  ];
}

/** `chart/values.yaml replicaCount 8 -> 2`. */
const valueText = ({ path, key, before, after }: NonNullable<Change["values_changed"]>[number]): string =>
  `${path} ${key} ${before ?? "not set"} -> ${after ?? "not set"}`;

/** `.gitlab-ci.yml:3 "allow_failure: true"`. */
const lineText = ({ path, line, text }: NonNullable<Change["eases_ci"]>[number]): string =>
  `${path}:${line} "${text}"`;

const requestedLines = (label: string, requested: Change["requested"], whole: string): string[] => [
  ...(AMOUNTS.every((key) => isUnknown(requested[key]))
    ? [`  ${label} vCPU, memory and GPU: not known.`]
    : AMOUNTS.map((key) => requestedLine(`${label} ${UNITS[key]}`, requested[key], whole))),
  ...(requested.accelerators ?? []).map(({ resource, before, after }) =>
    requestedLine(`${label} ${nameOf(resource)}`, { before, after }, whole),
  ),
];

type Amount = Change["requested"]["cpu"];

const isUnknown = (amount: Amount): boolean =>
  amount === null || (amount.before.at_least === null && amount.after.at_least === null);

const NO_PERCENT = { at_least: null, at_most: null };

/** Resources that are no devices have a unit (HAMi: "Device resource allocation"; Volcano: "GPU Virtualization"). */
const nameOf = (resource: string): string => {
  if (/^nvidia\.com\/gpumem$|^volcano\.sh\/v?gpu-memory$|\/dcumem$/.test(resource))
    return `${resource} (MiB)`;
  return /\/v?(?:gpu-?|dcu)?cores$|mem(?:ory)?-percentage$/.test(resource)
    ? `${resource} (per cent)`
    : resource;
};

/** `Requested GPU: 8 to 2, minus 75%.` At the fewest replicas first, then at the most. */
function requestedLine(label: string, amount: Amount, whole: string): string {
  if (amount === null) return `  ${label}: not known.`;
  const { before, after, percent = NO_PERCENT } = amount;
  const isNone = [before.at_least, before.at_most, after.at_least, after.at_most].every((n) => n === 0);
  if (isNone) return "";
  if (before.at_least === null && after.at_least === null) return `  ${label}: not known.`;
  const isFixed = [before, after].every(({ at_least, at_most }) => at_least === at_most);
  const least = amountText(before.at_least, after.at_least, percent.at_least, "not known");
  if (isFixed) return `  ${label}: ${least}${whole}.`;
  const most = [before, after].map(({ at_least, at_most }) =>
    at_least === null ? "not known" : bound(at_most),
  );
  const [from = "", to = ""] = most;
  const change = from === to ? `${to}, unchanged` : `${from} to ${to}${percentText(percent.at_most)}`;
  return `  ${label}: ${least} at the fewest replicas; ${change} at the most${whole}.`;
}

const amountText = (from: number | null, to: number | null, percent: number | null, none: string): string =>
  from === to ? `${to ?? none}, unchanged` : `${from ?? none} to ${to ?? none}${percentText(percent)}`;

function percentText(percent: number | null): string {
  if (percent === null) return "";
  if (percent === 0) return ", unchanged";
  return percent < 0 ? `, minus ${-percent}%` : `, plus ${percent}%`;
}

const bound = (amount: number | null): string => (amount === null ? "unbounded" : `${amount}`);

/** `changed: ranker (Deployment, before StatefulSet) in k8s/a.yaml, environment prod: 2 x (1 vCPU) -> 1 x (1 vCPU)`. */
function workloadLine(workload: Workload): string {
  const { name, kind, kind_before, path, environment, status, before, after } = workload;
  const kinds = kind_before === undefined ? kind : `${kind}, before ${kind_before}`;
  const place = environment === undefined ? path : `${path}, environment ${environment}`;
  const label = status === "not_known" ? "known on one side only" : status;
  const none = status === "not_known" ? "not known" : undefined;
  const shapes = [before ? shapeText(before) : none, after ? shapeText(after) : none];
  // What else changed, such as an image, is no part of these figures.
  const change =
    status === "changed" && shapes[0] === shapes[1]
      ? `${shapes[0]}, as before`
      : shapes.filter((shape) => shape !== undefined).join(" -> ");
  return `  ${label}: ${name} (${kinds}) in ${place}: ${change}`;
}

/** `2-4 x (2 vCPU, 4 GiB), limits 4 vCPU, probes readiness`. */
function shapeText(shape: Shape): string {
  if (Object.values(shape.requests).every((n) => n === null))
    return shape.replicas.at_least === null ? "not computed" : `${podsText(shape)} (not computed)`;
  const { requests, limits, accelerators = [], without_requests, probes, unpinned_images } = shape;
  const limit = limits && resourcesText(limits);
  const named = (isWhole: boolean) =>
    accelerators
      .filter(({ resource }) => isWholeGpu(resource) === isWhole)
      .map(({ resource, amount }) => `${amount ?? "unknown"} ${nameOf(resource)}`);
  // Whole GPUs are in the figure before them.
  const ofWhich = named(true);
  const asked = [
    `${resourcesText(requests)}${ofWhich.length > 0 ? `: ${ofWhich.join(" and ")}` : ""}`,
    ...named(false),
  ].filter((part) => part !== "");
  return [
    `${podsText(shape)} (${asked.join(", ") || "nothing requested"})`,
    without_requests && "not every container with requests",
    limit && `limits ${limit}`,
    probes?.length ? `probes ${probes.join(", ")}` : "no probes",
    unpinned_images?.length && `not pinned: ${unpinned_images.join(", ")}`,
  ]
    .filter((part) => typeof part === "string" && part !== "")
    .join(", ");
}

function podsText({ replicas, runs }: Shape): string {
  if (runs === "on_each_node") return "on each node";
  if (replicas.at_least === null) return "an unknown number x";
  return runs === "for_a_time" ? `for a time ${replicasText(replicas)} x` : `${replicasText(replicas)} x`;
}

const replicasText = ({ at_least, at_most }: Frozen<AmountRange>): string =>
  at_least === at_most ? `${at_least}` : at_most === null ? `${at_least} or more` : `${at_least}-${at_most}`;

const resourcesText = (resources: { [K in keyof Resources]?: number | null | undefined }): string =>
  [amountOf(resources.cpu, "vCPU"), amountOf(resources.memory_gib, "GiB"), amountOf(resources.gpu, "GPU")]
    .filter((part) => part !== "")
    .join(", ");

const amountOf = (amount: number | null | undefined, unit: string): string => {
  if (amount === null) return `unknown ${unit}`;
  return amount ? `${amount} ${unit}` : "";
};

const MAX_JOBS_KNOWN = 30;
const listed = (label: string, names: readonly string[]): string =>
  names.length > 0 ? `; ${label}: ${names.join(", ")}` : "";

type PipelineCount = "steps" | "with_retries" | "with_timeout" | "pinned" | "job_runs";

/** A pipeline whose facts differ: `steps 4 -> 5` where a count changed. */
export function pipelineLine({ path, name, before, after, new_jobs }: Frozen<PipelineChange>): string {
  const label = name === undefined ? `Pipeline ${path}` : `Pipeline ${name} in ${path}`;
  if (!after) return `${label} removed.`;
  const count = (key: PipelineCount) => {
    const [was, is] = [before?.[key], after[key]].map((n) => (n === null ? "unknown" : `${n}`));
    return before && was !== is ? `${was} -> ${is}` : `${is}`;
  };
  // GitHub Actions knows no retries of its own.
  const isActions = after.system === "github_actions";
  const parts = [
    `steps ${count("steps")}`,
    !isActions && `with retries ${count("with_retries")}`,
    `with a timeout ${count("with_timeout")}`,
    after.job_runs !== undefined && `job runs ${count("job_runs")}`,
    // Of Airflow's tasks the images are not read.
    after.system !== "airflow" && `pinned ${count("pinned")}`,
  ].filter((part) => part !== false);
  const left = before?.jobs.filter((job) => !after.jobs.includes(job)) ?? [];
  // Of an unread or very long pipeline not every job is known.
  const gone = after.steps === null || after.jobs.length >= MAX_JOBS_KNOWN ? [] : left;
  const jobs = `${listed("new", new_jobs)}${listed("gone", gone)}`;
  const unpinned = after.unpinned.length > 0 ? `; not pinned: ${after.unpinned.join(", ")}` : "";
  const reasons = [...new Set([...(after.why ?? []), ...(before?.why ?? [])])];
  const why = reasons.length > 0 ? `; ${reasons.join("; ")}` : "";
  const system = `${after.system}${before ? "" : ", new"}`;
  return `${label} (${system}): ${parts.join(", ")}${jobs}${unpinned}${why}.`;
}
