import { describe, expect, it } from "vitest";
import { changeBetween, changeTo, fixed, NOT_KNOWN, requests, workload } from "./manifests-for-tests.ts";

const cpuOf = (text: string) => changeTo(text).requested.cpu.after;

describe("what a pod requests", () => {
  const init = (cpu: number, more = "") =>
    `{ name: i, image: "i:1", ${more} resources: { requests: { cpu: ${cpu} } } }`;
  const sidecar = (cpu: number) => init(cpu, "restartPolicy: Always,");

  it.each([
    ["an init container that needs less", [init(1)], 2],
    ["an init container that needs more", [init(5)], 5],
    ["two init containers, one after the other", [init(3), init(5)], 5],
    ["a sidecar, which stays", [sidecar(1)], 3],
    ["an init container beside a sidecar that was started before it", [sidecar(1), init(5)], 6],
    ["an init container before the sidecar", [init(5), sidecar(1)], 5],
    ["two sidecars and an init container between them", [sidecar(1), init(2), sidecar(4)], 7],
  ])("with %s", (_name, containers, sum) => {
    const pod = `initContainers: [${containers.join(", ")}]`;
    expect(cpuOf(workload(requests("2"), { pod, spec: "replicas: 1" }))).toEqual(fixed(sum));
  });

  it("is what it says as a whole, whatever its containers say", () => {
    const pod = "resources: { requests: { cpu: 2, memory: 4Gi } }";
    const change = changeTo(workload(requests("5"), { pod, spec: "replicas: 3" }));
    expect(change.requested.cpu.after).toEqual(fixed(6));
    expect(change.requested.memory_gib.after).toEqual(fixed(12));
    expect(change.workloads[0]?.after?.without_requests).toBe(false);
  });

  it.each([
    ["the containers' requests before the pod's limits", requests("1"), 2],
    ["the pod's limits where no container requests anything", "{}", 16],
  ])("is %s", (_name, resources, sum) => {
    const pod = "resources: { limits: { cpu: 8, memory: 8Gi } }";
    expect(cpuOf(workload(resources, { pod }))).toEqual(fixed(sum));
  });

  it("takes each limit for the request that is not set, resource by resource", () => {
    const change = changeTo(workload("{ requests: { cpu: 1 }, limits: { cpu: 4, memory: 2Gi } }"));
    expect(change.requested.cpu.after).toEqual(fixed(2));
    expect(change.requested.memory_gib.after).toEqual(fixed(4));
  });

  it("has nothing of ephemeral containers, and its overhead is told", () => {
    const pod = `ephemeralContainers: [{ name: debug, resources: { requests: { cpu: 9 } } }]
      overhead: { cpu: 250m }`;
    const change = changeTo(workload(requests("1"), { pod }));
    expect(change.requested.cpu.after).toEqual(fixed(2));
    expect(change.remarks).toEqual(["Deployment a in k8s/a.yaml: pod overhead of cpu 250m comes on top"]);
  });

  it("is not known where a LimitRange fills what is not requested", () => {
    const range = `apiVersion: v1
kind: LimitRange
metadata: { name: l }
spec: { limits: [{ type: Container, defaultRequest: { cpu: 500m } }] }
`;
    const change = changeTo(`${workload("{}")}---\n${range}`);
    expect(change.requested.cpu.after).toEqual(NOT_KNOWN);
    expect(changeTo(`${workload(requests("1"))}---\n${range}`).requested.cpu.after).toEqual(fixed(2));
  });

  it("is not known from a fragment without containers", () => {
    const change = changeTo(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replicas: 9 }\n",
    );
    expect(change.requested.cpu.after).toEqual(NOT_KNOWN);
    expect(change.not_evaluated[0]).toMatch(/names no containers/);
  });
});

