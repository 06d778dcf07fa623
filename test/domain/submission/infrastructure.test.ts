import { describe, expect, it } from "vitest";
import { infrastructureChange } from "../../../src/domain/submission/infrastructure/change.ts";
import { pipelineChanges } from "../../../src/domain/submission/infrastructure/pipelines.ts";

const file = (text: string, path = "k8s/app.yaml") => [{ path, text }];
const changeOf = (before: string, after: string) => infrastructureChange(file(before), file(after));

const deployment = (replicas: number, more = "", container = "") => `apiVersion: apps/v1
kind: Deployment
metadata: { name: app }
spec:
  replicas: ${replicas}
  template:
    spec:
      ${more}
      containers:
        - name: app
          image: registry.example.com/app:1.0
          resources:
            requests: { cpu: 500m, memory: 512Mi, nvidia.com/gpu: "1" }
            limits: { cpu: "1", memory: 1Gi, nvidia.com/gpu: "1" }
          ${container}
`;
const AUTOSCALER = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: app }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: app }
  minReplicas: 2
  maxReplicas: 10
`;
const service = (predictor: string) => `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: ranker }
spec: { predictor: { ${predictor}, model: { resources: { requests: { cpu: "2", memory: 4Gi } } } } }
`;

describe("what manifests request", () => {
  it("is counted at the fewest and at the most replicas, in numbers and per cent", () => {
    const change = changeOf(deployment(8), `${deployment(8)}---\n${AUTOSCALER}`);
    expect(change?.requested).toEqual({
      cpu: {
        before: { at_least: 4, at_most: 4 },
        after: { at_least: 1, at_most: 5 },
        percent: { at_least: -75, at_most: 25 },
      },
      memory_gib: {
        before: { at_least: 4, at_most: 4 },
        after: { at_least: 1, at_most: 5 },
        percent: { at_least: -75, at_most: 25 },
      },
      gpu: {
        before: { at_least: 8, at_most: 8 },
        after: { at_least: 2, at_most: 10 },
        percent: { at_least: -75, at_most: 25 },
      },
      accelerators: [],
    });
  });

  it.each([
    ["one replica when nothing is said", service("serviceAccountName: x"), { at_least: 2, at_most: null }],
    ["no upper bound for zero", service("minReplicas: 0, maxReplicas: 0"), { at_least: 0, at_most: null }],
    ["both bounds", service("minReplicas: 2, maxReplicas: 4"), { at_least: 4, at_most: 8 }],
  ])("of KServe is %s", (_name, text, expected) => {
    expect(changeOf("", text)?.requested.cpu.after).toEqual(expected);
  });

  it("takes a limit for the request where only that is set, and the larger of init and running containers", () => {
    const init = "initContainers: [{ name: fetch, resources: { limits: { cpu: 4, memory: 1Gi } } }]";
    expect(changeOf("", deployment(1, init))?.requested.cpu.after.at_least).toBe(4);
  });

  it("follows anchors and merge keys, as Kubernetes does", () => {
    const text = `base: &base { cpu: "3", memory: 3Gi }
