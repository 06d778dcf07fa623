import { scaled } from "./autoscalers.ts";
import { workloadsOf } from "./kinds.ts";
import { isKustomization } from "./kustomization.ts";
import { type Environment, environmentsOf } from "./kustomize.ts";
import {
  documentsIn,
  duplicateKeysIn,
  isManifest,
  kindsNamedIn,
  type Manifest,
  manifestsIn,
  type SourceFile,
} from "./manifests.ts";
import { CLAIMED } from "./quantity.ts";
import { uncertain, type Workload, withDefaults, withReferences } from "./workloads.ts";

/** The workloads of a set of manifests, and what could not be computed. */
export type Cluster = {
  readonly workloads: readonly Workload[];
  /** Objects of kinds that are not computed, as `Kind in path`. */
  readonly unknown: readonly string[];
  /** Manifests that are not plain YAML, such as Helm templates. */
  readonly unreadable: readonly string[];
  /** The same, and what of environments is not evaluated, each with all that it says. */
  readonly gaps: ReadonlySet<string>;
  /** Keys that stand twice, as `key in path`. */
  readonly duplicates: readonly string[];
  /**
   * Files in a kustomization's folder that no kustomization names. They would not be applied, so they are not counted.
   */
  readonly not_applied: readonly string[];
  /** What of the environments is not evaluated, as `KEY in PATH`. */
  readonly unevaluated: readonly string[];
  readonly remarks: readonly string[];
};

/** Whether a file may hold a Kubernetes object. */
export const isManifestPath = (path: string): boolean =>
  /\.(?:ya?ml|json)$|(?:^|\/)Kustomization$/.test(path) && !/(?:^|\/)\.github\//.test(path);

/** Reads manifests as a cluster would apply them, without rendering templates. */
export function clusterOf(files: readonly SourceFile[]): Cluster {
  const given = files.filter(({ path }) => isManifestPath(path));
  const { environments, notApplied } = environmentsOf(given);
  const overlays = JSON.stringify(given.filter(isInOverlay(given)).map(({ path, text }) => [path, text]));
  const computed = environments.map((environment) => computedIn(environment, overlays));
  const all = <T>(pick: (one: (typeof computed)[number]) => readonly T[]) => computed.flatMap(pick);
  const unreadable = given.filter((file) => isManifest(file) && manifestsIn(file) === undefined);
  const unevaluated = [...new Set(environments.flatMap((environment) => environment.unevaluated))];
  return {
    workloads: all(({ workloads }) => workloads),
    unknown: all(({ unknown }) => unknown),
    unreadable: unreadable.map(({ path }) => path),
    gaps: new Set([
      ...unreadable.filter(mayRunPods).map(({ path, text }) => `${path}\n${text}`),
      ...unevaluated.map((key) => `${key}\n${saidBy(key, given)}`),
    ]),
    duplicates: unreadable.flatMap((file) => duplicateKeysIn(file).map((key) => `${key} in ${file.path}`)),
    not_applied: notApplied,
    unevaluated,
    remarks: all(({ remarks }) => remarks),
  };
}

/** Kinds that a template may hold without a bearing on any figure. */
const WITHOUT_PODS = new Set([
  ...["ConfigMap", "Secret", "Namespace", "ServiceAccount", "Role", "RoleBinding", "ClusterRole"],
  ...["ClusterRoleBinding", "Ingress", "IngressClass", "NetworkPolicy", "PodDisruptionBudget", "Service"],
  ...["PersistentVolumeClaim", "PersistentVolume", "StorageClass", "ServiceMonitor", "PrometheusRule"],
]);

/** Whether a manifest that cannot be parsed may hold what runs pods or scales them. */
function mayRunPods(file: SourceFile): boolean {
  const kinds = kindsNamedIn(file);
  const isHarmless = kinds.length > 0 && kinds.every((kind) => WITHOUT_PODS.has(kind));
  return !isHarmless || /serving\.knative\.dev/.test(file.text);
}

/** What a kustomization says under a key that is not evaluated, from its name as `KEY in PATH` or `KEY (entry) in PATH`. */
function saidBy(name: string, files: readonly SourceFile[]): string {
  const [, key = "", path = ""] = /^(\w+)[\s\S]* in (\S+)$/.exec(name) ?? [];
  const file = files.find((f) => f.path === path);
  const fields = file && documentsIn(file)?.[0];
  return fields ? (JSON.stringify(fields[key]) ?? "") : (file?.text ?? "");
}

/** Whether a file lies in or beneath a folder with a kustomization. */
function isInOverlay(files: readonly SourceFile[]): (file: SourceFile) => boolean {
  const folders = files.filter(isKustomization).map(({ path }) => path.slice(0, path.lastIndexOf("/") + 1));
  return ({ path }) => folders.some((folder) => path.startsWith(folder));
}

/** What is not evaluated and only adds objects, and so leaves the others as they are. */
const ADDS = /^(?:resources|helmCharts|helmChartInflationGenerator|generators)\b/;

function computedIn({ name, manifests, unevaluated }: Environment, overlays: string) {
  const read = manifests.map((manifest) => ({ manifest, ...workloadsOf(manifest, name) }));
  const own = withDefaults(
    withReferences(
      read.flatMap(({ workloads }) => workloads),
      manifests,
    ),
    manifests,
  );
  const { workloads, remarks } = scaled(own.map(withClaims(manifests)), manifests);
  const changing = unevaluated.filter((key) => mayChange(key, workloads));
  return {
    workloads: changing.length === 0 ? workloads : workloads.map((w) => partly(w, changing, overlays)),
    unknown: read.flatMap(({ manifest: { kind, path }, isUnknown }) =>
      isUnknown ? [`${kind} in ${path}`] : [],
    ),
    remarks: [
      ...remarks,
      ...workloads.flatMap(({ kind, name, path, pod }) =>
        pod.remarks.map((text) => `${kind} ${name} in ${path}: ${text}`),
      ),
    ],
  };
}

/**
 * Whether something that is not evaluated may change workloads. What only adds objects does not; configurations change
 * what kustomize does to custom kinds ("Transformer Configurations"), as it knows those of Kubernetes.
 */
function mayChange(key: string, workloads: readonly Workload[]): boolean {
  if (ADDS.test(key)) return false;
  return !/^(?:configurations|openapi)\b/.test(key) || workloads.some(({ group }) => group.includes("."));
}

/** A workload that something may change which is not evaluated. Its figures are not known then. */
function partly(workload: Workload, unevaluated: readonly string[], overlays: string): Workload {
  const { environment } = workload;
  const why = `${environment} is not evaluated whole, for ${unevaluated.join(", ")}`;
  return { ...uncertain(workload, why), around: overlays };
}

/** What a claim asks for is part of what a workload's figures are computed from. */
function withClaims(manifests: readonly Manifest[]): (workload: Workload) => Workload {
  const claims = JSON.stringify(
    manifests.flatMap(({ kind, fields }) => (kind.startsWith("ResourceClaim") ? [fields] : [])),
  );
  return (workload) =>
    workload.pod.requests.has(CLAIMED) ? { ...workload, content: `${workload.content}${claims}` } : workload;
}
