import { describe, expect, it } from "vitest";
import { filesToRead, sidesOf } from "../../../../src/domain/submission/repository-tree.ts";
import {
  changeBetween,
  type Files,
  filesOf,
  fixed,
  NOT_KNOWN,
  requests,
  workload,
} from "./manifests-for-tests.ts";

const app = (replicas: number, more: Parameters<typeof workload>[1] = {}) =>
  workload(requests("1"), { spec: `replicas: ${replicas}`, ...more });
const UNKNOWN_KIND = { kind: "RayService", version: "ray.io/v1" };
const cpuOf = (before: Files, after: Files, how = {}) => {
  const { cpu } = changeBetween(before, after, how).requested;
  return [cpu.before, cpu.after];
};
const only = (before: Files, after: Files) => changeBetween(before, after).workloads[0];

describe("a workload on both sides", () => {
  it.each([
    ["Rollout", "argoproj.io/v1alpha1", fixed(8)],
    ["StatefulSet", "apps/v1", fixed(8)],
    ["DaemonSet", "apps/v1", NOT_KNOWN],
    ["RayService", "ray.io/v1", NOT_KNOWN],
  ])("that becomes a %s is one change of its kind", (kind, version, after) => {
    const [before, now] = [{ "d.yaml": app(8) }, { "d.yaml": app(8, { kind, version }) }];
    const change = changeBetween(before, now);
    expect(change.workloads).toHaveLength(1);
    expect(change.workloads[0]).toMatchObject({ kind, kind_before: "Deployment", status: "changed" });
    expect(change.requested.cpu.after).toEqual(after);
    expect(change.requested.cpu.percent.at_least).not.toBe(-100);
  });

  it("that becomes a Job has no percentage, as its pods end", () => {
    const job = app(8, { kind: "Job", version: "batch/v1", spec: "parallelism: 1" });
    const change = changeBetween({ "d.yaml": app(8) }, { "d.yaml": job });
    expect(change.requested.cpu.percent).toEqual({ at_least: null, at_most: null });
    expect(change.workloads[0]).toMatchObject({ kind: "Job", kind_before: "Deployment" });
  });

  it.each([
    ["into a namespace", app(2).replace("name: a", "name: a, namespace: prod"), "d.yaml"],
    ["to another file", app(2), "deploy/other.yaml"],
  ])("that moved %s is not removed", (_name, text, path) => {
    expect(only({ "d.yaml": app(2) }, { [path]: text })?.status).toBe("same");
  });

  it("that moved into an overlay is not removed", () => {
    const overlay = { "k8s/d.yaml": app(2), "k8s/kustomization.yaml": "resources: [d.yaml]\n" };
    expect(changeBetween({ "k8s/d.yaml": app(2) }, overlay).workloads.map(({ status }) => status)).toEqual([
      "same",
    ]);
  });

  it("is counted in each of two folders, which are environments of their own", () => {
    const before = { "dev/d.yaml": app(1), "prod/d.yaml": app(20) };
    const change = changeBetween(before, { ...before, "prod/d.yaml": app(6) });
    expect(change.requested.cpu).toMatchObject({ before: fixed(21), after: fixed(7) });
    expect(change.workloads.map(({ environment, status }) => [environment, status])).toEqual([
      ["dev", "same"],
      ["prod", "changed"],
    ]);
    expect(change.remarks[0]).toMatch(/several folders/);
  });

  it("keeps to the autoscaler of its own folder", () => {
    const hpa = (max: number) =>
      `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h }\nspec: { maxReplicas: ${max}, scaleTargetRef: { kind: Deployment, name: a } }\n`;
    const files = {
      "dev/d.yaml": app(1),
      "dev/h.yaml": hpa(2),
      "prod/d.yaml": app(9),
      "prod/h.yaml": hpa(9),
    };
    expect(cpuOf({}, files)[1]).toEqual({ at_least: 2, at_most: 11 });
  });

  it("is counted once where a folder holds it twice alike, and not where the two differ", () => {
    const twice = (n: number) => ({ "k/a.yaml": app(2), "k/b.yaml": app(n) });
    expect(cpuOf({}, twice(2))[1]).toEqual(fixed(2));
    const change = changeBetween(twice(3), twice(4));
    expect(change.requested.cpu.after).toEqual(NOT_KNOWN);
    expect(change.repeated).toEqual(["Deployment a in k/a.yaml and k/b.yaml"]);
  });

  it("in each environment of kustomize adds up", () => {
    const overlay = (name: string, count: number) => ({
      [`overlays/${name}/kustomization.yaml`]: `resources: [../../base]\nreplicas: [{ name: a, count: ${count} }]\n`,
    });
    const base = { "base/kustomization.yaml": "resources: [d.yaml]\n", "base/d.yaml": app(2) };
    const files = (prod: number) => ({ ...base, ...overlay("dev", 1), ...overlay("prod", prod) });
    const change = changeBetween(files(20), files(6));
    expect(change.requested.cpu).toMatchObject({ before: fixed(21), after: fixed(7) });
    expect(change.workloads.find(({ status }) => status === "changed")?.environment).toBe("overlays/prod");
  });
});

