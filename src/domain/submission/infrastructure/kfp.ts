import type { SyntaxNode } from "@lezer/common";
import { nodesIn, parse, partsOf } from "../source/tree.ts";
import { isBroken, LOOPS, type PythonPipeline, UNPARSED } from "./airflow.ts";
import type { SourceFile } from "./manifests.ts";
import { lastName, type Names, namesOf, type Setting, unquoted } from "./python-values.ts";

const CALLS = new Set(["CallExpression"]);
const MEMBERS = new Set(["MemberExpression"]);
const ASSIGNMENTS = new Set(["AssignStatement"]);
const DECORATED = new Set(["DecoratedStatement"]);

/** What is done with the result of a call only if it is a task (reference of KFP: `dsl.PipelineTask`). */
const OF_TASK = /^(?:outputs?|after|set_\w+|add_\w+|ignore_upstream_failure)$/;
const MAKES_COMPONENT = /^(?:load_component\w*|create_component_from_func|func_to_container_op)$/;

export const isKubeflow = ({ text }: SourceFile): boolean =>
  /^[ \t]*(?:from|import)[ \t]+kfp\b/m.test(text) && /@(?:[\w.]+\.)?pipeline\b/.test(text);

/**
 * A file of Kubeflow pipelines, by the syntax of Python. A step is a call of a component of the file, or one whose result is
 * used as a task; what a called function of another file does is not followed.
 */
export function kubeflowIn(file: SourceFile): PythonPipeline {
  const parsed = parse(file.path, file.text);
  if (parsed === undefined || isBroken(parsed)) return UNPARSED;
  const names = namesOf(parsed);
  const decorated = nodesIn(parsed.tree.topNode, DECORATED);
  const components = new Set([
    ...decorated
      .filter((s) => isDecorated(s, /(?:^|\.)(?:component|container_component)$/, names))
      .flatMap(nameIn(names)),
    ...nodesIn(parsed.tree.topNode, ASSIGNMENTS).flatMap((statement) => {
      const [target, , value] = partsOf(statement);
      const isMade =
        value?.name === "CallExpression" &&
        MAKES_COMPONENT.test(lastName(value.firstChild, names.textOf) ?? "");
      return target && isMade ? [names.textOf(target)] : [];
    }),
  ]);
  const pipelines = decorated.filter((s) => isDecorated(s, /(?:^|\.)pipeline$/, names));
  const tasks = pipelines.flatMap((pipeline) => tasksIn(pipeline, components, names));
  const retries = tasks.map(({ uses }) => callSetting(uses, "set_retry", "num_retries", names));
  const timeouts = tasks.map(({ uses }) => callSetting(uses, "set_timeout", "seconds", names));
  const count = (settings: readonly Setting[]) =>
    settings.includes("unknown") ? null : settings.filter((s) => s === "set").length;
  return {
    steps: tasks.length,
    with_retries: count(retries),
    with_timeout: count(timeouts),
    jobs: tasks.map(({ name }) => name),
    images: decorated.flatMap((statement) =>
      statement.getChildren("Decorator").flatMap((decorator) => {
        const image = names.argument(decorator, "base_image");
        return typeof image === "object" && image.value.name === "String"
          ? [unquoted(names.textOf(image.value))]
          : [];
      }),
    ),
    why: [
      ...([...retries, ...timeouts].includes("unknown")
        ? ["retries or timeouts are not set by a plain value"]
        : []),
      ...(tasks.some(({ node }) => isLooped(node, names))
        ? ["a task that a loop makes is counted once"]
        : []),
    ],
  };
}

function isDecorated(statement: SyntaxNode, named: RegExp, names: Names): boolean {
  return statement.getChildren("Decorator").some((decorator) => {
    const parts = partsOf(decorator).filter(({ name }) => name === "VariableName" || name === "PropertyName");
    return named.test(parts.map(names.textOf).join("."));
  });
}

const nameIn =
  (names: Names) =>
  (statement: SyntaxNode): string[] => {
    const name = statement.getChild("FunctionDefinition")?.getChild("VariableName");
    return name ? [names.textOf(name)] : [];
  };

/** A task of a pipeline, and the calls that are chained to it or made on the variable that holds it. */
type Task = { readonly name: string; readonly node: SyntaxNode; readonly uses: readonly SyntaxNode[] };

/** Whether a call stands in a loop of Python, or of KFP ("Control Flow": `dsl.ParallelFor`). */
function isLooped(call: SyntaxNode, names: Names): boolean {
  for (let at = call.parent; at; at = at.parent) {
    if (LOOPS.has(at.name)) return true;
    if (at.name === "WithStatement" && /\bParallelFor\s*\(/.test(names.textOf(at).split(":")[0] ?? ""))
      return true;
  }
  return false;
}

function tasksIn(pipeline: SyntaxNode, components: ReadonlySet<string>, names: Names): Task[] {
  const body = pipeline.getChild("FunctionDefinition")?.getChild("Body");
  if (!body) return [];
  const members = nodesIn(body, MEMBERS);
  const ofVariable = new Map<string, SyntaxNode[]>();
  for (const member of members) {
    if (member.firstChild?.name !== "VariableName" || !OF_TASK.test(lastName(member, names.textOf) ?? ""))
      continue;
    const name = names.textOf(member.firstChild);
    ofVariable.set(name, [...(ofVariable.get(name) ?? []), member]);
  }
  return nodesIn(body, CALLS).flatMap((call): Task[] => {
    const name = lastName(call.firstChild, names.textOf);
    if (name === undefined || OF_TASK.test(name)) return [];
    const chained: SyntaxNode[] = [];
    let at = call;
    while (at.parent?.name === "MemberExpression" && at.parent.parent?.name === "CallExpression") {
      chained.push(at.parent);
      at = at.parent.parent;
    }
    const isResult =
      at.parent?.name === "MemberExpression" && OF_TASK.test(lastName(at.parent, names.textOf) ?? "");
    const target = at.parent?.name === "AssignStatement" ? at.parent.firstChild : null;
    const used = target ? (ofVariable.get(names.textOf(target)) ?? []) : [];
    const uses = [...chained.filter((member) => OF_TASK.test(lastName(member, names.textOf) ?? "")), ...used];
    const isTask = components.has(name) || name === "ContainerOp" || isResult || uses.length > 0;
    return isTask ? [{ name, node: call, uses }] : [];
  });
}

/** What the last call of a method on a task sets. */
function callSetting(uses: readonly SyntaxNode[], method: string, argument: string, names: Names): Setting {
  const call = uses.findLast((member) => lastName(member, names.textOf) === method)?.parent;
  if (call?.name !== "CallExpression") return "none";
  const given = names.argument(call, argument);
  const [first] = names.argumentsOf(call).positional;
  const value = typeof given === "object" ? given.value : first;
  return value ? names.settingOf(value) : "unknown";
}
