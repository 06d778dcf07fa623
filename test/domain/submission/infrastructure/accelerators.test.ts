import { describe, expect, it } from "vitest";
import { changeBetween, changeTo, fixed, NOT_KNOWN, workload } from "./manifests-for-tests.ts";

const limits = (devices: string) => `{ limits: { cpu: 1, memory: 1Gi, ${devices} } }`;
const app = (devices: string, replicas = 2, pod = "") =>
  workload(limits(devices), { spec: `replicas: ${replicas}`, pod });

describe("accelerators", () => {
  it.each(["nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/i915", "gpu.intel.com/xe"])(
    "of %s are whole GPUs",
    (resource) => {
      expect(changeTo(app(`${resource}: 2`)).requested.gpu.after).toEqual(fixed(4));
    },
  );

  it.each([
    "nvidia.com/mig-1g.5gb",
    "nvidia.com/gpu.shared",
    "nvidia.com/gpumem",
    "nvidia.com/gpucores",
    "google.com/tpu",
    "aws.amazon.com/neuron",
    "aws.amazon.com/neuroncore",
    "habana.ai/gaudi",
    "huawei.com/Ascend910",
  ])("of %s are no whole GPUs, and are told by name", (resource) => {
    const change = changeTo(app(`${resource}: 3`));
    expect(change.requested.gpu.after).toEqual(fixed(0));
    expect(change.requested.accelerators).toEqual([{ resource, before: fixed(0), after: fixed(6) }]);
    expect(change.workloads[0]?.after?.accelerators).toEqual([{ resource, amount: 3 }]);
  });

  it("are no other devices", () => {
    const change = changeTo(app("example.com/fuse: 1, hugepages-2Mi: 4Mi, ephemeral-storage: 1Gi"));
    expect(change.requested.accelerators).toEqual([]);
    expect(change.requested.gpu.after).toEqual(fixed(0));
  });

  it("that become slices are not unchanged", () => {
    const change = changeBetween(
      { "a.yaml": app("nvidia.com/gpu: 1", 8) },
      { "a.yaml": app("nvidia.com/mig-1g.5gb: 1", 8) },
    );
    expect(change.requested.gpu).toMatchObject({ before: fixed(8), after: fixed(0) });
    expect(change.requested.accelerators).toEqual([
      { resource: "nvidia.com/mig-1g.5gb", before: fixed(0), after: fixed(8) },
    ]);
  });

  it("with a share of their memory are still so many devices", () => {
    const change = changeTo(app("nvidia.com/gpu: 1, nvidia.com/gpumem: 3000, nvidia.com/gpucores: 30"));
    expect(change.requested.gpu.after).toEqual(fixed(2));
    expect(change.requested.accelerators.map(({ resource }) => resource)).toEqual([
      "nvidia.com/gpucores",
      "nvidia.com/gpumem",
    ]);
  });

  it("of another vendor are told by name beside their sum", () => {
    const change = changeBetween({ "a.yaml": app("nvidia.com/gpu: 1") }, { "a.yaml": app("amd.com/gpu: 1") });
    expect(change.requested.gpu).toMatchObject({ before: fixed(2), after: fixed(2) });
    expect(change.requested.accelerators).toEqual([
      { resource: "amd.com/gpu", before: fixed(0), after: fixed(2) },
      { resource: "nvidia.com/gpu", before: fixed(2), after: fixed(0) },
    ]);
  });

  it("by resource claims are named and not counted, and what a claim asks for counts as a change", () => {
    const claim = (count: number) =>
      `apiVersion: resource.k8s.io/v1\nkind: ResourceClaimTemplate\nmetadata: { name: g }\nspec: { spec: { devices: { requests: [{ count: ${count} }] } } }\n`;
    const pod = "resourceClaims: [{ name: g, resourceClaimTemplateName: g }]";
    const files = (count: number) => ({
      "a.yaml": workload("{ requests: { cpu: 1, memory: 1Gi } }", { pod }),
      "c.yaml": claim(count),
    });
    const change = changeBetween(files(8), files(2));
    expect([change.requested.gpu.before, change.requested.gpu.after]).toEqual([NOT_KNOWN, NOT_KNOWN]);
    expect(change.requested.cpu.after).toEqual(fixed(2));
    expect(change.not_evaluated[0]).toMatch(/resource claims are not counted/);
    expect(changeBetween(files(8), files(8)).requested.gpu.after).toEqual(NOT_KNOWN);
  });

  it("in parts are no quantity", () => {
    const change = changeTo(app('nvidia.com/gpu: "0.5"'));
    expect(change.requested.gpu.after).toEqual(NOT_KNOWN);
    expect(change.not_evaluated[0]).toMatch(/nvidia\.com\/gpu 0\.5 is no whole number/);
  });
});