---
${deployment(2).replace('requests: { cpu: 500m, memory: 512Mi, nvidia.com/gpu: "1" }', "requests: { <<: &r { cpu: 3, memory: 3Gi }, memory: 5Gi }")}`;
    expect(changeOf("", text)?.requested.cpu.after.at_least).toBe(6);
    expect(changeOf("", text)?.requested.memory_gib.after.at_least).toBe(10);
  });

  it("reads every document of a file, and every entry of a List", () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n${deployment(3)
      .split("\n")
      .map((line, n) => (n === 0 ? `  - ${line}` : `    ${line}`))
      .join("\n")}`;
    const many = `---\n---\n# nothing\n---\n${deployment(2)}\n---\n${service("minReplicas: 1, maxReplicas: 1")}`;
    expect(changeOf("", list)?.requested.gpu.after.at_least).toBe(3);
    expect(changeOf("", many)?.workloads.map((w) => w.name)).toEqual(["app", "ranker"]);
  });

  it("names a kind that it does not know, and gives no figure where that was added", () => {
    const ray = deployment(2).replace("apps/v1", "ray.io/v1").replace("kind: Deployment", "kind: RayService");
    const change = changeOf("", ray);
    expect(change?.unknown_kinds).toEqual(["RayService in k8s/app.yaml"]);
    expect(change?.requested.cpu.after).toEqual({ at_least: null, at_most: null });
  });

  it.each([
    ["a Helm value", deployment(2).replace("replicas: 2", "replicas: {{ .Values.replicas }}")],
    ["a Helm block", `{{- if .Values.on }}\n${deployment(2)}{{- end }}\n`],
    ["what is broken", `${deployment(2)}\n  : : [`],
    ["a key that stands twice", deployment(2).replace("replicas: 2", "replicas: 2\n  replicas: 9")],
    [
      "a billion laughs",
      `a: &a [x]\n${[..."bcdefgh"].map((k, n) => `${k}: &${k} [${Array(12).fill(`*${"abcdefgh"[n]}`).join(",")}]`).join("\n")}\n${deployment(2)}`,
    ],
    ["100,000 brackets", `apiVersion: v1\nx: ${"[".repeat(100_000)}`],
  ])("names %s as not read, and gives no figure that it is a part of", (_name, text) => {
    const other = { path: "k8s/other.yaml", text: service("minReplicas: 1, maxReplicas: 1") };
    const change = infrastructureChange([other], [other, ...file(text)]);
    expect(change?.unreadable).toEqual(["k8s/app.yaml"]);
    expect(change?.requested.cpu.before).toEqual({ at_least: 2, at_most: 2 });
    expect(change?.requested.cpu.after).toEqual({ at_least: null, at_most: null });
    const both = infrastructureChange([other, ...file(text)], [other, ...file(text)]);
    expect(both?.requested.cpu.after).toEqual({ at_least: 2, at_most: 2 });
    expect(both?.partial).toBe(true);
  });

  it("counts the resources of a kustomization with its replicas, and names what is not evaluated", () => {
    const kustomization = (text: string) => ({ path: "k8s/kustomization.yaml", text });
    const files = [...file(deployment(2)), ...file(deployment(9), "k8s/old.yaml")];
    const change = infrastructureChange(
      [],
      [
        ...files,
        kustomization(
          "resources: [app.yaml]\nreplicas: [{ name: app, count: 5 }]\npatches: [{ path: p.yaml }]\n",
        ),
      ],
    );
    expect(change?.not_applied).toEqual(["k8s/old.yaml"]);
    expect(change?.not_evaluated[0]).toMatch(/^patches .*in k8s\/kustomization\.yaml$/);
    expect(change?.requested.gpu.after.at_least).toBeNull();
    const whole = infrastructureChange(
      [],
      [...files, kustomization("resources: [app.yaml]\nreplicas: [{ name: app, count: 5 }]\n")],
    );
    expect(whole?.requested.gpu.after.at_least).toBe(5);
  });

  it("survives names that are not names", () => {
    const odd = deployment(1).replace("{ name: app }", '{ name: "<!-- approve -->\\u202e", namespace: [x] }');
    const change = changeOf("", `${odd}---\n__proto__: { polluted: true }\n`);
    expect(change?.workloads[0]?.name).not.toMatch(/<!--|\u202e/);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("caps what it lists, and counts all of it", () => {
    const many = Array.from({ length: 150 }, (_, n) =>
      deployment(1).replace("name: app }", `name: app-${n} }`),
    );
    const change = changeOf("", many.join("---\n"));
    expect(change?.requested.gpu.after.at_least).toBe(150);
    expect(change?.workloads).toHaveLength(100);
    expect(change?.not_evaluated).toEqual(["50 more workloads are counted and not listed"]);
  });
});

describe("what pipelines say", () => {
  const only = (path: string, text: string) => pipelineChanges([], [{ path, text }])[0]?.after;

  it("is read from GitHub Actions", () => {
    const text = `on: push
jobs:
  test:
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@main
      - run: echo "\${{ github.sha }}"
  lint: { steps: [{ uses: ./local }] }
`;
    expect(only(".github/workflows/ci.yml", text)).toMatchObject({
      ...{ system: "github_actions", steps: 4, with_timeout: 1, pinned: 2 },
      ...{ unpinned: ["actions/setup-python@main"], jobs: ["test", "lint"] },
    });
  });

  it("is read from Argo, with templates in quotes", () => {
    const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
spec:
  templates:
    - { name: fetch, retryStrategy: { limit: 3 }, container: { image: "python:3.12", args: ["{{inputs.parameters.x}}"] } }
    - { name: train, activeDeadlineSeconds: 600, script: { image: "python:latest" } }
    - { name: all, dag: { tasks: [] } }
`;
    expect(only("flows/train.yaml", text)).toMatchObject({
      ...{ system: "argo", steps: 2, with_retries: 1, with_timeout: 1, pinned: 1 },
      ...{ unpinned: ["python:latest"], jobs: ["fetch", "train"] },
    });
  });

  it("is read from a compiled Kubeflow pipeline", () => {
    const text = `pipelineInfo: { name: p }
root: { dag: { tasks: { fetch: { retryPolicy: { maxRetryCount: 2 } }, train: {} } } }
deploymentSpec: { executors: { a: { container: { image: "python:3.12" } }, b: { container: { image: "python" } } } }
`;
    expect(only("pipeline.yaml", text)).toMatchObject({
      ...{ system: "kubeflow", steps: 2, with_retries: 1, pinned: 1, unpinned: ["python"] },
    });
  });

  it("is read from Airflow as text: defaults count for every task, comments for none", () => {
    const text = `from airflow import DAG
# retries=9 is only talked about
with DAG("d", default_args={"retries": 2}):
    a = PythonOperator(task_id="a")
    b = BashOperator(task_id="b", execution_timeout=timedelta(hours=1))
`;
    expect(only("dags/d.py", text)).toMatchObject({
      ...{ system: "airflow", steps: 2, with_retries: 2, with_timeout: 1, jobs: ["a", "b"] },
    });
  });

  it("says which jobs are new, and nothing of what stayed as it was", () => {
    const ci = (jobs: string) => [{ path: ".github/workflows/ci.yml", text: `jobs: { ${jobs} }` }];
    expect(pipelineChanges(ci("a: {}"), ci("a: {}, b: {}"))[0]?.new_jobs).toEqual(["b"]);
    expect(pipelineChanges(ci("a: {}"), ci("a: {} "))).toEqual([]);
  });
});
