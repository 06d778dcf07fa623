import { describe, expect, it } from "vitest";
import { changeBetween, changeTo, fixed, NOT_KNOWN, requests, workload } from "./manifests-for-tests.ts";

const TARGET = "scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a }";
const hpa = (bounds: string, { version = "autoscaling/v2", target = TARGET, name = "h" } = {}) =>
  `apiVersion: ${version}\nkind: HorizontalPodAutoscaler\nmetadata: { name: ${name} }\nspec: { ${bounds}, ${target} }\n`;
const keda = (bounds: string, annotations = "", target = "scaleTargetRef: { name: a }") =>
  `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: k, annotations: { ${annotations} } }\nspec: { ${bounds} ${target} }\n`;
const app = (spec = "replicas: 4") => workload(requests("2"), { spec });
const cpuOf = (...texts: string[]) => changeTo(texts.join("---\n")).requested.cpu.after;

describe("replicas by an autoscaler", () => {
  it.each(["autoscaling/v1", "autoscaling/v2", "autoscaling/v2beta2"])("of %s are its bounds", (version) => {
    expect(cpuOf(app(), hpa("minReplicas: 2, maxReplicas: 5", { version }))).toEqual({
      at_least: 4,
      at_most: 10,
    });
  });

  it.each([
    ["one at the fewest by default", app(), hpa("maxReplicas: 5"), { at_least: 2, at_most: 10 }],
    [
      "its bounds where a Deployment names no replicas",
      app("paused: false"),
      hpa("minReplicas: 3, maxReplicas: 5"),
      { at_least: 6, at_most: 10 },
    ],
    ["none where the target is switched off", app("replicas: 0"), hpa("maxReplicas: 5"), fixed(0)],
    ["not known without an upper bound", app(), hpa("minReplicas: 2"), NOT_KNOWN],
    ["not known where the bounds are crossed", app(), hpa("minReplicas: 6, maxReplicas: 5"), NOT_KNOWN],
    ["not known where a bound is a placeholder", app(), hpa('maxReplicas: "{{ .max }}"'), NOT_KNOWN],
  ])("are %s", (_name, deployment, autoscaler, range) => {
    expect(cpuOf(deployment, autoscaler)).toEqual(range);
  });

  it.each([
    ["none to 100 by default", keda(""), { at_least: 0, at_most: 200 }],
    ["its bounds", keda("minReplicaCount: 2, maxReplicaCount: 10,"), { at_least: 4, at_most: 20 }],
    [
      "its idle count at the fewest",
      keda("idleReplicaCount: 0, minReplicaCount: 2, maxReplicaCount: 10,"),
      { at_least: 0, at_most: 20 },
    ],
    ["fixed while it is paused", keda("", 'autoscaling.keda.sh/paused-replicas: "3"'), fixed(6)],
    ["not known while it is paused as it was", keda("", 'autoscaling.keda.sh/paused: "true"'), NOT_KNOWN],
  ])("of KEDA are %s", (_name, autoscaler, range) => {
    expect(cpuOf(app(), autoscaler)).toEqual(range);
  });

  it.each([
    ["name", "scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: rankr }", "rankr"],
    ["kind", "scaleTargetRef: { apiVersion: apps/v1, kind: StatefulSet, name: a }", "a"],
    ["group", "scaleTargetRef: { apiVersion: example.com/v1, kind: Deployment, name: a }", "a"],
  ])("with a target of another %s are left as they are, and that is named", (_name, target, named) => {
    const change = changeTo(`${app()}---\n${hpa("maxReplicas: 9", { target })}`);
    expect(change.requested.cpu.after).toEqual(fixed(8));
    expect(change.remarks).toEqual([
      `autoscaler h in k8s/a.yaml: its target ${named} is not in the manifests that were read`,
    ]);
  });

  it("of two are not known, and both are named", () => {
    const change = changeTo([app(), hpa("maxReplicas: 5"), keda("")].join("---\n"));
    expect(change.requested.cpu.after).toEqual(NOT_KNOWN);
    expect(change.not_evaluated[0]).toMatch(
      /more than one autoscaler, HorizontalPodAutoscaler h .* and ScaledObject k/,
    );
  });

  it.each([
    ["Auto", ["VerticalPodAutoscaler in k8s/a.yaml may change what a requests"]],
    ["Off", []],
  ])("stay with a vertical autoscaler of mode %s", (mode, remarks) => {
    const vertical = `apiVersion: autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nmetadata: { name: v }\nspec: { targetRef: { kind: Deployment, name: a }, updatePolicy: { updateMode: "${mode}" } }\n`;
    const change = changeTo(`${app()}---\n${vertical}`);
    expect(change.requested.cpu.after).toEqual(fixed(8));
    expect(change.remarks).toEqual(remarks);
  });

  it("are not known where the manifest says none and another was not read, which may be its autoscaler", () => {
    const afterOf = (spec: string) => {
      const files = { "a.yaml": app(spec), "b.yaml": workload(requests("1"), { name: "b" }) };
      return changeBetween({}, files, { unread: ["h.yaml"] }).requested.cpu.after;
    };
    expect(afterOf("paused: false")).toEqual(NOT_KNOWN);
    expect(afterOf("replicas: 4")).toEqual(fixed(10));
  });
});
