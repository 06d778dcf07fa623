import type { AmountRange, WorkloadShape } from "./facts.ts";
import { fieldsAt, isFields, listAt, type Manifest, nameOf } from "./manifests.ts";
import type { Pod } from "./pod.ts";

/** Something that runs pods: a Deployment, a Job, one component of an InferenceService. */
export type Workload = {
  /** The kind as it is told: `Deployment`, `InferenceService predictor`. */
  readonly kind: string;
  readonly group: string;
  readonly name: string;
  readonly namespace: string;
  readonly path: string;
  readonly environment: string;
  /** How many pods run at a time. */
  readonly replicas: AmountRange;
  /** Whether nothing that was read sets `replicas`, as where an autoscaler does. */
  readonly isPreset: boolean;
  readonly runs: WorkloadShape["runs"];
  /** Whether an autoscaler or the workload itself sets both a lower and an upper bound. */
  readonly bounded: boolean;
  /** What one pod asks for. */
  readonly pod: Pod;
  /** Why a figure of it is not known, in words. */
  readonly why: readonly string[];
  /** All that its figures are computed from. Workloads with equal content have equal figures. */
  readonly content: string;
  /** What its environment says, where that is not evaluated whole. */
  readonly around?: string;
};

/** Whether all is the same on both sides that the figures of a workload are computed from. */
export const isUnchanged = (before: Workload | undefined, after: Workload | undefined): boolean =>
  before?.content === after?.content && before?.around === after?.around;

/** A count of pods that is fixed. */
export const fixed = (n: number): AmountRange => ({ at_least: n, at_most: n });
export const NOT_KNOWN: AmountRange = { at_least: null, at_most: null };

/** A part of an object that runs pods, before its place is known. */
export type Part = Pick<Workload, "replicas" | "pod"> & {
  readonly kind?: string;
  readonly runs?: Workload["runs"];
  readonly bounded?: boolean;
  readonly isPreset?: boolean;
  readonly why?: readonly string[];
};

/** Rollouts with the pods of the Deployments that they refer to, which they scale down in the end where they say so. */
export function withReferences(workloads: readonly Workload[], manifests: readonly Manifest[]): Workload[] {
  const references = manifests.flatMap((manifest) => {
    const ref = fieldsAt(manifest.fields, "spec", "workloadRef");
    return manifest.kind === "Rollout" && typeof ref.name === "string"
      ? [{ rollout: nameOf(manifest), ref }]
      : [];
  });
  if (references.length === 0) return [...workloads];
  return workloads.map((workload) => {
    const refers = references.find(
      ({ rollout: name }) => workload.kind === "Rollout" && workload.name === name,
    );
    if (refers) {
      const target = workloads.find(({ kind, name }) => kind === refers.ref.kind && name === refers.ref.name);
      const content = `${workload.content}${target?.content ?? ""}`;
      return target ? { ...workload, pod: target.pod, why: target.why, content } : workload;
    }
    const referred = references.find(({ ref }) => ref.kind === workload.kind && ref.name === workload.name);
    if (!referred || workload.replicas.at_most === 0) return workload;
    if (["onsuccess", "progressively"].includes(String(referred.ref.scaleDown)))
      return { ...workload, replicas: fixed(0) };
    const why = `${workload.kind} ${workload.name} in ${workload.path}: Rollout ${referred.rollout} takes its pods over`;
    return { ...workload, replicas: NOT_KNOWN, why: [...workload.why, why] };
  });
}

/** A workload of which not everything is known that its requests depend on. */
export const uncertain = (workload: Workload, why: string): Workload => ({
  ...workload,
  replicas: NOT_KNOWN,
  why: [...workload.why, why],
});

/** Containers without a request take one from a LimitRange of their namespace ("Limit Ranges"). */
export function withDefaults(workloads: readonly Workload[], manifests: readonly Manifest[]): Workload[] {
  const ranges = manifests.filter(
    ({ kind, fields }) =>
      kind === "LimitRange" &&
      listAt(fieldsAt(fields, "spec"), "limits").some(
        (l) => isFields(l.default) || isFields(l.defaultRequest),
      ),
  );
  return workloads.map((workload) => {
    const own = ranges.filter(({ fields }) => {
      const { namespace } = fieldsAt(fields, "metadata");
      return typeof namespace !== "string" || workload.namespace === "" || namespace === workload.namespace;
    });
    const presets = own
      .flatMap(({ fields }) => listAt(fieldsAt(fields, "spec"), "limits"))
      .flatMap((l) => [
        ...Object.keys(fieldsAt(l, "default")),
        ...Object.keys(fieldsAt(l, "defaultRequest")),
      ]);
    const missing = workload.pod.unset.filter((name) => presets.includes(name));
    const [range] = own;
    if (!range || missing.length === 0) return workload;
    const set = new Map([...workload.pod.requests, ...missing.map((name) => [name, null] as const)]);
    return {
      ...workload,
      pod: { ...workload.pod, requests: set },
      why: [
        ...workload.why,
        `${workload.kind} ${workload.name} in ${workload.path}: LimitRange in ${range.path} sets what it does not request`,
      ],
      content: `${workload.content}${JSON.stringify(own.map(({ fields }) => fields.spec))}`,
    };
  });
}
