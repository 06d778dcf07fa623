import { plainLine } from "../../untrusted.ts";
import type { ChangedFile } from "../snapshot.ts";
import { airflowIn, isAirflow, type PythonPipeline } from "./airflow.ts";
import { argo, isArgo } from "./argo.ts";
import type { Pipeline, PipelineChange } from "./facts.ts";
import { githubActions } from "./github-actions.ts";
import { isKubeflow, kubeflowIn } from "./kfp.ts";
import { type Fields, fieldsAt, isFields, nameOf, objectsIn, type SourceFile } from "./manifests.ts";
import { emptyPipeline, imagesOf, MAX_NAMES, unreadPipeline } from "./pipeline-parts.ts";

type Named = { readonly name: string; readonly pipeline: Pipeline };

/**
 * Pipelines that were changed, added or removed. Files are read as text; nothing is run. Several in one file are told apart by
 * their names.
 * @param files what was changed, for the old names of renamed files.
 */
export function pipelineChanges(
  before: readonly SourceFile[],
  after: readonly SourceFile[],
  files: readonly Pick<ChangedFile, "path" | "previousPath">[] = [],
): PipelineChange[] {
  const pathNow = new Map(
    files.flatMap(({ path, previousPath }) => (previousPath ? [[previousPath, path]] : [])),
  );
  const byPath = (side: readonly SourceFile[], pathOf: (path: string) => string) =>
    new Map(side.map((file) => [pathOf(file.path), file]));
  const [old, now] = [byPath(before, (path) => pathNow.get(path) ?? path), byPath(after, (path) => path)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const [fileBefore, fileAfter] = [old.get(path), now.get(path)];
    if (fileBefore?.text === fileAfter?.text) return [];
    const [was, is] = [pipelinesIn(fileBefore), pipelinesIn(fileAfter)];
    const pairs = was.length <= 1 && is.length <= 1 ? [{ was: was[0], is: is[0] }] : byName(was, is);
    const isSeveral = pairs.length > 1;
    return pairs.flatMap((pair) => changeOf(path, pair, isSeveral));
  });
}

type Pair = { readonly was: Named | undefined; readonly is: Named | undefined };

function byName(was: readonly Named[], is: readonly Named[]): Pair[] {
  // A file of which nothing can be read has one pipeline without a name, which is not the end of the others.
  const unread = [was, is].map((side) =>
    side.find(({ pipeline }) => pipeline.steps === null && pipeline.jobs.length === 0),
  );
  if (unread.some((one) => one?.name === "")) return [{ was: unread[0] ?? was[0], is: unread[1] ?? is[0] }];
  const [old, now] = [was, is].map((side) => new Map(side.map((one) => [one.name, one])));
  return [...new Set([...was, ...is].map(({ name }) => name))].map((name) => ({
    was: old?.get(name),
    is: now?.get(name),
  }));
}

function changeOf(path: string, { was, is }: Pair, isSeveral: boolean): PipelineChange[] {
  const [b, a] = [was?.pipeline ?? null, is?.pipeline ?? null];
  const ofBoth = ({ path: _path, ...rest }: Pipeline) => JSON.stringify(rest);
  if ((b && ofBoth(b)) === (a && ofBoth(a))) return [];
  const jobsBefore = new Set(b?.jobs);
  const isUnread = b !== null && b.steps === null;
  const name = is?.name ?? was?.name ?? "";
  return [
    {
      path: plainLine(path),
      ...(isSeveral && name !== "" && { name: plainLine(name) }),
      before: b,
      after: a,
      new_jobs: isUnread ? [] : (a?.jobs ?? []).filter((job) => !jobsBefore.has(job)),
    },
  ];
}

const WORKFLOW = /(?:^|\/)\.github\/workflows\/[^/]+$/;
const ARGO_KIND = /^kind:[ \t]*["']?(?:Cluster|Cron)?Workflow(?:Template)?["']?[ \t]*$/m;

function pipelinesIn(file: SourceFile | undefined): Named[] {
  if (file === undefined) return [];
  const { path, text } = file;
  const single = (pipeline: Pipeline): Named[] => [{ name: "", pipeline }];
  if (/\.py$/.test(path)) {
    if (isKubeflow(file)) return single(ofPython(path, "kubeflow", kubeflowIn(file)));
    const flow = isAirflow(file) ? airflowIn(file) : undefined;
    // Images of operators are not read.
    return flow ? single({ ...ofPython(path, "airflow", flow), pinned: null }) : [];
  }
  if (!/\.(?:ya?ml|json)$/.test(path)) return [];
  const documents = objectsIn(file);
  if (documents === undefined) {
    const system = WORKFLOW.test(path)
      ? "github_actions"
      : ARGO_KIND.test(text)
        ? "argo"
        : /^deploymentSpec:/m.test(text)
          ? "kubeflow"
          : undefined;
    return system ? single(unreadPipeline(path, system, "it is not plain YAML")) : [];
  }
  if (WORKFLOW.test(path)) return single(githubActions(path, documents[0] ?? {}));
  return documents.flatMap((fields) => {
    const ir = isFields(fields.pipelineSpec) ? fields.pipelineSpec : fields;
    if (isFields(ir.deploymentSpec) && isFields(ir.root)) return single(compiled(path, ir));
    return isArgo(fields)
      ? [{ name: nameOf({ path, kind: String(fields.kind), fields }), pipeline: argo(path, fields) }]
      : [];
  });
}

/** A compiled Kubeflow pipeline (KFP's `PipelineSpec`). A task that is a pipeline itself counts by its own tasks. */
function compiled(path: string, fields: Fields): Pipeline {
  const components = fieldsAt(fields, "components");
  const graphs = [fieldsAt(fields, "root"), ...Object.values(components)].map((one) =>
    fieldsAt(one, "dag", "tasks"),
  );
  const tasks = graphs.flatMap((graph) =>
    Object.entries(graph).filter(([, task]) => {
      const { name } = fieldsAt(task, "componentRef");
      return !isFields(fieldsAt(components, String(name)).dag);
    }),
  );
  const executors = Object.values(fieldsAt(fields, "deploymentSpec", "executors"));
  const retries = ([, task]: [string, unknown]) => {
    const { retryPolicy } = fieldsAt(task);
    return isFields(retryPolicy) && retryPolicy.maxRetryCount !== 0;
  };
  return {
    ...emptyPipeline(path, "kubeflow", tasks.length),
    with_retries: tasks.filter(retries).length,
    ...imagesOf(executors.map((executor) => fieldsAt(executor, "container").image)),
    jobs: tasks.slice(0, MAX_NAMES).map(([name]) => plainLine(name)),
  };
}

const ofPython = (path: string, system: Pipeline["system"], pipeline: PythonPipeline): Pipeline => ({
  ...emptyPipeline(path, system, pipeline.steps),
  with_retries: pipeline.with_retries,
  with_timeout: pipeline.with_timeout,
  ...imagesOf(pipeline.images),
  jobs: pipeline.jobs.slice(0, MAX_NAMES).map((job) => plainLine(job)),
  why: [...pipeline.why],
});