describe("what is not known", () => {
  const broken = app(2).replace("replicas: 2", "replicas: 2\n  replicas: 9");

  it("of a manifest that cannot be parsed is not removed, and its key that stands twice is told", () => {
    const change = changeBetween({ "d.yaml": app(4) }, { "d.yaml": broken });
    expect(change.workloads[0]).toMatchObject({ status: "not_known", after: null });
    expect(change.requested.cpu).toMatchObject({ before: fixed(4), after: NOT_KNOWN });
    expect(change.duplicate_keys).toEqual(["replicas in d.yaml"]);
  });

  it("of a JSON manifest with a key that stands twice is told too", () => {
    const json = '{\n\t"apiVersion": "apps/v1",\n\t"kind": "Deployment",\n\t"kind": "Job"\n}';
    expect(changeBetween({}, { "d.json": json }).duplicate_keys).toEqual(["kind in d.json"]);
  });

  it("on both sides alike leaves the sums of the rest", () => {
    const change = changeBetween(
      { "b.yaml": broken, "d.yaml": app(4) },
      { "b.yaml": broken, "d.yaml": app(2) },
    );
    expect(change.requested.cpu).toMatchObject({ before: fixed(4), after: fixed(2) });
    expect(change.partial).toBe(true);
  });

  it.each([
    ["a Service", "v1", "Service", fixed(2)],
    ["a Service of Knative", "serving.knative.dev/v1", "Service", NOT_KNOWN],
    ["an autoscaler", "autoscaling/v2", "HorizontalPodAutoscaler", NOT_KNOWN],
    ["a kind that it fills in", "v1", "{{ .Values.kind }}", NOT_KNOWN],
  ])("of a template with %s withholds where that may run pods", (_name, version, kind, after) => {
    const template = `apiVersion: ${version}\nkind: ${kind}\nspec: {{ .Values.spec }}\n`;
    const change = changeBetween({ "d.yaml": app(2) }, { "d.yaml": app(2), "t.yaml": template });
    expect(change.requested.cpu.after).toEqual(after);
    expect(change.unreadable).toEqual(["t.yaml"]);
  });

  it("of configurations withholds where there are custom kinds", () => {
    const files = (version: string, kind: string) => ({
      "k/kustomization.yaml": "resources: [d.yaml]\nconfigurations: [c.yaml]\n",
      "k/d.yaml": app(2, { version, kind }),
    });
    expect(cpuOf({}, files("argoproj.io/v1alpha1", "Rollout"))[1]).toEqual(NOT_KNOWN);
    const plain = files("apps/v1", "Deployment");
    expect(cpuOf(plain, { ...plain, "k/d.yaml": app(3) })).toEqual([fixed(2), fixed(3)]);
  });

  it("of a file without a Kubernetes object is not told", () => {
    const change = changeBetween({}, { "d.yaml": app(1), "mkdocs.yml": "a: {{ x }}\n  : [" });
    expect(change.unreadable).toEqual([]);
    expect(change.partial).toBe(false);
  });

  const status = "modified" as const;
  it.each([
    [
      "a changed manifest that was not read",
      [{ path: "b.yaml", previousPath: undefined, status }],
      NOT_KNOWN,
      NOT_KNOWN,
    ],
    [
      "an added manifest that was not read",
      [{ path: "b.yaml", previousPath: undefined, status: "added" as const }],
      fixed(4),
      NOT_KNOWN,
    ],
    [
      "a removed manifest that was not read",
      [{ path: "b.yaml", previousPath: undefined, status: "removed" as const }],
      NOT_KNOWN,
      fixed(2),
    ],
    ["a manifest that was not read and did not change", [], fixed(4), fixed(2)],
  ])("because of %s", (_name, files, before, after) => {
    const how = { files, unread: ["b.yaml"] };
    expect(cpuOf({ "d.yaml": app(4) }, { "d.yaml": app(2) }, how)).toEqual([before, after]);
    const change = changeBetween({ "d.yaml": app(4) }, { "d.yaml": app(2) }, how);
    expect(change.not_read).toEqual(["b.yaml"]);
  });

  it("is not 0 where nothing was read, and is where all that was not read is new", () => {
    const files = [{ path: "b.yaml", previousPath: undefined, status: "added" as const }];
    expect(cpuOf({}, {}, { files, unread: ["b.yaml", "c.yaml"] })).toEqual([NOT_KNOWN, NOT_KNOWN]);
    expect(cpuOf({}, {}, { files, unread: ["b.yaml"] })).toEqual([fixed(0), NOT_KNOWN]);
  });

  it("because the list of changed files is cut is what was before", () => {
    const files = { "d.yaml": app(4), "e.yaml": app(3, { name: "e" }) };
    const change = changeBetween(files, files, { isWhole: false });
    expect(change.requested.cpu).toMatchObject({ before: NOT_KNOWN, after: fixed(7) });
    expect(change.workloads.map((w) => w.status)).toEqual(["not_known", "not_known"]);
    const { requested } = changeBetween(files, files, { isWhole: false, unread: ["f.yaml"] });
    expect(requested.cpu).toMatchObject({ before: NOT_KNOWN, after: NOT_KNOWN });
  });

  it("of an overlay that is not evaluated whole withholds, also where only its patch changed", () => {
    const files = (op: string) => ({
      "base/kustomization.yaml": "resources: [d.yaml]\n",
      "base/d.yaml": app(2),
      "prod/kustomization.yaml": "resources: [../base]\ntransformers: [t.yaml]\n",
      "prod/t.yaml": `apiVersion: example.com/v1\nkind: T\nop: ${op}\n`,
    });
    const [before, after] = cpuOf(files("a"), files("b"));
    expect([before, after]).toEqual([NOT_KNOWN, NOT_KNOWN]);
    const other = { "d.yaml": app(3, { name: "plain" }) };
    expect(cpuOf({ ...files("a"), ...other }, { ...files("a"), ...other })).toEqual([fixed(3), fixed(3)]);
  });
});

