import { describe, expect, it } from "vitest";
import { environmentsOf } from "../../../../src/domain/submission/infrastructure/kustomize.ts";
import {
  fieldsAt,
  listAt,
  type Manifest,
} from "../../../../src/domain/submission/infrastructure/manifests.ts";

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: a }
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: server
          image: r/x:latest
          resources: { requests: { cpu: 1, memory: 1Gi } }
        - name: proxy
          image: "registry.example:5000/proxy:1.0"
`;
const SIMPLE = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\n";
const BASE = { "base/kustomization.yaml": "resources: [d.yaml]\n", "base/d.yaml": DEPLOYMENT };
const OVERLAY = "overlays/prod/kustomization.yaml";

const read = (files: Record<string, string>) =>
  environmentsOf(Object.entries(files).map(([path, text]) => ({ path, text })));
const built = (overlay: string, more: Record<string, string> = {}) => {
  const { environments, notApplied } = read({
    ...BASE,
    [OVERLAY]: `resources: [../../base]\n${overlay}`,
    ...more,
  });
  const [environment] = environments;
  if (!environment) throw new Error("no environment");
  return { ...environment, names: environments.map(({ name }) => name), notApplied };
};
const spec = (manifest: Manifest | undefined) => fieldsAt(manifest?.fields, "spec");
const containers = (manifest: Manifest | undefined) =>
  listAt(fieldsAt(manifest?.fields, "spec", "template", "spec"), "containers");
const metadata = (manifest: Manifest | undefined) => fieldsAt(manifest?.fields, "metadata");

describe("environments of kustomizations", () => {
  it("each overlay is an environment with its own replicas, and their base is none", () => {
    const { environments } = read({
      ...BASE,
      "overlays/dev/kustomization.yaml":
        "resources: [../../base]\nnamespace: dev\nreplicas: [ { name: a, count: 1 } ]\n",
      "overlays/prod/kustomization.yaml":
        "resources: [../../base]\nnamespace: prod\nreplicas: [ { name: a, count: 20 } ]\n",
    });
    expect(
      environments.map(({ name, manifests: [d], unevaluated }) => [
        name,
        metadata(d).namespace,
        spec(d).replicas,
        unevaluated,
      ]),
    ).toEqual([
      ["overlays/dev", "dev", 1, []],
      ["overlays/prod", "prod", 20, []],
    ]);
  });

  it("plain manifests are the environment without a name, and a root kustomization has the name '.'", () => {
    expect(read({ "k8s/d.yaml": DEPLOYMENT }).environments.map(({ name }) => name)).toEqual([""]);
    const files = { "kustomization.yml": "resources: [d.yaml]\n", "d.yaml": DEPLOYMENT };
    expect(read(files).environments.map(({ name, manifests }) => [name, manifests.length])).toEqual([
      [".", 1],
    ]);
  });

  it("a patch file changes the workload and never stands for it", () => {
    const { manifests, unevaluated, names, notApplied } = built("patches: [ { path: patches/p.yaml } ]\n", {
      "overlays/prod/patches/p.yaml": `${SIMPLE}spec: { replicas: 10 }\n`,
    });
    expect([names, notApplied, unevaluated]).toEqual([["overlays/prod"], [], []]);
    expect(manifests.map((m) => [spec(m).replicas, containers(m).length])).toEqual([[10, 2]]);
  });

  it("a patch that no kustomization names is told as not applied, in a subfolder too", () => {
    const { manifests, notApplied } = built("", {
      "overlays/prod/patches/old.yaml": `${SIMPLE}spec: { replicas: 10 }\n`,
    });
    expect(notApplied).toEqual(["overlays/prod/patches/old.yaml"]);
    expect(manifests.map((m) => spec(m).replicas)).toEqual([2]);
  });

  it("a merge patch merges containers by name and maps by key, and null and $patch delete", () => {
    const patch = `${SIMPLE}spec:
  replicas: null
  template:
    spec:
      containers:
        - { name: server, resources: { requests: { cpu: 4 } } }
        - { name: proxy, $patch: delete }
        - { name: log, image: "l:1" }
