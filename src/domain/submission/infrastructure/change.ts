import { pluralize } from "../../pluralize.ts";
import { plainLine } from "../../untrusted.ts";
import { type Cluster, clusterOf } from "./cluster.ts";
import type {
  AmountChange,
  AmountRange,
  InfrastructureChange,
  Resources,
  WorkloadChange,
  WorkloadShape,
} from "./facts.ts";
import type { SourceFile } from "./manifests.ts";
import { NOTHING, plus, rounded, times } from "./quantity.ts";
import { PROBES, type Workload } from "./workloads.ts";

const MAX_NAMES = 20;
const MAX_WORKLOADS = 100;

/** @returns undefined when neither side has a workload or an unknown kind. */
export function infrastructureChange(
  before: readonly SourceFile[],
  after: readonly SourceFile[],
): InfrastructureChange | undefined {
  const [old, now] = [clusterOf(before), clusterOf(after)];
  if ([...old.workloads, ...now.workloads, ...old.unknown, ...now.unknown].length === 0) return undefined;
  const moved = (key: keyof Resources) => movedFrom(rangeOf(old, key), rangeOf(now, key));
  const distinct = (texts: readonly string[]) =>
    [...new Set(texts)].slice(0, MAX_NAMES).map((text) => plainLine(text));
  const workloads = changesOf(old.workloads, now.workloads);
  const more = workloads.length - MAX_WORKLOADS;
  return {
    requested: { cpu: moved("cpu"), memory_gib: moved("memory_gib"), gpu: moved("gpu") },
    workloads: workloads.slice(0, MAX_WORKLOADS),
    unknown_kinds: distinct(now.unknown),
    unreadable: distinct(now.unreadable),
    not_applied: distinct(now.not_applied),
    repeated: distinct(now.repeated),
    not_evaluated: [
      ...distinct(now.not_evaluated),
      ...(more > 0
        ? [`${pluralize(more, "more workload is", "more workloads are")} counted and not listed`]
        : []),
    ],
  };
}

function rangeOf({ workloads }: Cluster, key: keyof Resources): AmountRange {
  const at = (count: (w: Workload) => number) =>
    rounded(workloads.map((w) => times(w.requests, count(w))).reduce(plus, NOTHING))[key];
  const unbounded = workloads.some((w) => w.max === null && w.requests[key] > 0);
  return { at_least: at((w) => w.min), at_most: unbounded ? null : at((w) => w.max ?? 0) };
}

function movedFrom(before: AmountRange, after: AmountRange): AmountChange {
  const percent = (from: number | null, to: number | null) =>
    from === null || to === null || from === 0 ? null : Math.round(((to - from) / from) * 1000) / 10;
  return {
    before,
    after,
    percent: {
      at_least: percent(before.at_least, after.at_least),
      at_most: percent(before.at_most, after.at_most),
    },
  };
}

function changesOf(before: readonly Workload[], after: readonly Workload[]): WorkloadChange[] {
  const old = new Map(before.map((w) => [w.key, w]));
  const now = new Map(after.map((w) => [w.key, w]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const workload = is ?? was;
    if (!workload) return [];
    const [b, a] = [was ? shapeOf(was) : null, is ? shapeOf(is) : null];
    const status = !b
      ? "added"
      : !a
        ? "removed"
        : JSON.stringify(b) === JSON.stringify(a)
          ? "same"
          : "changed";
    return [
      {
        name: plainLine(workload.name),
        kind: workload.kind,
        path: plainLine(workload.path),
        status,
        before: b,
        after: a,
      },
    ];
  });
}

const shapeOf = (w: Workload): WorkloadShape => ({
  replicas: { at_least: w.min, at_most: w.max },
  bounded: w.bounded,
  requests: rounded(w.requests),
  limits: w.limits,
  without_requests: w.without_requests,
  probes: PROBES.filter((probe) => w.probes.includes(probe)),
  unpinned_images: w.unpinned.map((image) => plainLine(image)),
});
