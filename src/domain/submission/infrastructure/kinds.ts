import { componentsOf } from "./kserve.ts";
import { type Fields, fieldsAt, groupOf, isFields, type Manifest, nameOf } from "./manifests.ts";
import { type Pod, podOf } from "./pod.ts";
import { CLAIMED, countOf } from "./quantity.ts";
import { fixed, NOT_KNOWN, type Part, type Workload } from "./workloads.ts";

/** A pod of which nothing is known. */
const ANY_POD: Pod = {
  ...podOf({}),
  requests: new Map(["cpu", "memory", CLAIMED].map((name) => [name, null])),
};

/** The pod of a spec. One without containers is a fragment of a manifest that is whole elsewhere. */
const podIn = (spec: Fields): Pod =>
  Array.isArray(spec.containers) && spec.containers.length > 0
    ? podOf(spec)
    : { ...ANY_POD, odd: ["it names no containers"] };

type Reader = (manifest: Manifest) => readonly Part[];

/** A kind with `replicas` and a pod template. Without `replicas`, Kubernetes starts one. */
const replicated: Reader = ({ fields }) => {
  const spec = fieldsAt(fields, "spec");
  const isPreset = (spec.replicas ?? null) === null;
  const pod = podIn(fieldsAt(spec, "template", "spec"));
  return [{ ...counted(spec.replicas, 1, "replicas"), isPreset, pod }];
};

/** A count from a field, or why it is not known. */
function counted(value: unknown, preset: number, what: string): Pick<Part, "replicas" | "why"> {
  if (value === undefined || value === null) return { replicas: fixed(preset) };
  const count = countOf(value);
  if (count !== undefined) return { replicas: fixed(count) };
  return { replicas: NOT_KNOWN, why: [`${what} ${JSON.stringify(value).slice(0, 40)} is no number`] };
}

/** Docs: "DaemonSet" runs a copy of a pod on each node, and manifests do not say how many nodes there are. */
const onEachNode: Reader = ({ fields }) => [
  {
    replicas: NOT_KNOWN,
    runs: "on_each_node",
    pod: podIn(fieldsAt(fields, "spec", "template", "spec")),
    why: ["runs on each node, and how many nodes there are is not known"],
  },
];

/** Docs: "Jobs", controlling parallelism: no more pods run than are still to be completed; none while suspended. */
function jobOf(spec: Fields): Part {
  const { replicas, why = [] } = counted(spec.parallelism, 1, "parallelism");
  const completions = countOf(spec.completions) ?? null;
  const { at_least: parallel } = replicas;
  const atATime = parallel === null || completions === null ? parallel : Math.min(parallel, completions);
  return {
    replicas: spec.suspend === true ? fixed(0) : { at_least: atATime, at_most: atATime },
    runs: "for_a_time",
    pod: podIn(fieldsAt(spec, "template", "spec")),
    why,
  };
}

/** KEDA, "Scaling Jobs": from minReplicaCount (0) to maxReplicaCount (100) jobs. */
const scaledJob: Reader = ({ fields }) => {
  const spec = fieldsAt(fields, "spec");
  const job = jobOf(fieldsAt(spec, "jobTargetRef"));
  const [min, max] = [
    counted(spec.minReplicaCount, 0, "minReplicaCount"),
    counted(spec.maxReplicaCount, 100, "maxReplicaCount"),
  ];
  const times = (jobs: number | null) =>
    jobs === null || job.replicas.at_least === null ? null : jobs * job.replicas.at_least;
  const [at_least, at_most] = [times(min.replicas.at_least), times(max.replicas.at_least)];
  return [
    {
      ...job,
      replicas: at_least === null || at_most === null ? NOT_KNOWN : { at_least, at_most },
      bounded: true,
      why: [...(job.why ?? []), ...(min.why ?? []), ...(max.why ?? [])],
    },
  ];
};

