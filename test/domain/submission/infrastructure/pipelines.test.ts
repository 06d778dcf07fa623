import { describe, expect, it } from "vitest";
import type { Pipeline } from "../../../../src/domain/submission/infrastructure/facts.ts";
import { pipelineChanges } from "../../../../src/domain/submission/infrastructure/pipelines.ts";

const read = (text: string, path: string): Partial<Pipeline> =>
  pipelineChanges([], [{ path, text }])[0]?.after ?? {};
const airflow = (text: string) => read(`from airflow import DAG\n${text}`, "dags/a.py");
const OPERATORS = ["a", "b", "c"].map((id) => `${id} = PythonOperator(task_id="${id}")\n`).join("");

describe("pipelines of Airflow", () => {
  it("default_args with a call before the retries count for every task", () => {
    expect(
      airflow(
        `default_args = {\n    "start_date": datetime(2024, 1, 1),\n    "retries": 3,\n}\n${OPERATORS}`,
      ),
    ).toMatchObject({ steps: 3, with_retries: 3, with_timeout: 0, jobs: ["a", "b", "c"], why: [] });
  });

  it.each([
    [
      "a dict() call",
      `d = dict(start_date=datetime(2024, 1, 1), retries=3)\nwith DAG("x", default_args=d):\n`,
      2,
    ],
    ["a literal in the call", `with DAG("x", default_args={"owner": "}", "retries": 1}) as dag:\n`, 2],
    [
      "a dictionary taken into another",
      `b = {"retries": 2}\nd = {**b, "owner": "x"}\nwith DAG("x", default_args=d):\n`,
      2,
    ],
    ["an entry set later", `d = {"owner": "x"}\nd["retries"] = 2\nwith DAG("x", default_args=d):\n`, 2],
    ["a constant", `N = 2\nwith DAG("x", default_args={"retries": N}):\n`, 2],
    [
      "arguments of the DAG in a dictionary",
      `k = {"default_args": {"retries": 1}}\nwith DAG("x", **k):\n`,
      2,
    ],
    ["a group within the DAG", `with DAG("x"), TaskGroup("g", default_args={"retries": 1}):\n`, 2],
    ["a DAG made before", `dag = DAG("x", default_args={"retries": 1})\nwith dag:\n`, 2],
    ["zero", `with DAG("x", default_args={"retries": 0}):\n`, 0],
    ["None", `with DAG("x", default_args={"retries": None}):\n`, 0],
    ["a comment", `with DAG("x", default_args={"owner": "x"}):  # "retries": 3\n`, 0],
    ["a text", `d = """\ndefault_args = {"retries": 3}\n"""\nwith DAG("x"):\n`, 0],
    [
      "an unused dictionary beside the DAG's own",
      `default_args = {"retries": 3}\nwith DAG("x", default_args={}):\n`,
      0,
    ],
    ["a name from another file", `from common import d\nwith DAG("x", default_args=d):\n`, null],
    ["a call", `with DAG("x", default_args={"retries": int(os.environ["N"])}):\n`, null],
    ["an update", `d = {}\nd.update(more())\nwith DAG("x", default_args=d):\n`, null],
  ])("retries given by %s", (_, head, retries) => {
    const pipeline = airflow(`${head}    a = BashOperator(task_id="a")\n    b = BashOperator(task_id="b")\n`);
    expect([pipeline.steps, pipeline.with_retries]).toEqual([2, retries]);
    expect((pipeline.why ?? []).some((why) => why.startsWith("retries"))).toBe(retries === null);
  });

  it("a task's own arguments count before the defaults, over lines, mapped and in TaskFlow", () => {
    const pipeline = airflow(`
@dag(default_args={"retries": 2}, dagrun_timeout=None)
def flow():
    a = PythonOperator.partial(
        task_id="a",  # ) retries=5
        retries=0,
    ).expand(op_args=[[1], [2]])

    @task(retries=0, execution_timeout=timedelta(minutes=5))
    def b():
        return ")"

    @task.docker(image="x")
    def c(): ...

    a >> b() >> c()
`);
    expect(pipeline).toMatchObject({ steps: 3, with_retries: 1, with_timeout: 1, jobs: ["a", "b", "c"] });
  });

  it("tasks take the defaults of their own DAG where a file has several", () => {
    const pipeline = airflow(`
with DAG("x", default_args={"retries": 1}, dagrun_timeout=timedelta(hours=1)):
    a = BashOperator(task_id="a")
with DAG("y"):
    b = BashOperator(task_id="b")
z = DAG("z", default_args={"retries": 4})
c = BashOperator(task_id="c", dag=z)
`);
    expect(pipeline).toMatchObject({ steps: 3, with_retries: 2, with_timeout: 1 });
  });

  it("a file that cannot be parsed is unknown, not removed and not without retries", () => {
    const good = `from airflow import DAG\ndefault_args = {"retries": 1}\n${OPERATORS}`;
    const [change] = pipelineChanges(
      [{ path: "dags/a.py", text: good }],
      [{ path: "dags/a.py", text: `${good}x = ((\n` }],
    );
    expect(change?.after).toMatchObject({ steps: null, with_retries: null });
    expect(change?.after?.why).toEqual(["it could not be parsed"]);
  });

  it("a renamed file is the same pipeline", () => {
    const text = `from airflow import DAG\ndefault_args = {"retries": 1}\n${OPERATORS}`;
    const rename = [{ path: "dags/b.py", previousPath: "dags/a.py" }];
    const sides = [
      [{ path: "dags/a.py", text }],
      [{ path: "dags/b.py", text: `${text}\n# moved\n` }],
    ] as const;
    expect(pipelineChanges(...sides, rename)).toEqual([]);
  });
});

