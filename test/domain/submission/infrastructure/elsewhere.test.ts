import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../../src/catalog/load.ts";
import { beyondFigures } from "../../../../src/domain/submission/infrastructure/named.ts";
import { pipelineChanges } from "../../../../src/domain/submission/infrastructure/pipelines.ts";
import { textsThatRun } from "../../../../src/domain/submission/infrastructure/texts-that-run.ts";
import { filesToRead } from "../../../../src/domain/submission/repository-tree.ts";
import type { ChangedFile } from "../../../../src/domain/submission/snapshot.ts";
import { changeBetween, filesOf, fixed, requests, workload } from "./manifests-for-tests.ts";

const kinds = loadCatalog({}).fileKinds();

const changed = (
  path: string,
  status: ChangedFile["status"] = "modified",
  patch = "@@ -1 +1 @@\n-a\n+b",
) => ({
  ...{ path, previousPath: undefined, status, added: 1, removed: 1, binary: false, patch },
});

/** What is read whole, of files with their sizes in bytes. */
function read(sizes: Record<string, number>, files: readonly ChangedFile[] = []) {
  const tree = Object.entries(sizes).map(([path, bytes]) => ({ path, mode: "100644", bytes }));
  const { changed: sides, unchanged, left } = filesToRead({ tree, files, fileKinds: kinds }, 2_000);
  return { read: [...sides.map(({ before, after }) => after ?? before), ...unchanged], left };
}

describe("JSON outside the usual folders", () => {
  it("is read, changed or not, also where it was removed", () => {
    const { read: paths } = read({ "ops/r.json": 900, "cluster.json": 900 }, [
      changed("ops/r.json"),
      changed("ops/old.json", "removed"),
    ]);
    expect(paths.sort()).toEqual(["cluster.json", "ops/old.json", "ops/r.json"]);
  });

  it("is data where it is large or is named so, and data is not told as a manifest that was not read", () => {
    const sizes = { "results/all.json": 900_000, "package-lock.json": 5_000, "data/train.json": 100 };
    const { read: paths, left } = read(sizes, [changed("results/all.json")]);
    expect(paths).toEqual([]);
    expect(left).toEqual([]);
  });

  it("counts where its text is a Kubernetes object, and not where it is anything else", () => {
    const object = '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"}}';
    const sides = { before: [], after: filesOf({ "ops/r.json": object, "ops/b.json": '{"a":1}' }) };
    const { after } = textsThatRun({ files: [], ...sides }, kinds);
    expect(after.map(({ path }) => path)).toEqual(["ops/r.json"]);
  });
});

const DAG = (args: string) => `from airflow import DAG
from airflow.operators.bash import BashOperator
with DAG("d", schedule=None${args}):
    BashOperator(task_id="x", bash_command="a")
`;

describe("pipelines outside the usual folders", () => {
  it("a changed DAG is compared, and a new one is read from its difference", () => {
    const added = changed("src/etl.py", "added", `@@ -0,0 +1,4 @@\n${DAG("").replace(/^(?=.)/gm, "+")}`);
    const sides = {
      before: filesOf({ "src/daily.py": DAG("") }),
      after: filesOf({ "src/daily.py": DAG(', default_args={"retries": 2}') }),
    };
    const files = [changed("src/daily.py"), added];
    const { before, after } = textsThatRun({ files, ...sides }, kinds);
    const [daily, etl] = pipelineChanges(before, after, files);
    expect([daily?.before?.with_retries, daily?.after?.with_retries]).toEqual([0, 1]);
    expect([etl?.before, etl?.after?.steps]).toEqual([null, 1]);
  });

  it("Python that makes no pipeline is not taken for one", () => {
    const sides = { before: filesOf({ "src/a.py": "x = 1\n" }), after: filesOf({ "src/a.py": "x = 2\n" }) };
    expect(textsThatRun({ files: [changed("src/a.py")], ...sides }, kinds).after).toEqual([]);
  });

  it("a workflow in a List is compared", () => {
    const list = (more: string) => `apiVersion: v1
kind: List
items:
  - apiVersion: argoproj.io/v1alpha1
    kind: WorkflowTemplate
    metadata: { name: w }
    spec: { templates: [{ name: a, container: { image: "a:1" }${more} }] }
`;
    const [change] = pipelineChanges(
      filesOf({ "w.yaml": list("") }),
      filesOf({ "w.yaml": list(", retryStrategy: { limit: 3 }") }),
    );
    expect([change?.before?.with_retries, change?.after?.with_retries]).toEqual([0, 1]);
  });

  it("a task of a parallel loop of Kubeflow is counted once, and that is said", () => {
    const text = (body: string) =>
      `from kfp import dsl\n@dsl.component\ndef a(x: int = 0) -> int:\n    return x\n@dsl.pipeline\ndef p():\n${body}`;
    const [change] = pipelineChanges(
      filesOf({ "p.py": text("    a()\n") }),
      filesOf({ "p.py": text("    with dsl.ParallelFor([1, 2]) as i:\n        a(x=i)\n") }),
    );
    expect(change?.after?.steps).toBe(1);
    expect(change?.after?.why).toEqual(["a task that a loop makes is counted once"]);
  });
});

