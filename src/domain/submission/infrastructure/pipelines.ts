import { plainLine } from "../../untrusted.ts";
import type { Pipeline, PipelineChange } from "./facts.ts";
import { documentsIn, type Fields, fieldsAt, isFields, listAt, type SourceFile } from "./manifests.ts";
import { isPinned } from "./pod.ts";

/** The most names listed. More of them would not help a reader. */
const MAX_NAMES = 30;

/** Pipelines that were changed, added or removed. Files are read as text; nothing is run. */
export function pipelineChanges(
  before: readonly SourceFile[],
  after: readonly SourceFile[],
): PipelineChange[] {
  const byPath = (files: readonly SourceFile[]) =>
    new Map(files.flatMap((file) => pipelineOf(file) ?? []).map((pipeline) => [pipeline.path, pipeline]));
  const [old, now] = [byPath(before), byPath(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const [was, is] = [old.get(path) ?? null, now.get(path) ?? null];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const jobsBefore = new Set(was?.jobs);
    return [
      { path, before: was, after: is, new_jobs: (is?.jobs ?? []).filter((job) => !jobsBefore.has(job)) },
    ];
  });
}

function pipelineOf(file: SourceFile): Pipeline | undefined {
  if (/\.py$/.test(file.path)) return airflow(file);
  if (!/\.ya?ml$/.test(file.path)) return undefined;
  const [fields] = documentsIn(file) ?? [];
  if (!fields) return undefined;
  if (/(?:^|\/)\.github\/workflows\//.test(file.path)) return githubActions(file.path, fields);
  if (isFields(fields.deploymentSpec) && isFields(fields.root)) return kubeflow(file.path, fields);
  return ["Workflow", "WorkflowTemplate", "CronWorkflow"].includes(String(fields.kind))
    ? argo(file.path, fields)
    : undefined;
}

function githubActions(path: string, fields: Fields): Pipeline {
  const jobs = Object.entries(fieldsAt(fields, "jobs")).flatMap(([name, job]) =>
    isFields(job) ? [{ name, job }] : [],
  );
  const steps = jobs.flatMap(({ job }) => listAt(job, "steps"));
  const uses = steps.flatMap((step) => (typeof step.uses === "string" ? [step.uses] : []));
  const fixed = (action: string) =>
    /@(?:[0-9a-f]{40}|v\d+(?:\.\d+)*)$/.test(action) || action.startsWith("./");
  return {
    ...emptyPipeline(path, "github_actions", steps.length),
    with_timeout: jobs.filter(({ job }) => job["timeout-minutes"] !== undefined).length,
    pinned: uses.filter(fixed).length,
    unpinned: uses
      .filter((action) => !fixed(action))
      .slice(0, MAX_NAMES)
      .map((action) => plainLine(action)),
    jobs: jobs.slice(0, MAX_NAMES).map(({ name }) => plainLine(name)),
  };
}

function argo(path: string, fields: Fields): Pipeline {
  const outer = fieldsAt(fields, "spec");
  const spec = isFields(outer.workflowSpec) ? outer.workflowSpec : outer;
  const templates = listAt(spec, "templates");
  const kubeflowMade = JSON.stringify(fieldsAt(fields, "metadata")).includes("pipelines.kubeflow.org");
  const runs = templates.filter((t) => isFields(t.container) || isFields(t.script));
  const whole = isFields(spec.retryStrategy);
  return {
    ...emptyPipeline(path, kubeflowMade ? "kubeflow" : "argo", runs.length),
    with_retries: whole ? runs.length : runs.filter((t) => isFields(t.retryStrategy)).length,
    with_timeout:
      spec.activeDeadlineSeconds === undefined
        ? runs.filter((t) => t.activeDeadlineSeconds !== undefined || t.timeout !== undefined).length
        : runs.length,
    ...imagesOf(runs.map((t) => fieldsAt(t, "container").image ?? fieldsAt(t, "script").image)),
    jobs: runs.slice(0, MAX_NAMES).map((t) => plainLine(String(t.name ?? ""))),
  };
}

function kubeflow(path: string, fields: Fields): Pipeline {
  const tasks = Object.entries(fieldsAt(fields, "root", "dag", "tasks"));
  const executors = Object.values(fieldsAt(fields, "deploymentSpec", "executors"));
  return {
    ...emptyPipeline(path, "kubeflow", tasks.length),
    with_retries: tasks.filter(([, task]) => isFields(task) && isFields(task.retryPolicy)).length,
    ...imagesOf(executors.map((executor) => fieldsAt(executor, "container").image)),
    jobs: tasks.slice(0, MAX_NAMES).map(([name]) => plainLine(name)),
  };
}

/** Reads a DAG from its Python text. Operators and tasks are counted by name, and defaults count for every task. */
function airflow({ path, text }: SourceFile): Pipeline | undefined {
  if (!/^\s*(?:from|import)\s+airflow\b/m.test(text)) return undefined;
  const code = text.replace(/#.*$/gm, "");
  const count = (pattern: RegExp) => [...code.matchAll(pattern)].length;
  const steps = count(/\b[A-Z]\w*(?:Operator|Sensor)\s*\(/g) + count(/^\s*@task\b/gm);
  const [, defaults = ""] = /default_args\s*=\s*(?:dict\(|\{)([^})]{0,2000})/.exec(code) ?? [];
  const having = (name: string) => {
    const set = new RegExp(`["']?\\b${name}["']?\\s*[=:]\\s*(?!0\\b|None\\b)`, "g");
    return set.test(defaults) ? steps : Math.min(steps, count(set));
  };
  return {
    ...emptyPipeline(path, "airflow", steps),
    with_retries: having("retries"),
    with_timeout: /\bdagrun_timeout\s*=/.test(code) ? steps : having("execution_timeout"),
    jobs: [...code.matchAll(/\btask_id\s*=\s*["']([\w.-]{1,100})["']/g)]
      .slice(0, MAX_NAMES)
      .map((m) => m[1] ?? ""),
  };
}

const emptyPipeline = (path: string, system: Pipeline["system"], steps: number): Pipeline => ({
  path: plainLine(path),
  system,
  steps,
  with_retries: 0,
  with_timeout: 0,
  pinned: 0,
  unpinned: [],
  jobs: [],
});

function imagesOf(images: readonly unknown[]): Pick<Pipeline, "pinned" | "unpinned"> {
  const texts = images.filter((image): image is string => typeof image === "string");
  return {
    pinned: texts.filter(isPinned).length,
    unpinned: texts
      .filter((image) => !isPinned(image))
      .slice(0, MAX_NAMES)
      .map((image) => plainLine(image)),
  };
}