const workflow = (name: string, spec: string, kind = "WorkflowTemplate") =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
const RUN = 'container: { image: "a:1" }';

describe("pipelines of Argo", () => {
  it("the second document of a file shows its change by name", () => {
    const first = workflow("a", `{ templates: [ { name: x, ${RUN} } ] }`);
    const second = (more: string) => workflow("b", `{ templates: [ { name: y, ${more} ${RUN} } ] }`);
    const changes = pipelineChanges(
      [{ path: "wf.yaml", text: `${first}---\n${second("")}` }],
      [{ path: "wf.yaml", text: `${first}---\n${second("retryStrategy: { limit: 3 },")}` }],
    );
    expect(
      changes.map(({ name, before, after }) => [name, before?.with_retries, after?.with_retries]),
    ).toEqual([["b", 0, 1]]);
  });

  it.each([
    [
      "for the whole",
      `{ retryStrategy: { limit: 2 }, templates: [ { name: x, ${RUN} }, { name: y, ${RUN} } ] }`,
      2,
    ],
    ["by default", `{ templateDefaults: { retryStrategy: {} }, templates: [ { name: x, ${RUN} } ] }`, 1],
    ["with a limit of none", `{ templates: [ { name: x, retryStrategy: { limit: "0" }, ${RUN} } ] }`, 0],
    [
      "for the template that calls it",
      `{ templates: [ { name: m, retryStrategy: { limit: 1 }, steps: [ [ { name: s, template: x } ] ] }, { name: x, ${RUN} } ] }`,
      1,
    ],
    [
      "inline in a graph",
      `{ templates: [ { name: m, dag: { tasks: [ { inline: { retryStrategy: {}, ${RUN} } } ] } } ] }`,
      1,
    ],
  ])("retries set %s", (_, spec, retries) => {
    expect(read(workflow("a", spec), "wf.yaml").with_retries).toBe(retries);
    expect(read(workflow("a", `{ workflowSpec: ${spec} }`, "CronWorkflow"), "wf.yaml").with_retries).toBe(
      retries,
    );
    expect(read(workflow("a", spec, "ClusterWorkflowTemplate"), "wf.yaml").with_retries).toBe(retries);
  });

  it("a file that is no longer YAML is unknown, not removed", () => {
    const good = workflow("a", `{ templates: [ { name: x, ${RUN} } ] }`);
    const [change] = pipelineChanges(
      [{ path: "w.yaml", text: good }],
      [{ path: "w.yaml", text: `${good}]: [` }],
    );
    expect(change?.after).toMatchObject({ system: "argo", steps: null, with_retries: null });
  });
});

describe("pipelines of Kubeflow", () => {
  it("counts tasks of nested graphs, and no retries of zero", () => {
    const text = `root: { dag: { tasks: { a: { componentRef: { name: comp-a }, retryPolicy: { maxRetryCount: 2 } }, g: { componentRef: { name: comp-g } } } } }
components:
  comp-a: { executorLabel: exec-a }
  comp-g: { dag: { tasks: { b: { componentRef: { name: comp-a }, retryPolicy: { maxRetryCount: 0 } } } } }
deploymentSpec: { executors: { exec-a: { container: { image: "a:1" } } } }
`;
    expect(read(text, "p.yaml")).toMatchObject({ steps: 2, with_retries: 1, pinned: 1, jobs: ["a", "b"] });
  });

  it("counts the tasks of a pipeline in Python and their retries", () => {
    const text = `from kfp import dsl
from mine import evaluate

@dsl.component(base_image="python:3.11")
def load(): ...

@dsl.pipeline(name="p")
def flow(n: int):
    data = load().set_retry(num_retries=3)
    checked = evaluate(data=data.output)
    checked.set_retry(n)
    last = evaluate(x=1)
    last.after(checked)
    print("done")
`;
    expect(read(text, "pipelines/p.py")).toMatchObject({
      system: "kubeflow",
      steps: 3,
      with_retries: null,
      jobs: ["load", "evaluate", "evaluate"],
    });
    expect(read(text.replace("set_retry(n)", "set_retry(0)"), "p.py").with_retries).toBe(1);
  });
});

describe("workflows of GitHub Actions", () => {
  const ci = (jobs: string) => read(`on: push\njobs: ${jobs}\n`, ".github/workflows/ci.yml");

  it("counts timeouts of jobs, and of steps in jobs without one", () => {
    const jobs =
      "{ a: { timeout-minutes: 5, steps: [ { run: x, timeout-minutes: 1 } ] }, b: { steps: [ { run: y, timeout-minutes: 1 }, { run: z } ] } }";
    expect(ci(jobs)).toMatchObject({ steps: 3, with_timeout: 2, job_runs: 2 });
  });

  it("reads reused workflows, containers, services and matrices", () => {
    const jobs = `
  a: { uses: o/r/.github/workflows/x.yml@main }
  b:
    strategy: { matrix: { python: ["3.10", "3.11", "3.12"], os: [x, y] } }
    container: python:latest
    services: { db: { image: "postgres:16" } }
    steps: [ { uses: actions/checkout@v4 }, { uses: o/a@1.2.3 }, { uses: "docker://alpine:3.20" } ]`;
    expect(ci(jobs)).toMatchObject({
      steps: 3,
      job_runs: 7,
      pinned: 4,
      unpinned: ["o/r/.github/workflows/x.yml@main", "python:latest"],
      why: ["steps of reused workflows are not counted: a"],
    });
  });

  it("does not know how often a job of a computed matrix runs", () => {
    const matrix = `"$\{{ fromJSON(needs.x.outputs.y) }}"`;
    expect(ci(`{ a: { strategy: { matrix: ${matrix} }, steps: [] } }`).job_runs).toBeNull();
  });
});
