import { type Fields, fieldsAt, isFields, listAt, type Manifest } from "./manifests.ts";
import { type Pod, podOf } from "./pod.ts";
import { type Amounts, CLAIMED, countOf, isWholeGpu, plus, sumOf, timesOf } from "./quantity.ts";
import { fixed, NOT_KNOWN, type Part } from "./workloads.ts";

/** The components of an InferenceService that run pods, and the keys under which they name a model framework. */
const COMPONENTS = ["predictor", "transformer", "explainer"] as const;
const FRAMEWORKS = [
  ...["model", "sklearn", "xgboost", "lightgbm", "tensorflow", "pytorch", "triton", "onnx", "pmml", "paddle"],
  ...["huggingface", "vllm", "alibi", "art", "aix", "custom"],
];

/**
 * The predictor, transformer and explainer of an InferenceService. KServe, "Control Plane API": one replica by default,
 * and a maximum of 0 is no upper bound; without Knative the autoscaler has the minimum for its maximum.
 */
export function componentsOf({ fields }: Manifest): Part[] {
  const annotations = fieldsAt(fields, "metadata", "annotations");
  const mode = annotations["serving.kserve.io/deploymentMode"];
  const isRaw = mode === "RawDeployment" || mode === "Standard";
  const isExternal = annotations["serving.kserve.io/autoscalerClass"] === "external";
  return COMPONENTS.flatMap((part) => {
    const spec = fieldsAt(fields, "spec", part);
    const models = FRAMEWORKS.flatMap((name) => (isFields(spec[name]) ? [fieldsAt(spec, name)] : []));
    const containers = listAt(spec, "containers");
    if (containers.length + models.length === 0) return [];
    const { pod, why } = withWorkers(spec, served(spec, [...models, ...containers]));
    return [{ kind: `InferenceService ${part}`, pod, ...scaleOf(spec, isRaw, isExternal, why) }];
  });
}

function scaleOf(spec: Fields, isRaw: boolean, isExternal: boolean, why: readonly string[]) {
  const read = (value: unknown) => (value === undefined || value === null ? null : countOf(value));
  const [low, high] = [read(spec.minReplicas), read(spec.maxReplicas)];
  if (low === undefined || high === undefined)
    return { replicas: NOT_KNOWN, why: [...why, "its bounds of replicas are no numbers"] };
  if (isExternal) return { replicas: NOT_KNOWN, why: [...why, "an autoscaler elsewhere sets its replicas"] };
  // Several nodes for one replica are not scaled.
  if (isFields(spec.workerSpec)) return { replicas: fixed(1), bounded: high !== null, why };
  const at_least = isRaw ? Math.max(low ?? 1, 1) : (low ?? 1);
  const at_most = isRaw ? Math.max(high ?? 0, at_least) : high || null;
  return { replicas: { at_least, at_most }, bounded: low !== null && high !== null && high > 0, why };
}

/**
 * The pod of a component. What its first container does not request is set by its serving runtime, or by the settings of
 * the cluster (`inferenceservice-config`: 1 vCPU and 2Gi as it is installed), and is not known from the manifests.
 */
function served(spec: Fields, containers: readonly Fields[]): { pod: Pod; why: string[] } {
  const pod = podOf({ ...spec, containers });
  const own = Object.keys(fieldsAt(containers[0], "resources", "requests"));
  const left = ["cpu", "memory"].filter((name) => !own.includes(name));
  if (left.length === 0) return { pod, why: [] };
  const requests = new Map([...pod.requests, ...left.map((name) => [name, null] as const)]);
  const why = `${left.join(" and ")} that it does not request are set by its runtime or by the settings of the cluster`;
  return { pod: { ...pod, requests }, why: [why] };
}

/**
 * KServe, "Multi-node/Multi-GPU Inference": pipelineParallelSize pods, of which the first is the head and the others are
 * workers. The GPUs of each are its own limits; where they are not stated, or tensorParallelSize is another number, the
 * runtime decides.
 */
function withWorkers(spec: Fields, { pod, why }: { pod: Pod; why: string[] }): { pod: Pod; why: string[] } {
  if (!isFields(spec.workerSpec)) return { pod, why };
  const { pipelineParallelSize, tensorParallelSize } = spec.workerSpec;
  const worker = podOf(spec.workerSpec);
  const nodes = countOf(pipelineParallelSize);
  const workers = nodes === undefined || nodes === 0 ? null : nodes - 1;
  const [head, own] = [gpusOf(pod.requests), gpusOf(worker.requests)];
  const isPlain =
    head !== 0 && head === own && (tensorParallelSize === undefined || tensorParallelSize === head);
  const sum = plus(pod.requests, timesOf(worker.requests, workers));
  const unset = new Map(worker.unset.map((name) => [name, null] as const));
  return {
    pod: {
      ...pod,
      requests: new Map([
        ...sum,
        ...unset,
        ...(isPlain && workers !== null ? [] : [[CLAIMED, null] as const]),
      ]),
      limits: plus(pod.limits, timesOf(worker.limits, workers)),
      odd: [...pod.odd, ...worker.odd],
      unpinned: [...pod.unpinned, ...worker.unpinned],
    },
    why: [
      ...why,
      ...(workers === null ? ["how many workers it has is set by its runtime"] : []),
      ...(isPlain ? [] : ["the GPUs of its workers are set by its runtime"]),
    ],
  };
}

const gpusOf = (amounts: Amounts): number | null => sumOf(amounts, isWholeGpu);
