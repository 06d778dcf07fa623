import type { Frozen } from "../../domain/frozen.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type {
  AmountChange,
  AmountRange,
  PipelineChange,
  Resources,
} from "../../domain/submission/infrastructure/facts.ts";
import type { SubmissionAnswer } from "../answers/submission.ts";
import { namesLine } from "./names.ts";

const MAX_WORKLOADS_SHOWN = 20;
const UNITS = { cpu: "vCPU", memory_gib: "GiB of memory", gpu: "GPU" } as const;

type Change = NonNullable<SubmissionAnswer["submission"]["infrastructure"]>;
type Workload = Change["workloads"][number];

/** What the manifests request before and after, and what of them was not computed. */
export function infrastructureLines(change: Change | null): string[] {
  if (!change) return [];
  const { requested, workloads } = change;
  const more = workloads.length - MAX_WORKLOADS_SHOWN;
  return [
    "Infrastructure, from the manifests:",
    ...(["cpu", "memory_gib", "gpu"] as const).map((key) => requestedLine(UNITS[key], requested[key])),
    ...workloads.slice(0, MAX_WORKLOADS_SHOWN).map(workloadLine),
    more > 0 ? `  and ${pluralize(more, "more workload")}` : "",
    namesLine("  Kinds that are not computed", change.unknown_kinds),
    namesLine("  Not plain YAML, not read", change.unreadable),
    namesLine("  Beside a kustomization that does not name them, not counted", change.not_applied),
    namesLine("  In several files, counted once", change.repeated),
    namesLine("  Not evaluated", change.not_evaluated),
  ];
}

/** `Requested GPU: 8 to 2, minus 75%.` At the fewest replicas first, then at the most. */
function requestedLine(unit: string, { before, after, percent }: Frozen<AmountChange>): string {
  const isNone = [before.at_least, before.at_most, after.at_least, after.at_most].every((n) => n === 0);
  if (isNone) return "";
  const least = amountText(before.at_least, after.at_least, percent.at_least);
  const most = amountText(before.at_most, after.at_most, percent.at_most);
  const isFixed = before.at_least === before.at_most && after.at_least === after.at_most;
  const range = isFixed ? least : `${least} at the fewest replicas; ${most} at the most`;
  return `  Requested ${unit}: ${range}.`;
}

const amountText = (from: number | null, to: number | null, percent: number | null): string =>
  from === to ? `${bound(to)}, unchanged` : `${bound(from)} to ${bound(to)}${percentText(percent)}`;

function percentText(percent: number | null): string {
  if (percent === null) return "";
  if (percent === 0) return ", unchanged";
  return percent < 0 ? `, minus ${-percent}%` : `, plus ${percent}%`;
}

const bound = (amount: number | null): string => (amount === null ? "unbounded" : `${amount}`);

function workloadLine({ name, kind, status, before, after }: Workload): string {
  if (!after) return `  removed: ${name} (${kind})${before ? ` ${shapeText(before)}` : ""}`;
  return `  ${status}: ${name} (${kind}) ${before ? `${shapeText(before)} -> ` : ""}${shapeText(after)}`;
}

/** `2-4 x (2 vCPU, 4 GiB), limits 4 vCPU, probes readiness`. */
function shapeText(shape: NonNullable<Workload["after"]>): string {
  const { replicas, requests, limits, without_requests, probes, unpinned_images } = shape;
  const limit = limits && resourcesText(limits);
  return [
    `${replicasText(replicas)} x (${resourcesText(requests) || "nothing requested"})`,
    without_requests && "not every container with requests",
    limit && `limits ${limit}`,
    probes?.length ? `probes ${probes.join(", ")}` : "no probes",
    unpinned_images?.length && `not pinned: ${unpinned_images.join(", ")}`,
  ]
    .filter((part) => typeof part === "string" && part !== "")
    .join(", ");
}

const replicasText = ({ at_least, at_most }: Frozen<AmountRange>): string =>
  at_least === at_most ? `${at_least}` : `${at_least}-${bound(at_most)}`;

const resourcesText = ({ cpu, memory_gib, gpu }: { [K in keyof Resources]?: number | undefined }): string =>
  [cpu && `${cpu} vCPU`, memory_gib && `${memory_gib} GiB`, gpu && `${gpu} GPU`]
    .filter((part) => typeof part === "string")
    .join(", ");

type PipelineCount = "steps" | "with_retries" | "with_timeout";

/** A pipeline whose facts differ: `steps 4 -> 5` where a count changed. */
export function pipelineLine({ path, before, after, new_jobs }: Frozen<PipelineChange>): string {
  if (!after) return `Pipeline ${path} removed.`;
  const count = (key: PipelineCount) =>
    before && before[key] !== after[key] ? `${before[key]} -> ${after[key]}` : `${after[key]}`;
  // GitHub Actions knows no retries of its own.
  const retries = after.system === "github_actions" ? "" : `, with retries ${count("with_retries")}`;
  const counts = `steps ${count("steps")}${retries}, with a timeout ${count("with_timeout")}`;
  const jobs = new_jobs.length > 0 ? `; new: ${new_jobs.join(", ")}` : "";
  const unpinned = after.unpinned.length > 0 ? `; not pinned: ${after.unpinned.join(", ")}` : "";
  const system = `${after.system}${before ? "" : ", new"}`;
  return `Pipeline ${path} (${system}): ${counts}, pinned ${after.pinned}${jobs}${unpinned}.`;
}