`;
    const [d] = built("patches: [ { path: p.yaml } ]\n", { "overlays/prod/p.yaml": patch }).manifests;
    expect(spec(d).replicas).toBeUndefined();
    expect(containers(d).map((c) => [c.name, c.image, fieldsAt(c, "resources", "requests")])).toEqual([
      ["server", "r/x:latest", { cpu: 4, memory: "1Gi" }],
      ["log", "l:1", {}],
    ]);
  });

  it("lists of custom resources are replaced, not merged", () => {
    const isvc = (containers: string) =>
      `apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: { name: m }\nspec: { predictor: { containers: ${containers} } }\n`;
    const { environments } = read({
      "b/kustomization.yaml": "resources: [i.yaml]\npatchesStrategicMerge: [p.yaml]\n",
      "b/i.yaml": isvc("[ { name: x, image: a }, { name: y } ]"),
      "b/p.yaml": isvc("[ { name: x } ]"),
    });
    const predictor = fieldsAt(environments[0]?.manifests[0]?.fields, "spec", "predictor");
    expect(predictor.containers).toEqual([{ name: "x" }]);
  });

  it.each([
    [
      "patches: [ { target: { kind: Deployment, name: a }, patch: '[{ op: replace, path: /spec/replicas, value: 7 }]' } ]",
    ],
    [
      "patches: [ { target: { kind: Deployment, name: 'a|b' }, patch: '[{ op: add, path: /spec/replicas, value: 7 }]' } ]",
    ],
    ["patches: [ { target: { group: apps, name: '.*' }, patch: 'spec: { replicas: 7 }' } ]"],
    ["patchesJson6902: [ { target: { version: v1, kind: Deployment, name: a }, path: p.json } ]"],
    ["replicas: [ { name: a, count: 7 } ]"],
    ["namePrefix: x-\nreplicas: [ { name: a, count: 7 } ]"],
  ])("replicas become 7 by: %s", (overlay) => {
    const { manifests, unevaluated } = built(overlay, {
      "overlays/prod/p.json": '[{"op": "replace", "path": "/spec/replicas", "value": 7}]',
    });
    expect(unevaluated).toEqual([]);
    expect(manifests.map((m) => spec(m).replicas)).toEqual([7]);
  });

  it("a JSON patch adds, replaces and removes at exact paths of lists and escaped keys", () => {
    const operations = [
      "{ op: remove, path: /spec/template/spec/containers/1 }",
      "{ op: add, path: /spec/template/spec/containers/-, value: { name: z } }",
      "{ op: add, path: /metadata/annotations, value: {} }",
      "{ op: add, path: /metadata/annotations/a~1b, value: c }",
    ];
    const overlay = `patches: [ { target: { kind: Deployment }, patch: "[${operations.join(", ")}]" } ]`;
    const { manifests, unevaluated } = built(overlay);
    expect(unevaluated).toEqual([]);
    expect(containers(manifests[0]).map((c) => c.name)).toEqual(["server", "z"]);
    expect(metadata(manifests[0]).annotations).toEqual({ "a/b": "c" });
  });

  it("a component's patches apply to what includes it, and it is no environment of its own", () => {
    const { manifests, names } = built("components: [../../components/big]\n", {
      "components/big/kustomization.yaml":
        "kind: Component\npatches: [ { target: { kind: Deployment }, patch: 'spec: { replicas: 9 }' } ]\n",
    });
    expect([names, spec(manifests[0]).replicas]).toEqual([["overlays/prod"], 9]);
  });

  it("images are renamed and pinned in every container, with a port in the registry's name", () => {
    const { manifests } = built(
      `images:
  - { name: r/x, newName: r/y, newTag: "1.4.2" }
  - { name: "registry.example:5000/proxy", digest: "sha256:${"a".repeat(64)}" }
