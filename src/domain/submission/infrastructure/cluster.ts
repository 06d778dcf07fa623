import { scaled } from "./autoscalers.ts";
import { type Environment, environmentsOf } from "./kustomize.ts";
import { workloadsOf } from "./kinds.ts";
import { duplicateKeysIn, isManifest, type Manifest, manifestsIn, type SourceFile } from "./manifests.ts";
import { CLAIMED } from "./quantity.ts";
import { uncertain, type Workload, withDefaults, withReferences } from "./workloads.ts";

/** The workloads of a set of manifests, and what could not be computed. */
export type Cluster = {
  readonly workloads: readonly Workload[];
  /** Objects of kinds that are not computed, as `Kind in path`. */
  readonly unknown: readonly string[];
  /** Manifests that are not plain YAML, such as Helm templates. */
  readonly unreadable: readonly SourceFile[];
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
  const computed = environments.map(computedIn);
  const all = <T>(pick: (one: (typeof computed)[number]) => readonly T[]) => computed.flatMap(pick);
  return {
    workloads: all(({ workloads }) => workloads),
    unknown: all(({ unknown }) => unknown),
    unreadable: given.filter((file) => isManifest(file) && manifestsIn(file) === undefined),
    duplicates: given.flatMap((file) =>
      isManifest(file) ? duplicateKeysIn(file).map((key) => `${key} in ${file.path}`) : [],
    ),
    not_applied: notApplied,
    unevaluated: environments.flatMap(({ unevaluated }) => unevaluated),
    remarks: all(({ remarks }) => remarks),
  };
}

function computedIn({ name, manifests, unevaluated }: Environment) {
  const read = manifests.map((manifest) => ({ manifest, ...workloadsOf(manifest, name) }));
  const own = withDefaults(withReferences(read.flatMap(({ workloads }) => workloads), manifests), manifests);
  const { workloads, remarks } = scaled(own.map(withClaims(manifests)), manifests);
  return {
    workloads: unevaluated.length === 0 ? workloads : workloads.map((w) => partly(w, unevaluated)),
    unknown: read.flatMap(({ manifest: { kind, path }, isUnknown }) => (isUnknown ? [`${kind} in ${path}`] : [])),
    remarks: [
      ...remarks,
      ...workloads.flatMap(({ kind, name, path, pod }) => pod.remarks.map((text) => `${kind} ${name} in ${path}: ${text}`)),
    ],
  };
}

/** A workload that something may change which is not evaluated. Its figures are not known then. */
function partly(workload: Workload, unevaluated: readonly string[]): Workload {
  const { environment, content } = workload;
  const why = `${environment} is not evaluated whole, for ${unevaluated.join(", ")}`;
  return { ...uncertain(workload, why), content: `${content}${unevaluated.join()}` };
}

/** What a claim asks for is part of what a workload's figures are computed from. */
function withClaims(manifests: readonly Manifest[]): (workload: Workload) => Workload {
  const claims = JSON.stringify(manifests.flatMap(({ kind, fields }) => (kind.startsWith("ResourceClaim") ? [fields] : [])));
  return (workload) =>
    workload.pod.requests.has(CLAIMED) ? { ...workload, content: `${workload.content}${claims}` } : workload;
}