/** Knative, "Configuring scale bounds": none to any number where the annotations say nothing, and 0 is no upper bound. */
const knative: Reader = ({ fields }) => {
  const template = fieldsAt(fields, "spec", "template");
  const notes = fieldsAt(template, "metadata", "annotations");
  const bound = (name: string, old: string) =>
    notes[`autoscaling.knative.dev/${name}`] ?? notes[`autoscaling.knative.dev/${old}`];
  const [low, high] = [bound("min-scale", "minScale"), bound("max-scale", "maxScale")];
  const read = (value: unknown) =>
    value === undefined ? 0 : countOf(typeof value === "string" ? Number(value) : value);
  const [min, max] = [read(low), read(high)];
  const pod = podIn(fieldsAt(template, "spec"));
  if (min === undefined || max === undefined)
    return [{ kind: KNATIVE, replicas: NOT_KNOWN, pod, why: ["its bounds of scale are no numbers"] }];
  const { containerConcurrency } = fieldsAt(template, "spec");
  const remarks =
    typeof containerConcurrency === "number" ? [`containerConcurrency ${containerConcurrency}`] : [];
  return [
    {
      kind: KNATIVE,
      replicas: { at_least: min, at_most: max === 0 ? null : max },
      bounded: low !== undefined && max > 0,
      pod: { ...pod, remarks: [...pod.remarks, ...remarks] },
    },
  ];
};
const KNATIVE = "Knative Service";

/** Argo Rollouts, "Migrating to Rollouts": the pod template is its own, or that of a Deployment that it refers to. */
const rollout: Reader = (manifest) => {
  const spec = fieldsAt(manifest.fields, "spec");
  const [own] = replicated(manifest);
  if (!own || !isFields(spec.workloadRef)) return own ? [own] : [];
  return [
    {
      ...own,
      pod: ANY_POD,
      why: [...(own.why ?? []), "the workload that it refers to is not in the manifests that were read"],
    },
  ];
};

const READERS: Readonly<Record<string, Reader>> = {
  "apps/Deployment": replicated,
  "apps/StatefulSet": replicated,
  "apps/ReplicaSet": replicated,
  "apps/DaemonSet": onEachNode,
  "extensions/Deployment": replicated,
  "extensions/ReplicaSet": replicated,
  "extensions/DaemonSet": onEachNode,
  "/ReplicationController": replicated,
  "/Pod": ({ fields }) => [{ replicas: fixed(1), pod: podIn(fieldsAt(fields, "spec")) }],
  "batch/Job": ({ fields }) => [jobOf(fieldsAt(fields, "spec"))],
  "batch/CronJob": ({ fields }) => {
    const job = jobOf(fieldsAt(fields, "spec", "jobTemplate", "spec"));
    return [fieldsAt(fields, "spec").suspend === true ? { ...job, replicas: fixed(0) } : job];
  },
  "keda.sh/ScaledJob": scaledJob,
  "argoproj.io/Rollout": rollout,
  "serving.knative.dev/Service": knative,
  "serving.kserve.io/InferenceService": componentsOf,
  "serving.kubeflow.org/InferenceService": componentsOf,
};

/** Groups of which no object runs pods. */
const WITHOUT_PODS = new Set([
  ...["", "apps", "extensions", "batch", "policy", "autoscaling", "autoscaling.k8s.io"],
  ...["rbac.authorization.k8s.io", "networking.k8s.io", "storage.k8s.io", "apiextensions.k8s.io"],
  ...["admissionregistration.k8s.io", "apiregistration.k8s.io", "scheduling.k8s.io", "node.k8s.io"],
  ...["coordination.k8s.io", "discovery.k8s.io", "certificates.k8s.io", "snapshot.storage.k8s.io"],
  ...["resource.k8s.io", "gateway.networking.k8s.io", "kustomize.config.k8s.io", "config.kubernetes.io"],
  ...["networking.istio.io", "security.istio.io", "cert-manager.io", "external-secrets.io", "bitnami.com"],
  ...["keda.sh", "kyverno.io", "traefik.io", "traefik.containo.us"],
]);
/** Kinds that run pods in these groups. With another spelling or apiVersion the cluster refuses them. */
const OF_KUBERNETES = new Set(
  Object.keys(READERS).flatMap((key) => {
    const [group = "", kind = ""] = key.split("/");
    return WITHOUT_PODS.has(group) ? [kind.toLowerCase()] : [];
  }),
);
const KINDS_WITHOUT_PODS = new Set([
  ...["ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe", "AlertmanagerConfig"],
  ...[
    "Workflow",
    "WorkflowTemplate",
    "ClusterWorkflowTemplate",
    "CronWorkflow",
    "AnalysisTemplate",
    "AppProject",
  ],
]);
/** Kinds that make workloads elsewhere, from a chart or folder that they name. */
const MAKES_WORKLOADS =
  /^(?:HelmRelease|HelmChart|HelmChartConfig|Application|ApplicationSet|Kustomization)$/;