describe("what is removed", () => {
  it("is a workload whose file is gone", () => {
    const change = changeBetween({ "d.yaml": app(4) }, {});
    expect(change.workloads[0]).toMatchObject({ status: "removed", before: { replicas: fixed(4) } });
    expect(change.requested.cpu).toMatchObject({ before: fixed(4), after: fixed(0) });
  });

  it.each(["k8s/legacy.yaml.disabled", "k8s/legacy.yaml.bak", "k8s/legacy.txt"])(
    "is a workload whose file was renamed to %s",
    (path) => {
      const files = [
        {
          ...{ path, previousPath: "k8s/legacy.yaml", status: "renamed" as const },
          ...{ added: 0, removed: 0, binary: false, patch: "" },
        },
      ];
      const tree = [{ path, mode: "100644", bytes: 400 }];
      const isReadWhole = (name: string) => name.endsWith(".yaml");
      const wanted = filesToRead({ tree, files, fileKinds: { isReadWhole, mayBeManifest: () => false } }, 10);
      const sides = sidesOf(wanted, new Map([["k8s/legacy.yaml", app(4)]]), new Map([[path, app(4)]]));
      const change = changeBetween(
        Object.fromEntries(sides.before.map((f) => [f.path, f.text])),
        Object.fromEntries(sides.after.map((f) => [f.path, f.text])),
        { files },
      );
      expect(change.workloads[0]).toMatchObject({ status: "removed", name: "a" });
      expect(change.apart).toEqual([path]);
    },
  );

  it("is not said while a manifest of the head cannot be computed that changed", () => {
    const change = changeBetween(
      { "d.yaml": app(4) },
      { "ray.yaml": "apiVersion: apps/v1\nkind: Deployment\nspec: {{ .Values }}\n" },
    );
    expect(change.workloads[0]?.status).toBe("not_known");
    const unknown = changeBetween({ "d.yaml": app(4) }, { "d.yaml": app(4, UNKNOWN_KIND) });
    expect(unknown.workloads.map((w) => w.status)).toEqual(["changed"]);
  });
});

describe("manifests of tests and examples", () => {
  it("are named and not counted", () => {
    const how = { isApart: (path: string) => path.startsWith("examples/") };
    const files = { "examples/d.yaml": app(9, { name: "e" }), "d.yaml": app(2) };
    const change = changeBetween(files, files, how);
    expect(change.requested.cpu.after).toEqual(fixed(2));
    expect(change.apart).toEqual(["examples/d.yaml"]);
  });

  it("are named where there is nothing else", () => {
    const how = { isApart: () => true };
    expect(changeBetween({}, { "examples/d.yaml": app(9) }, how).apart).toEqual(["examples/d.yaml"]);
  });
});

