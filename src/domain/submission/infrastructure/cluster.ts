import {
  documentsIn,
  type Fields,
  listAt,
  type Manifest,
  manifestsIn,
  type SourceFile,
} from "./manifests.ts";
import { quantity } from "./quantity.ts";
import { autoscalerOf, type Workload, workloadsOf } from "./workloads.ts";

/** The workloads of a set of manifests, and what could not be computed. */
export type Cluster = {
  readonly workloads: readonly Workload[];
  /** Objects of kinds that are not computed, as `Kind in path`. */
  readonly unknown: readonly string[];
  /** Files that are not plain YAML, such as Helm templates. */
  readonly unreadable: readonly string[];
  /**
   * Files in a kustomization's folder that no kustomization names. They would not be applied, so they are not counted.
   */
  readonly not_applied: readonly string[];
  /** Workloads that occur in several files. Only the first is counted. */
  readonly repeated: readonly string[];
  /** Keys of kustomizations that would change the result but are not evaluated. */
  readonly not_evaluated: readonly string[];
};

/** Kinds without replicas of their own, for which nothing is computed or reported. */
const NEUTRAL = new Set([
  ..."Service ConfigMap Secret Namespace ServiceAccount Role RoleBinding ClusterRole ClusterRoleBinding".split(
    " ",
  ),
  ..."Ingress NetworkPolicy PodDisruptionBudget PersistentVolumeClaim PersistentVolume ServiceMonitor".split(
    " ",
  ),
  ..."PodMonitor PrometheusRule HorizontalPodAutoscaler Kustomization Workflow WorkflowTemplate CronWorkflow".split(
    " ",
  ),
]);

const KUSTOMIZATION = /(?:^|\/)kustomization\.ya?ml$/;
const UNEVALUATED = [
  "patches",
  "patchesStrategicMerge",
  "patchesJson6902",
  "components",
  "helmCharts",
  "namePrefix",
];

/** Reads manifests as a cluster would apply them, without rendering templates. */
export function clusterOf(files: readonly SourceFile[]): Cluster {
  const yaml = files.filter((file) => /\.ya?ml$/.test(file.path) && !/(?:^|\/)\.github\//.test(file.path));
  const read = yaml.map((file) => ({ file, manifests: manifestsIn(file) }));
  const kustomizations = kustomizationsIn(yaml);
  const notApplied = new Set(outside(yaml, kustomizations));
  const applied = read.flatMap(({ file, manifests }) => (notApplied.has(file.path) ? [] : (manifests ?? [])));
  const scaled = scale(applied.flatMap(workloadsOf), applied, kustomizations);
  const first = new Map<string, Workload>();
  const repeated = new Set<string>();
  for (const workload of scaled) {
    if (first.has(workload.key)) repeated.add(`${workload.kind} ${workload.name}`);
    else first.set(workload.key, workload);
  }
  return {
    workloads: [...first.values()],
    unknown: applied.filter(isUnknown).map((m) => `${m.kind} in ${m.path}`),
    unreadable: read.flatMap(({ file, manifests }) => (manifests === undefined ? [file.path] : [])),
    not_applied: [...notApplied].filter((path) => !KUSTOMIZATION.test(path)),
    repeated: [...repeated],
    not_evaluated: kustomizations.flatMap((k) =>
      UNEVALUATED.filter((key) => k.fields[key] !== undefined).map((key) => `${key} in ${k.path}`),
    ),
  };
}

const isUnknown = (manifest: Manifest): boolean =>
  !NEUTRAL.has(manifest.kind) && workloadsOf(manifest).length === 0;

type Kustomization = { readonly path: string; readonly fields: Fields };

function kustomizationsIn(files: readonly SourceFile[]): Kustomization[] {
  return files
    .filter((file) => KUSTOMIZATION.test(file.path))
    .flatMap((file) => {
      // A kustomization is recognised by its file name, because it needs neither kind nor apiVersion.
      const [fields] = documentsIn(file) ?? [];
      return fields ? [{ path: file.path, fields }] : [];
    });
}

/** Files in a folder with a kustomization that no kustomization names. */
function outside(files: readonly SourceFile[], kustomizations: readonly Kustomization[]): string[] {
  const folders = new Set(kustomizations.map((k) => folderOf(k.path)));
  const applied = new Set(kustomizations.flatMap(namedBy));
  return files
    .filter(({ path }) => folders.has(folderOf(path)) && !applied.has(path) && !KUSTOMIZATION.test(path))
    .map((file) => file.path);
}

function namedBy({ path, fields }: Kustomization): string[] {
  const strings = (key: string) => {
    const value = fields[key];
    return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
  };
  const patches = listAt(fields, "patches").flatMap((p) => (typeof p.path === "string" ? [p.path] : []));
  const all = [...["resources", "bases", "patchesStrategicMerge"].flatMap(strings), ...patches];
  return all.map((entry) => inFolder(folderOf(path), entry));
}

const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");

/** A path relative to a folder (`../base/x.yaml`) as a path from the repository's root. */
function inFolder(folder: string, entry: string): string {
  const path: string[] = [];
  for (const part of `${folder}/${entry}`.split("/")) {
    if (part === "..") path.pop();
    else if (part !== "" && part !== ".") path.push(part);
  }
  return path.join("/");
}

/** Replaces the workloads' own replica counts by those of autoscalers and kustomizations. */
function scale(
  workloads: readonly Workload[],
  manifests: readonly Manifest[],
  kustomizations: readonly Kustomization[],
): Workload[] {
  const bounds = new Map(manifests.flatMap(autoscalerOf).flatMap((a) => (a ? [[a.key, a] as const] : [])));
  const counts = new Map(
    kustomizations
      .flatMap((k) => listAt(k.fields, "replicas"))
      .flatMap((r) => (typeof r.name === "string" ? [[r.name, quantity(r.count)] as const] : [])),
  );
  return workloads.map((workload) => {
    const bound = bounds.get(workload.key);
    if (bound) return { ...workload, min: bound.min, max: bound.max, bounded: true };
    const count = workload.kind.startsWith("InferenceService") ? undefined : counts.get(workload.name);
    return count === undefined ? workload : { ...workload, min: count, max: count };
  });
}