`,
    );
    expect(containers(manifests[0]).map((c) => c.image)).toEqual([
      "r/y:1.4.2",
      `registry.example:5000/proxy@sha256:${"a".repeat(64)}`,
    ]);
  });

  it("a prefix and suffix rename workloads and the target of their autoscaler, and patches may use the old name", () => {
    const { environments } = read({
      "b/kustomization.yaml": "namePrefix: p-\nnameSuffix: -s\nresources: [d.yaml, h.yaml]\n",
      "b/d.yaml": DEPLOYMENT,
      "b/h.yaml":
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h }\nspec: { maxReplicas: 4, scaleTargetRef: { kind: Deployment, name: a } }\n",
      [OVERLAY]: "resources: [../../b]\npatches: [ { path: p.yaml } ]\n",
      "overlays/prod/p.yaml": `${SIMPLE}spec: { replicas: 3 }\n`,
    });
    const [deployment, autoscaler] = environments[0]?.manifests ?? [];
    expect(environments[0]?.unevaluated).toEqual([]);
    expect([metadata(deployment).name, spec(deployment).replicas]).toEqual(["p-a-s", 3]);
    expect(spec(autoscaler).scaleTargetRef).toEqual({ kind: "Deployment", name: "p-a-s" });
  });

  it.each([
    ["helmCharts: [ { name: x } ]", "helmCharts"],
    [
      "resources: [../../base, 'https://example.com/x.yaml']",
      "resources (remote https://example.com/x.yaml)",
    ],
    [
      "resources: [../../base, 'github.com/o/r//k8s?ref=v1']",
      "resources (remote github.com/o/r//k8s?ref=v1)",
    ],
    ["resources: [../../base, gone.yaml]", "resources (gone.yaml)"],
    ["replicas: [ { name: other, count: 3 } ]", "replicas (other)"],
    [
      "patches: [ { target: { name: 'a(b|c)+' }, patch: 'spec: { replicas: 1 }' } ]",
      "patches (inline: target selector)",
    ],
    ["patches: [ { path: gone.yaml } ]", "patches (gone.yaml: not readable)"],
    [
      "patches: [ { target: { kind: Deployment }, patch: '[{ op: replace, path: /spec/no/x, value: 1 }]' } ]",
      "patches (inline: no /spec/no/x)",
    ],
    ["replacements: [ { source: {}, targets: [ { fieldPaths: [spec.replicas] } ] } ]", "replacements"],
  ])("what is not evaluated is told: %s", (overlay, told) => {
    const { unevaluated } = read({
      ...BASE,
      [OVERLAY]: overlay.startsWith("resources") ? overlay : `resources: [../../base]\n${overlay}`,
    }).environments[0] ?? { unevaluated: [] };
    expect(unevaluated).toEqual([`${told} in ${OVERLAY}`]);
  });

  it("an address does not show what stands before its host", () => {
    const { unevaluated } = built("components: ['https://user:word@example.com/x']\n");
    expect(unevaluated).toEqual([`components (https://example.com/x) in ${OVERLAY}`]);
  });

  it.each([
    ["kind: LabelTransformer\nlabels: { env: dev }", []],
    ["kind: AnnotationsTransformer", []],
    ["kind: ReplicaCountTransformer\nreplica: { name: a, count: 9 }", [`transformers in ${OVERLAY}`]],
  ])("a transformer that only labels is no reason to withhold: %s", (text, unevaluated) => {
    const transformer = `apiVersion: builtin\n${text}\nmetadata: { name: t }\n`;
    const result = built("transformers: [t.yaml]\n", { "overlays/prod/t.yaml": transformer });
    expect(result.unevaluated).toEqual(unevaluated);
  });

  it("a transformer whose file is not there is told", () => {
    expect(built("transformers: [t.yaml]\n").unevaluated).toEqual([`transformers in ${OVERLAY}`]);
  });

  it("kustomizations that name each other end, and are told as a circle", () => {
    const { environments } = read({
      "a/kustomization.yaml": "resources: [../b, d.yaml]\n",
      "a/d.yaml": DEPLOYMENT,
      "b/kustomization.yaml": "resources: [../a]\n",
    });
    expect(environments.map(({ name, unevaluated }) => [name, unevaluated])).toEqual([
      ["a", ["resources (a circle) in a/kustomization.yaml"]],
    ]);
  });

  it("a kustomization that cannot be read tells everything as not evaluated, and accuses no file", () => {
    const { environments, notApplied } = read({
      "a/kustomization.yaml": "resources: [",
      "a/d.yaml": DEPLOYMENT,
    });
    expect(notApplied).toEqual([]);
    expect(environments).toEqual([
      { name: "a", manifests: [], unevaluated: ["everything (not plain YAML) in a/kustomization.yaml"] },
    ]);
  });

  it("a chain of kustomizations that doubles its objects ends", () => {
    const files: Record<string, string> = {
      "k0/kustomization.yaml": "resources: [d.yaml]",
      "k0/d.yaml": DEPLOYMENT,
    };
    for (let n = 1; n <= 15; n += 1) {
      files[`k${n}/kustomization.yaml`] = "resources: [l, r]";
      files[`k${n}/l/kustomization.yaml`] = `resources: [../../k${n - 1}]\nnamePrefix: l-`;
      files[`k${n}/r/kustomization.yaml`] = `resources: [../../k${n - 1}]\nnamePrefix: r-`;
    }
    const [environment] = read(files).environments;
    expect(environment?.name).toBe("k15");
    expect(environment?.unevaluated.some((text) => text.startsWith("resources (too many objects)"))).toBe(
      true,
    );
  });

  it("the parts of a Helm chart are not manifests", () => {
    const { environments } = read({
      "chart/Chart.yaml": "apiVersion: v2\nname: r\n",
      "chart/templates/d.yaml": DEPLOYMENT.replace("replicas: 2", 'replicas: "{{ .Values.n }}"'),
    });
    expect(environments).toEqual([]);
  });
});