describe("manifests in JSON", () => {
  it("are read, also as a List and with tabs", () => {
    const text = JSON.stringify(
      {
        apiVersion: "v1",
        kind: "List",
        items: [
          {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: { name: "a" },
            spec: {
              replicas: 3,
              template: {
                spec: { containers: [{ name: "x", resources: { requests: { cpu: 2, memory: "1Gi" } } }] },
              },
            },
          },
        ],
      },
      null,
      "\t",
    );
    expect(cpuOf({}, { "k8s/d.json": text })[1]).toEqual(fixed(6));
  });

  it("that are none are left alone", () => {
    const change = changeBetween({}, { "d.yaml": app(1), "package.json": '{ "name": "x" }' });
    expect(change.unreadable).toEqual([]);
    expect(filesOf({ "a.json": "" })).toHaveLength(1);
  });
});

describe("a workload that ends by itself on one side only", () => {
  const JOB = workload(requests("1"), { kind: "Job", version: "batch/v1", spec: "parallelism: 3" });
  const SERVER = workload(requests("1"));

  it("leaves one sum and joins the other, without a percentage", () => {
    const {
      requested,
      requested_for_a_time: forATime,
      workloads,
    } = changeBetween({ "k8s/a.yaml": SERVER }, { "k8s/a.yaml": JOB });
    expect(requested.cpu).toMatchObject({ before: fixed(2), after: fixed(0), percent: { at_least: null } });
    expect(forATime?.cpu).toMatchObject({ before: fixed(0), after: fixed(3), percent: { at_least: null } });
    expect(workloads).toMatchObject([{ kind: "Job", kind_before: "Deployment", status: "changed" }]);
  });

  it("comes from the other sum the other way round", () => {
    const { requested, requested_for_a_time: forATime } = changeBetween(
      { "k8s/a.yaml": JOB },
      { "k8s/a.yaml": SERVER },
    );
    expect(requested.cpu).toMatchObject({ before: fixed(0), after: fixed(2) });
    expect(forATime?.cpu).toMatchObject({ before: fixed(3), after: fixed(0), percent: { at_most: null } });
  });
});

describe("facts that no workload stands for", () => {
  it("an autoscaler without any workload in the manifests is told", () => {
    const text =
      "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h }\n" +
      "spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: rankr } }\n";
    expect(changeBetween({}, { "k8s/h.yaml": text }).remarks).toEqual([
      "autoscaler h in k8s/h.yaml: its target rankr is not in the manifests that were read",
    ]);
  });

  it("a LimitRange leaves unknown only what it sets", () => {
    const range =
      "apiVersion: v1\nkind: LimitRange\nmetadata: { name: l }\nspec: { limits: [{ type: Container, defaultRequest: { cpu: 1 } }] }\n";
    const server = { "k8s/a.yaml": workload("{}") };
    const { requested } = changeBetween(server, { ...server, "k8s/l.yaml": range });
    expect(requested.cpu.after.at_least).toBeNull();
    expect(requested.memory_gib.after).toEqual(fixed(0));
  });

  it("a placeholder within a map in brackets is no plain YAML", () => {
    const text = workload("{}").replace('"r/app:1.0"', "{{ .Values.image }}");
    const { unreadable, requested } = changeBetween(
      { "k8s/a.yaml": workload(requests("1")) },
      { "k8s/a.yaml": text },
    );
    expect(unreadable).toEqual(["k8s/a.yaml"]);
    expect(requested.cpu.after.at_least).toBeNull();
  });
});

describe("a workload that the cluster would refuse", () => {
  const good = workload(requests("1"));
  it.each([
    ["without an apiVersion", good.replace("apiVersion: apps/v1\n", "")],
    ["with the apiVersion of another kind", good.replace("apps/v1", "v1")],
    ["with its kind in small letters", good.replace("Deployment", "deployment")],
  ])("%s is unknown, not removed", (_, bad) => {
    const { requested, workloads, not_evaluated } = changeBetween(
      { "k8s/a.yaml": good },
      { "k8s/a.yaml": bad },
    );
    expect(requested.cpu).toMatchObject({ before: fixed(2), after: NOT_KNOWN });
    expect(workloads.map(({ status }) => status)).toEqual(["changed"]);
    expect(not_evaluated[0]).toMatch(/Kubernetes has no kind \w+ with the apiVersion \w+/);
  });

  it("other text with a kind, and no object, is no workload", () => {
    const api = "openapi: 3.0.0\nkind: Deployment\ninfo: { title: a }\n";
    expect(
      changeBetween({ "k8s/a.yaml": good, "api.yaml": api }, { "api.yaml": api }).workloads,
    ).toHaveLength(1);
  });
});

describe("workloads that stand in several folders", () => {
  it("are told in one remark, with the rest counted", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    const files = Object.fromEntries(
      names.flatMap((name) => ["dev", "prod"].map((place) => [`${place}/${name}.yaml`, app(1, { name })])),
    );
    const { remarks } = changeBetween(files, files);
    expect(remarks).toHaveLength(1);
    expect(remarks[0]).toContain("Deployment e and 2 more stand in several");
  });
});