describe("kinds of workloads", () => {
  it.each([
    ["StatefulSet", "apps/v1"],
    ["ReplicaSet", "apps/v1"],
    ["ReplicationController", "v1"],
    ["Rollout", "argoproj.io/v1alpha1"],
  ])("a %s is counted by its replicas", (kind, version) => {
    expect(cpuOf(workload(requests("2"), { kind, version, spec: "replicas: 3" }))).toEqual(fixed(6));
    expect(cpuOf(workload(requests("2"), { kind, version, spec: "paused: false" }))).toEqual(fixed(2));
  });

  it("a Pod is one", () => {
    const pod = `apiVersion: v1
kind: Pod
metadata: { name: p }
spec: { containers: [{ name: a, image: "a:1", resources: ${requests("3")} }] }
`;
    expect(cpuOf(pod)).toEqual(fixed(3));
  });

  it("a DaemonSet has amounts for each node, and no sum", () => {
    const change = changeTo(workload(requests("2"), { kind: "DaemonSet", spec: "paused: false" }));
    expect(change.requested.cpu.after).toEqual(NOT_KNOWN);
    expect(change.requested.gpu.after).toEqual(fixed(0));
    expect(change.workloads[0]?.after).toMatchObject({ runs: "on_each_node", requests: { cpu: 2 } });
    expect(change.not_evaluated[0]).toMatch(/DaemonSet a in k8s\/a\.yaml: runs on each node/);
  });

  it("a DaemonSet that stays as it was leaves the sums of the others", () => {
    const agent = {
      "k8s/agent.yaml": workload(requests("2"), { kind: "DaemonSet", name: "agent", spec: "paused: false" }),
    };
    const change = changeBetween(
      { ...agent, "k8s/a.yaml": workload(requests("2")) },
      { ...agent, "k8s/a.yaml": workload(requests("1")) },
    );
    expect(change.requested.cpu).toEqual({
      before: fixed(4),
      after: fixed(2),
      percent: { at_least: -50, at_most: -50 },
    });
    expect(change.partial).toBe(true);
  });

  const job = (spec: string) => workload(requests("2"), { kind: "Job", version: "batch/v1", spec });
  it.each([
    ["as many pods as run at a time", "parallelism: 4", 8],
    ["no more pods than are to be completed", "{ parallelism: 8, completions: 3 }", 6],
    ["one pod by default", "completions: 5", 2],
    ["none while it is suspended", "{ parallelism: 4, suspend: true }", 0],
  ])("a Job is %s, apart from what runs always", (_name, spec, sum) => {
    const fields = spec.replace(/[{}]/g, "").trim().split(", ").join("\n  ");
    const change = changeTo(job(fields));
    expect(change.requested_for_a_time?.cpu.after).toEqual(fixed(sum));
    expect(change.requested.cpu.after).toEqual(fixed(0));
    expect(change.workloads[0]?.after?.runs).toBe("for_a_time");
  });

  it("a CronJob is its job", () => {
    const inner = job("parallelism: 2")
      .split("\n")
      .slice(3)
      .map((line) => `    ${line}`)
      .join("\n");
    const text = `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: c }\nspec:\n  jobTemplate:\n${inner}`;
    expect(changeTo(text).requested_for_a_time?.cpu.after).toEqual(fixed(4));
  });

  it("a ScaledJob is from none to its most jobs", () => {
    const text = `apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: j }
spec:
  maxReplicaCount: 5
  jobTargetRef: { parallelism: 2, template: { spec: { containers: [{ name: a, resources: ${requests("1")} }] } } }
`;
    expect(changeTo(text).requested_for_a_time?.cpu.after).toEqual({ at_least: 0, at_most: 10 });
  });

  const knative = (annotations: string) => `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: r }
spec: { template: { metadata: { annotations: { ${annotations} } }, spec: { containerConcurrency: 10, containers: [{ image: "r:1", resources: ${requests("2")} }] } } }
`;
  it.each([
    ["none to any number by default", "", { at_least: 0, at_most: null }],
    [
      "its bounds",
      'autoscaling.knative.dev/min-scale: "2", autoscaling.knative.dev/max-scale: "5"',
      { at_least: 4, at_most: 10 },
    ],
    [
      "its bounds by their old names",
      'autoscaling.knative.dev/minScale: "1", autoscaling.knative.dev/maxScale: "0"',
      { at_least: 2, at_most: null },
    ],
    ["not known where a bound is no number", 'autoscaling.knative.dev/min-scale: "x"', NOT_KNOWN],
  ])("a Service of Knative is %s", (_name, annotations, range) => {
    const change = changeTo(knative(annotations));
    expect(change.requested.cpu.after).toEqual(range);
    expect(change.workloads[0]?.kind).toBe("Knative Service");
  });

  it("a Service of Kubernetes runs nothing", () => {
    const service = "apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { ports: [] }\n";
    expect(changeTo(`${service}---\n${workload(requests("1"))}`).workloads).toHaveLength(1);
  });

  it("a Deployment of another group is not taken for one of Kubernetes", () => {
    const change = changeTo(workload(requests("1"), { version: "example.com/v1" }));
    expect(change.unknown_kinds).toEqual(["Deployment in k8s/a.yaml"]);
    expect(change.requested.cpu.after).toEqual(NOT_KNOWN);
  });

  it.each([
    ["RayService", "ray.io/v1"],
    ["SeldonDeployment", "machinelearning.seldon.io/v1"],
    ["LeaderWorkerSet", "leaderworkerset.x-k8s.io/v1"],
    ["LLMInferenceService", "serving.kserve.io/v1alpha1"],
    ["ServingRuntime", "serving.kserve.io/v1alpha1"],
    ["HelmRelease", "helm.toolkit.fluxcd.io/v2"],
  ])("a %s is named; one that stays leaves the sums, one that changes withholds them", (kind, version) => {
    const odd = (n: number) =>
      workload(requests("1"), { kind, version, name: "odd", spec: `replicas: ${n}` });
    const plain = workload(requests("1"));
    const same = changeBetween({ "a.yaml": plain, "o.yaml": odd(2) }, { "a.yaml": plain, "o.yaml": odd(2) });
    expect(same.requested.cpu.after).toEqual(fixed(2));
    expect(same.unknown_kinds).toEqual([`${kind} in o.yaml`]);
    expect(same.partial).toBe(true);
    const other = changeBetween({ "a.yaml": plain, "o.yaml": odd(2) }, { "a.yaml": plain, "o.yaml": odd(3) });
    expect([other.requested.cpu.before, other.requested.cpu.after]).toEqual([NOT_KNOWN, NOT_KNOWN]);
    expect(other.workloads.find(({ name }) => name === "odd")?.status).toBe("changed");
  });

  it("a kind that runs nothing withholds nothing", () => {
    const route =
      "apiVersion: example.com/v1\nkind: Route\nmetadata: { name: r }\nspec: { host: a.example.com }\n";
    const change = changeTo(`${route}---\n${workload(requests("1"))}`);
    expect(change.requested.cpu.after).toEqual(fixed(2));
    expect(change.unknown_kinds).toEqual(["Route in k8s/a.yaml"]);
  });

  const rollout = (ref: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: ro }\nspec: { replicas: 4, workloadRef: { apiVersion: apps/v1, kind: Deployment, ${ref} } }\n`;
  it.each([
    ["with the pods of its Deployment, which is at none", "replicas: 0", "name: a", fixed(8)],
    ["with those of one that it scales down", "replicas: 4", "name: a, scaleDown: onsuccess", fixed(8)],
    ["not with those of one that stays for a while", "replicas: 4", "name: a", NOT_KNOWN],
  ])("a Rollout counts %s", (_name, spec, ref, sum) => {
    expect(cpuOf(`${workload(requests("2"), { spec })}---\n${rollout(ref)}`)).toEqual(sum);
  });

  it("a Rollout of a Deployment that is not there is not counted", () => {
    const change = changeTo(rollout("name: other"));
    expect(change.requested.cpu.after).toEqual(NOT_KNOWN);
    expect(change.not_evaluated[0]).toMatch(/refers to is not in the manifests/);
  });
});

describe("an InferenceService", () => {
  const model = (resources: string) => `model: { modelFormat: { name: x }, resources: ${resources} }`;
  const service = (spec: string, annotations = "") =>
    `apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: { name: r, annotations: { ${annotations} } }\nspec: { ${spec} }\n`;

  it("is its predictor, transformer and explainer", () => {
    const text = service(
      `predictor: { minReplicas: 2, maxReplicas: 4, ${model(requests("2"))} }, transformer: { maxReplicas: 1, containers: [{ name: t, resources: ${requests("1")} }] }`,
    );
    const change = changeTo(text);
    expect(change.requested.cpu.after).toEqual({ at_least: 5, at_most: 9 });
    expect(change.workloads.map(({ kind }) => kind)).toEqual([
      "InferenceService predictor",
      "InferenceService transformer",
    ]);
  });

  it.each([
    ["the minimum where none is set", "minReplicas: 2", { at_least: 4, at_most: 4 }],
    ["the maximum", "minReplicas: 2, maxReplicas: 3", { at_least: 4, at_most: 6 }],
  ])("without Knative has %s for its upper bound", (_name, scale, range) => {
    const text = service(
      `predictor: { ${scale}, ${model(requests("2"))} }`,
      "serving.kserve.io/deploymentMode: RawDeployment",
    );
    expect(changeTo(text).requested.cpu.after).toEqual(range);
  });

  it("has no known amount of what its runtime or cluster sets", () => {
    const change = changeTo(
      service(`predictor: { maxReplicas: 1, ${model("{ limits: { nvidia.com/gpu: 1 } }")} }`),
    );
    expect(change.requested.gpu.after).toEqual(fixed(1));
    expect(change.requested.cpu.after).toEqual(NOT_KNOWN);
    expect(change.not_evaluated[0]).toMatch(/cpu and memory that it does not request/);
  });

  const many = (worker: string, gpus = 8) =>
    service(
      `predictor: { ${model(`{ requests: { cpu: 4, memory: 8Gi }, limits: { nvidia.com/gpu: 8 } }`)}, workerSpec: { ${worker}, containers: [{ name: w, resources: { requests: { cpu: 2, memory: 4Gi }, limits: { nvidia.com/gpu: ${gpus} } } }] } }`,
    );
  it("of several nodes is its head and its workers", () => {
    const change = changeBetween(
      { "i.yaml": many("pipelineParallelSize: 4") },
      { "i.yaml": many("pipelineParallelSize: 2") },
    );
    expect([change.requested.gpu.before, change.requested.gpu.after]).toEqual([fixed(32), fixed(16)]);
    expect([change.requested.cpu.before, change.requested.cpu.after]).toEqual([fixed(10), fixed(6)]);
  });

  it.each([
    ["their number", many("tensorParallelSize: 8")],
    ["their GPUs", many("pipelineParallelSize: 2, tensorParallelSize: 4")],
    ["GPUs that differ from the head's", many("pipelineParallelSize: 2", 4)],
  ])("of workers of which the runtime sets %s has no known GPUs", (_name, text) => {
    const change = changeTo(text);
    expect(change.requested.gpu.after).toEqual(NOT_KNOWN);
    expect(change.not_evaluated[0]).toMatch(/set by its runtime/);
  });
});
