import { plainLine } from "../../untrusted.ts";
import type { Pipeline } from "./facts.ts";
import { type Fields, fieldsAt, isFields, listAt } from "./manifests.ts";
import { emptyPipeline, imagesOf, MAX_NAMES } from "./pipeline-parts.ts";

/** What a template runs itself. Templates of steps and of graphs only call others. */
const RUNS = ["container", "script", "containerSet", "resource", "http", "plugin", "data"];
const MAX_NESTING = 10;

const KINDS = ["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"];

export const isArgo = ({ kind, apiVersion }: Fields): boolean =>
  KINDS.includes(String(kind)) && (apiVersion === undefined || /^argoproj\.io\//.test(String(apiVersion)));

/**
 * A workflow's templates. A retry or deadline of the whole counts for each, and one of a template of steps counts for those
 * that it calls (Argo docs: "Fields": `WorkflowSpec`, `Template`, `RetryStrategy`).
 */
export function argo(path: string, fields: Fields): Pipeline {
  const outer = fieldsAt(fields, "spec");
  const spec = isFields(outer.workflowSpec) ? outer.workflowSpec : outer;
  const named = listAt(spec, "templates");
  const calls = named.flatMap((template) => callsOf(template, 0).map((call) => ({ call, template })));
  const inline = calls.flatMap(({ call }) => (isFields(call.inline) ? [call.inline] : []));
  const runs = [...named, ...inline].filter((template) => RUNS.some((key) => isFields(template[key])));
  const defaults = fieldsAt(spec, "templateDefaults");
  const covered = (has: (holder: Fields) => boolean) => {
    const isWhole = has(spec) || has(defaults);
    const callees = new Set(calls.filter(({ template }) => has(template)).map(({ call }) => call.template));
    return runs.filter((template) => isWhole || has(template) || callees.has(template.name)).length;
  };
  const kubeflowMade = JSON.stringify(fieldsAt(fields, "metadata")).includes("pipelines.kubeflow.org");
  const elsewhere = [spec.workflowTemplateRef, ...calls.map(({ call }) => call.templateRef)].some(isFields);
  return {
    ...emptyPipeline(path, kubeflowMade ? "kubeflow" : "argo", runs.length),
    with_retries: covered(retries),
    with_timeout: covered((one) => one.activeDeadlineSeconds !== undefined || one.timeout !== undefined),
    ...imagesOf(runs.flatMap(imagesIn)),
    jobs: runs.slice(0, MAX_NAMES).map((template) => plainLine(String(template.name ?? ""))),
    why: elsewhere ? ["templates of other objects are not counted"] : [],
  };
}

/** Whether a strategy retries at all: without a limit it does until the step succeeds. */
const retries = ({ retryStrategy }: Fields): boolean =>
  isFields(retryStrategy) && String(retryStrategy.limit ?? "") !== "0";

/** The calls of a template's steps (a list of lists) and of its graph's tasks. */
function callsOf(template: Fields, depth: number): Fields[] {
  if (depth > MAX_NESTING) return [];
  const steps = Array.isArray(template.steps) ? template.steps.flat() : [];
  const calls = [...steps.filter(isFields), ...listAt(fieldsAt(template, "dag"), "tasks")];
  return calls.flatMap((call) => [call, ...(isFields(call.inline) ? callsOf(call.inline, depth + 1) : [])]);
}

const imagesIn = (template: Fields): unknown[] => [
  fieldsAt(template, "container").image ?? fieldsAt(template, "script").image,
  ...listAt(fieldsAt(template, "containerSet"), "containers").map(({ image }) => image),
];
