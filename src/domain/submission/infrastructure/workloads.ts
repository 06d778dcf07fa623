import type { Resources } from "./facts.ts";
import { type Fields, fieldsAt, isFields, listAt, type Manifest, nameOf } from "./manifests.ts";
import { NOTHING, plus, quantity, resourcesOf } from "./quantity.ts";

export const PROBES = ["readiness", "liveness", "startup"] as const;
type Probe = (typeof PROBES)[number];

/** Something that runs replicas: a Deployment, a StatefulSet, or one component of an InferenceService. */
export type Workload = {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  /** Least and most replicas. `max` is null when there is no upper bound. */
  readonly min: number;
  readonly max: number | null;
  /** Whether an autoscaler or the predictor sets both a lower and an upper bound. */
  readonly bounded: boolean;
  /** Requests and limits of one replica. If only a limit is set, Kubernetes uses it as the request. */
  readonly requests: Resources;
  readonly limits: Partial<Resources>;
  /** Containers without a request for cpu or memory. */
  readonly without_requests: boolean;
  readonly probes: readonly Probe[];
  /** Images without a digest or a fixed tag. */
  readonly unpinned: readonly string[];
};

/** The components of an InferenceService that run replicas, and the keys under which they name a model framework. */
const COMPONENTS = ["predictor", "transformer", "explainer"] as const;
const FRAMEWORKS = [
  "model",
  "sklearn",
  "xgboost",
  "lightgbm",
  "tensorflow",
  "pytorch",
  "triton",
  "onnx",
  "pmml",
  "paddle",
  "huggingface",
];

/** The workloads of an object of a kind that is computed. Empty for every other kind. */
export function workloadsOf(manifest: Manifest): Workload[] {
  const { kind, fields } = manifest;
  if (kind === "InferenceService")
    return COMPONENTS.flatMap((part) => component(manifest, part, fieldsAt(fields, "spec", part)));
  if (kind !== "Deployment" && kind !== "StatefulSet") return [];
  const replicas = quantity(fieldsAt(fields, "spec").replicas) ?? 1;
  const pod = fieldsAt(fields, "spec", "template", "spec");
  return [
    {
      ...podOf(listAt(pod, "containers"), listAt(pod, "initContainers")),
      ...called(manifest, kind, nameOf(manifest)),
      min: replicas,
      max: replicas,
      bounded: false,
    },
  ];
}

function component(manifest: Manifest, part: string, spec: Fields): Workload[] {
  const containers = listAt(spec, "containers");
  const models = FRAMEWORKS.flatMap((name) => (isFields(spec[name]) ? [fieldsAt(spec, name)] : []));
  if (containers.length + models.length === 0) return [];
  // KServe starts one replica by default, and reads 0 as no upper bound.
  const [min, max] = [quantity(spec.minReplicas), quantity(spec.maxReplicas)];
  return [
    {
      ...podOf([...models, ...containers], []),
      ...called(manifest, `InferenceService ${part}`, nameOf(manifest)),
      min: min ?? 1,
      max: max === undefined || max === 0 ? null : max,
      bounded: min !== undefined && max !== undefined && max > 0,
    },
  ];
}

function called({ path, fields }: Manifest, kind: string, name: string) {
  const { namespace } = fieldsAt(fields, "metadata");
  const space = typeof namespace === "string" ? namespace : "";
  return { key: `${kind}/${space}/${name}`, kind, name, path };
}

/** The resources of a pod. Init containers run before the others, so a pod requests whichever amount is larger. */
function podOf(containers: readonly Fields[], init: readonly Fields[]) {
  const all = containers.map(containerOf);
  const running = all.map((c) => c.requests).reduce(plus, NOTHING);
  const requests = init
    .map((c) => containerOf(c).requests)
    .reduce(
      (most, one) => ({
        cpu: Math.max(most.cpu, one.cpu),
        memory_gib: Math.max(most.memory_gib, one.memory_gib),
        gpu: Math.max(most.gpu, one.gpu),
      }),
      running,
    );
  return {
    requests,
    limits: all.map((c) => ({ ...NOTHING, ...c.limits })).reduce(plus, NOTHING),
    without_requests: all.some((c) => c.unset),
    probes: PROBES.filter(
      (probe) => containers.length > 0 && containers.some((c) => isFields(c[`${probe}Probe`])),
    ),
    unpinned: all.flatMap((c) => c.unpinned),
  };
}

function containerOf(container: Fields) {
  const limits = resourcesOf(fieldsAt(container, "resources", "limits"));
  const stated = resourcesOf(fieldsAt(container, "resources", "requests"));
  const requests = { ...limits, ...stated };
  const { image } = container;
  const unpinned = typeof image === "string" && !isPinned(image) ? [image] : [];
  return {
    requests: { ...NOTHING, ...requests },
    limits,
    unset: requests.cpu === undefined || requests.memory_gib === undefined,
    unpinned,
  };
}

/** Whether an image has a digest, or a tag whose name does not suggest that it moves. */
export function isPinned(image: string): boolean {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return true;
  const tag = /:([^:/@]+)$/.exec(image)?.[1];
  return tag !== undefined && !["latest", "stable", "main", "master", "dev", "nightly"].includes(tag);
}

/** The replica bounds of a HorizontalPodAutoscaler, with the workload that they are for. */
export function autoscalerOf({
  kind,
  fields,
}: Manifest): { key: string; min: number; max: number } | undefined {
  if (kind !== "HorizontalPodAutoscaler") return undefined;
  const spec = fieldsAt(fields, "spec");
  const target = fieldsAt(spec, "scaleTargetRef");
  const { namespace } = fieldsAt(fields, "metadata");
  const max = quantity(spec.maxReplicas);
  if (typeof target.kind !== "string" || typeof target.name !== "string" || max === undefined)
    return undefined;
  const key = `${target.kind}/${typeof namespace === "string" ? namespace : ""}/${target.name}`;
  return { key, min: quantity(spec.minReplicas) ?? 1, max };
}
