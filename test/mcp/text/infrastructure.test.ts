import { describe, expect, it } from "vitest";
import { pipelineChanges } from "../../../src/domain/submission/infrastructure/pipelines.ts";
import { infrastructureLines, pipelineLine } from "../../../src/mcp/text/infrastructure.ts";
import {
  changeBetween,
  type Files,
  requests,
  workload,
} from "../../domain/submission/infrastructure/manifests-for-tests.ts";

const app = (n: number, more: Parameters<typeof workload>[1] = {}) =>
  workload(requests("1"), { spec: `replicas: ${n}`, ...more });
const textOf = (before: Files, after: Files, how = {}) =>
  infrastructureLines(changeBetween(before, after, how))
    .filter((line) => line !== "")
    .join("\n");

describe("the text of infrastructure", () => {
  it("is short where everything is known", () => {
    expect(
      textOf({ "k8s/d.yaml": app(4) }, { "k8s/d.yaml": app(2) }),
    ).toBe(`Infrastructure, from the manifests:
  Requested vCPU: 4 to 2, minus 50%.
  Requested GiB of memory: 4 to 2, minus 50%.
  changed: a (Deployment) in k8s/d.yaml: 4 x (1 vCPU, 1 GiB), no probes -> 2 x (1 vCPU, 1 GiB), no probes`);
  });

  it("says what of a side is not known, and why", () => {
    const text = textOf(
      { "k8s/d.yaml": app(4) },
      { "k8s/d.yaml": app(2).replace("replicas: 2", "replicas: 2\n  replicas: 3") },
    );
    expect(text).toContain("Requested vCPU: 4 to not known.");
    expect(text).toContain("known on one side only: a (Deployment) in k8s/d.yaml");
    expect(text).toContain("Keys that stand twice: replicas in k8s/d.yaml.");
    expect(text).not.toMatch(/minus|removed/);
  });

  it("says that figures are of the workloads counted, and names the others", () => {
    const agent = { "k8s/agent.yaml": app(1, { kind: "DaemonSet", name: "agent" }) };
    const text = textOf({ ...agent, "k8s/d.yaml": app(4) }, { ...agent, "k8s/d.yaml": app(2) });
    expect(text).toContain("Requested vCPU: 4 to 2, minus 50%, of the workloads counted.");
    expect(text).toContain("DaemonSet agent in k8s/agent.yaml: runs on each node");
  });

  it("tells a change of kind once", () => {
    const rollout = app(8, { kind: "Rollout", version: "argoproj.io/v1alpha1" });
    const text = textOf({ "k8s/d.yaml": app(8) }, { "k8s/d.yaml": rollout });
    expect(text).toContain("changed: a (Rollout, before Deployment)");
    expect(text).toContain("Requested vCPU: 8, unchanged.");
    expect(text).not.toMatch(/removed|added/);
  });

  it("tells slices by name, and never as GPUs that are unchanged", () => {
    const on = (device: string) => ({
      "a.yaml": workload(`{ limits: { cpu: 1, memory: 1Gi, ${device}: 4 } }`),
    });
    const text = textOf(on("nvidia.com/gpu"), on("nvidia.com/mig-1g.5gb"));
    expect(text).toContain("Requested GPU: 8 to 0.");
    expect(text).toContain("Requested nvidia.com/mig-1g.5gb: 0 to 8.");
    expect(text).not.toContain("GPU: 8, unchanged");
  });

  it("tells jobs apart, and a range by its bounds", () => {
    const job = (n: number) =>
      app(1, { kind: "Job", version: "batch/v1", name: "j", spec: `parallelism: ${n}` });
    const autoscaler =
      "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: k }\nspec: { minReplicaCount: 2, maxReplicaCount: 10, scaleTargetRef: { name: a } }\n";
    const text = textOf(
      { "a.yaml": app(8), "j.yaml": job(8) },
      { "a.yaml": app(8), "j.yaml": job(2), "k.yaml": autoscaler },
    );
    expect(text).toContain("Requested by jobs while they run, vCPU: 8 to 2, minus 75%.");
    expect(text).toContain(
      "Requested vCPU: 8 to 2, minus 75% at the fewest replicas; 8 to 10, plus 25% at the most.",
    );
    expect(text).toContain("2-10 x (1 vCPU, 1 GiB)");
  });

  it("says how many more there are of a long list", () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [
        `k8s/${n}.yaml`,
        app(1, { kind: "RayService", version: "ray.io/v1" }),
      ]),
    );
    expect(textOf(files, files)).toMatch(/RayService in k8s\/19\.yaml and 10 more\./);
  });

  it("tells whole GPUs of another vendor as a part of the GPUs, and no percentage between vendors", () => {
    const on = (device: string, n: number) => ({
      "a.yaml": workload(`{ limits: { cpu: 1, memory: 1Gi, ${device}: ${n} } }`),
    });
    const text = textOf(on("nvidia.com/gpu", 1), on("amd.com/gpu", 2));
    expect(text).toContain("Requested GPU: 2 to 4.");
    expect(text).toContain("2 x (1 vCPU, 1 GiB, 2 GPU: 2 amd.com/gpu)");
  });

  it("gives a unit only to resources whose unit is one and the same", () => {
    const on = (device: string) => textOf({}, { "a.yaml": workload(`{ limits: { ${device}: 8 } }`) });
    expect(on("nvidia.com/gpumem")).toContain("8 nvidia.com/gpumem (MiB)");
    expect(on("aliyun.com/gpu-mem")).toContain("8 aliyun.com/gpu-mem)");
  });

  it("says plainly what has no upper bound, and what is not computed", () => {
    const service = `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: r }
spec: { template: { metadata: { annotations: { autoscaling.knative.dev/min-scale: "2" } }, spec: { containers: [{ image: "r:1" }] } } }
`;
    expect(textOf({}, { "a.yaml": service })).toContain("2 or more x");
    const ray = (n: number) => app(n, { kind: "RayService", version: "ray.io/v1" });
    expect(textOf({ "a.yaml": ray(1) }, { "a.yaml": ray(2) })).toContain(
      "changed: a (RayService) in a.yaml: not computed",
    );
  });

  it("names jobs of CI that are gone", () => {
    const ci = (jobs: string) => [
      { path: ".github/workflows/ci.yml", text: `on: push\njobs: { ${jobs} }\n` },
    ];
    const [change] = pipelineChanges(
      ci("test: { steps: [{ run: a }] }, lint: { steps: [{ run: b }] }"),
      ci("test: { steps: [{ run: a }] }"),
    );
    expect(change && pipelineLine(change)).toContain("; gone: lint");
  });

  it("tells sums that are unchanged also where only files beside them changed", () => {
    const beyond = { values_changed: [], not_computed: ["Dockerfile Dockerfile"], eases_ci: [] };
    const change = changeBetween({ "a.yaml": app(4) }, { "a.yaml": app(4) }, { beyond });
    // Workloads that are the same are left out of a concise answer.
    const text = infrastructureLines({ ...change, workloads: [] }).join("\n");
    expect(text).toContain("Requested vCPU: 4, unchanged.");
    expect(text).toContain("Changed and not computed: Dockerfile Dockerfile.");
  });
});