describe("what is known by its text", () => {
  const notComputed = (path: string, text: string) => {
    const after = filesOf({ [path]: text });
    const files = [changed(path)];
    return beyondFigures({ files, before: filesOf({ [path]: "x" }), after, tree: [] }, kinds).not_computed;
  };

  it.each([
    ["flows/train.py", "from prefect import flow\n", "Prefect flow flows/train.py"],
    ["src/assets.py", "import os\nimport dagster as dg\n", "Dagster code src/assets.py"],
    ["state/m.json", '{"StartAt":"A","States":{"A":{"Type":"Task"}}}', "Step Functions state/m.json"],
    ["ci/build.yml", "test:\n  script: [pytest]\n", "part of a GitLab CI ci/build.yml"],
  ])("%s is named", (path, text, told) => {
    expect(notComputed(path, text)).toEqual([told]);
  });

  it.each(["k8s/d.yaml.j2", "k8s/main.jsonnet", "k8s/app.cue"])("%s is named by its path", (path) => {
    expect(notComputed(path, "x")).toHaveLength(1);
  });

  it("a word in a comment, and a test, name nothing", () => {
    expect(notComputed("src/a.py", "# from prefect import flow\n")).toEqual([]);
    expect(notComputed("tests/test_a.py", "from prefect import flow\n")).toEqual([]);
  });
});

describe("a manifest that was put aside", () => {
  it.each(["k8s/d.yaml.disabled", "k8s/d.yml.bak", "k8s/d.json.off"])("%s is read and told", (path) => {
    expect(kinds.isReadWhole(path)).toBe(true);
    const text = workload(requests("1"));
    const { apart, requested } = changeBetween({ "k8s/d.yaml": text }, { [path]: text });
    expect(apart).toEqual([path]);
    expect(requested.cpu.after).toEqual(fixed(0));
  });
});

describe("definitions of custom resources", () => {
  const definition = (name: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${name} }
spec:
  versions:
    - schema: { description: "{{ not read }}" }
      duplicate: 1
      duplicate: 2

  # a comment
status: { acceptedNames: {} }
`;

  it("are not parsed to their end, and hide nothing of what stands beside them", () => {
    const all = (replicas: number) =>
      `${definition("a.x.io")}---\n${workload(requests("1"), { spec: `replicas: ${replicas}` })}---\n${definition("b.x.io")}`;
    const change = changeBetween({ "k8s/all.yaml": all(4) }, { "k8s/all.yaml": all(3) });
    expect([change.requested.cpu.before, change.requested.cpu.after]).toEqual([fixed(4), fixed(3)]);
    expect([change.unreadable, change.duplicate_keys]).toEqual([[], []]);
  });

  it("are patched by a kustomization without leaving its workloads unknown", () => {
    const files = {
      "k/kustomization.yaml":
        "resources: [all.yaml]\npatches:\n  - target: { kind: CustomResourceDefinition }\n" +
        "    patch: '[{ op: add, path: /spec/conversion/strategy, value: Webhook }]'\n",
      "k/all.yaml": `${definition("a.x.io")}---\n${workload(requests("1"))}`,
    };
    expect(changeBetween({}, files).requested.cpu.after).toEqual(fixed(2));
  });
});

describe("long lists", () => {
  it("of values are cut, with the rest counted", () => {
    const values = (n: number) =>
      Array.from({ length: 250 }, (_, i) => `s${i}: { replicas: ${n} }\n`).join("");
    const path = "chart/values.yaml";
    const [before, after] = [filesOf({ [path]: values(1) }), filesOf({ [path]: values(2) })];
    const beyond = beyondFigures({ files: [changed(path)], before, after, tree: [] }, kinds);
    const change = changeBetween({ [path]: values(1) }, { [path]: values(2) }, { beyond });
    expect(change.values_changed).toHaveLength(200);
    expect(change.not_evaluated).toEqual(["50 more values changed and not listed"]);
  });
});