/** What an object runs. `unknown` for a kind that is not computed, with whether it may run pods. */
export function workloadsOf(
  manifest: Manifest,
  environment: string,
): { readonly workloads: readonly Workload[]; readonly isUnknown: boolean } {
  const group = groupOf(manifest.fields.apiVersion);
  const reader = READERS[`${group}/${manifest.kind}`];
  if (reader)
    return {
      workloads: reader(manifest).map((part) => placed(manifest, group, environment, part)),
      isUnknown: false,
    };
  if (WITHOUT_PODS.has(group) && OF_KUBERNETES.has(manifest.kind.toLowerCase())) {
    const { apiVersion = "none" } = manifest.fields;
    const why = [`Kubernetes has no kind ${manifest.kind} with the apiVersion ${String(apiVersion)}`];
    const part: Part = { replicas: NOT_KNOWN, pod: ANY_POD, why };
    return { workloads: [placed(manifest, group, environment, part)], isUnknown: false };
  }
  if (WITHOUT_PODS.has(group) || KINDS_WITHOUT_PODS.has(manifest.kind))
    return { workloads: [], isUnknown: false };
  const part: Part = { replicas: NOT_KNOWN, pod: ANY_POD };
  return {
    workloads: mayRunPods(manifest) ? [placed(manifest, group, environment, part)] : [],
    isUnknown: true,
  };
}

function placed(manifest: Manifest, group: string, environment: string, part: Part): Workload {
  const { namespace } = fieldsAt(manifest.fields, "metadata");
  const { kind = manifest.kind, replicas, runs = "always", bounded = false, pod, why = [] } = part;
  const { isPreset = false } = part;
  const name = nameOf(manifest);
  return {
    ...{ kind, group, name, path: manifest.path, environment, replicas, isPreset, runs, bounded, pod },
    namespace: typeof namespace === "string" ? namespace : "",
    why: [...why, ...pod.odd].map((text) => `${kind} ${name} in ${manifest.path}: ${text}`),
    content: JSON.stringify([
      kind,
      fieldsAt(manifest.fields, "metadata", "annotations"),
      manifest.fields.spec,
    ]),
  };
}

const POD_KEYS = new Set([
  "containers",
  "podSpec",
  "podTemplate",
  "replicas",
  "minReplicas",
  "workerGroupSpecs",
  "nodeCount",
]);
const MAX_FIELDS_SEARCHED = 5_000;

/** Whether an object of a kind that is not computed looks as if it ran pods. */
function mayRunPods({ kind, fields }: Manifest): boolean {
  if (MAKES_WORKLOADS.test(kind)) return true;
  const waiting: unknown[] = [fields.spec, fields.template];
  for (let n = 0; n < MAX_FIELDS_SEARCHED; n += 1) {
    if (waiting.length === 0) return false;
    const value = waiting.pop();
    if (Array.isArray(value)) waiting.push(...value.slice(0, MAX_FIELDS_SEARCHED));
    else if (isFields(value)) {
      if (Object.keys(value).some((key) => POD_KEYS.has(key))) return true;
      if (
        isFields(value.resources) &&
        (isFields(value.resources.requests) || isFields(value.resources.limits))
      )
        return true;
      waiting.push(...Object.values(value));
    }
  }
  return true;
}
