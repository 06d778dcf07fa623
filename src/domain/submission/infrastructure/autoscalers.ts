import type { AmountRange } from "./facts.ts";
import { fieldsAt, groupOf, type Manifest, nameOf } from "./manifests.ts";
import { countOf } from "./quantity.ts";
import { fixed, NOT_KNOWN, type Workload } from "./workloads.ts";

type Autoscaler = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly path: string;
  readonly target: { readonly kind: string; readonly name: string; readonly group: string | undefined };
  readonly replicas: AmountRange;
  /** Set where its bounds are not known. */
  readonly why?: string;
};

/** Kubernetes, "HorizontalPodAutoscaler": at least one replica by default. Its versions 1 and 2 have the same bounds. */
function horizontal(manifest: Manifest): Autoscaler {
  const spec = fieldsAt(manifest.fields, "spec");
  return {
    ...calledBy(manifest, "HorizontalPodAutoscaler"),
    ...boundsOf(spec.minReplicas ?? 1, spec.maxReplicas),
  };
}

/**
 * KEDA, "ScaledObject specification": 0 to 100 replicas by default, idleReplicaCount while nothing triggers it, and a
 * fixed count while it is paused. Its target is a Deployment where no kind is given.
 */
function keda(manifest: Manifest): Autoscaler {
  const spec = fieldsAt(manifest.fields, "spec");
  const notes = fieldsAt(manifest.fields, "metadata", "annotations");
  const called = calledBy(manifest, "ScaledObject");
  const paused = notes["autoscaling.keda.sh/paused-replicas"];
  if (paused !== undefined) {
    const count = countOf(Number(paused));
    return {
      ...called,
      ...(count === undefined ? boundsOf(undefined, undefined) : { replicas: fixed(count) }),
    };
  }
  const isPaused = String(notes["autoscaling.keda.sh/paused"]) === "true";
  if (isPaused) return { ...called, replicas: NOT_KNOWN, why: "it is paused at the count of that time" };
  return {
    ...called,
    ...boundsOf(spec.idleReplicaCount ?? spec.minReplicaCount ?? 0, spec.maxReplicaCount ?? 100),
  };
}

function boundsOf(low: unknown, high: unknown): Pick<Autoscaler, "replicas" | "why"> {
  const [at_least, at_most] = [countOf(low), countOf(high)];
  if (at_least === undefined || at_most === undefined || at_most < at_least)
    return { replicas: NOT_KNOWN, why: "its bounds are no two numbers in order" };
  return { replicas: { at_least, at_most } };
}

function calledBy(manifest: Manifest, kind: string): Omit<Autoscaler, "replicas" | "why"> {
  const target = fieldsAt(manifest.fields, "spec", "scaleTargetRef");
  const { namespace } = fieldsAt(manifest.fields, "metadata");
  return {
    kind,
    name: nameOf(manifest),
    namespace: typeof namespace === "string" ? namespace : "",
    path: manifest.path,
    target: {
      kind: typeof target.kind === "string" ? target.kind : "Deployment",
      name: typeof target.name === "string" ? target.name : "",
      group: typeof target.apiVersion === "string" ? groupOf(target.apiVersion) : undefined,
    },
  };
}

function autoscalerOf(manifest: Manifest): Autoscaler[] {
  const group = groupOf(manifest.fields.apiVersion);
  if (group === "autoscaling" && manifest.kind === "HorizontalPodAutoscaler") return [horizontal(manifest)];
  return group === "keda.sh" && manifest.kind === "ScaledObject" ? [keda(manifest)] : [];
}

type Scaled = { readonly workloads: readonly Workload[]; readonly remarks: readonly string[] };

/** Workloads with the replicas that their autoscalers give them, and what is odd about the autoscalers. */
export function scaled(workloads: readonly Workload[], manifests: readonly Manifest[]): Scaled {
  const byWorkload = new Map<Workload, Autoscaler[]>();
  const remarks: string[] = [];
  for (const autoscaler of manifests.flatMap(autoscalerOf)) {
    const { name, path, target } = autoscaler;
    const targets = targetsOf(autoscaler, workloads);
    for (const workload of targets)
      byWorkload.set(workload, [...(byWorkload.get(workload) ?? []), autoscaler]);
    if (targets.length === 0)
      remarks.push(
        `autoscaler ${name} in ${path}: its target ${target.name} is not in the manifests that were read`,
      );
  }
  return {
    workloads: workloads.map((workload) => scaledBy(workload, byWorkload.get(workload) ?? [])),
    remarks: [...remarks, ...manifests.flatMap(vertical)],
  };
}

/** The workloads that an autoscaler is for. One in its own folder comes before those elsewhere. */
function targetsOf({ target, namespace, path }: Autoscaler, workloads: readonly Workload[]): Workload[] {
  const named = workloads.filter(
    (w) => w.kind === target.kind && w.name === target.name && (target.group ?? w.group) === w.group,
  );
  const inSpace = named.filter((w) => w.namespace === namespace);
  // A manifest without a namespace is applied to one that is chosen then.
  const possible = inSpace.length > 0 ? inSpace : named.filter((w) => w.namespace === "" || namespace === "");
  const beside = possible.filter((w) => folderOf(w.path) === folderOf(path));
  return beside.length > 0 ? beside : possible;
}

const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");

function scaledBy(workload: Workload, autoscalers: readonly Autoscaler[]): Workload {
  const [autoscaler] = autoscalers;
  if (!autoscaler) return workload;
  const content = `${workload.content}${JSON.stringify(autoscalers.map(({ path: _, ...rest }) => rest))}`;
  const named = `${workload.kind} ${workload.name} in ${workload.path}`;
  if (autoscalers.length > 1) {
    const names = autoscalers.map(({ kind, name, path }) => `${kind} ${name} in ${path}`).join(" and ");
    const why = [...workload.why, `${named}: more than one autoscaler, ${names}`];
    return { ...workload, replicas: NOT_KNOWN, bounded: false, why, content };
  }
  // Docs: an autoscaler leaves a target alone whose replicas are 0, unless its own minimum is 0.
  const isOff = workload.replicas.at_most === 0 && autoscaler.kind === "HorizontalPodAutoscaler";
  if (isOff && autoscaler.replicas.at_least !== 0) return { ...workload, content };
  const { replicas, why } = autoscaler;
  return {
    ...workload,
    replicas,
    isPreset: false,
    bounded: replicas.at_most !== null,
    // Of its own replicas nothing matters any more, also not that they are no number.
    why:
      why === undefined ? workload.why : [...workload.why, `${named}: autoscaler ${autoscaler.name}: ${why}`],
    content,
  };
}

/** "Vertical Pod Autoscaling": in every mode but Off it replaces the requests of pods. */
function vertical({ kind, fields, path }: Manifest): string[] {
  if (kind !== "VerticalPodAutoscaler") return [];
  if (fieldsAt(fields, "spec", "updatePolicy").updateMode === "Off") return [];
  const { name } = fieldsAt(fields, "spec", "targetRef");
  return [
    `VerticalPodAutoscaler in ${path} may change what ${typeof name === "string" ? name : "its target"} requests`,
  ];
}
