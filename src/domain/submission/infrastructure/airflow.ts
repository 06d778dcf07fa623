import type { SyntaxNode } from "@lezer/common";
import { nodesIn, type Parsed, parse, partsOf } from "../source/tree.ts";
import type { SourceFile } from "./manifests.ts";
import { lastName, type Names, namesOf, type Setting, unquoted } from "./python-values.ts";

/** What the text of a DAG file says. Null where that is not certain, and `why` says so. */
export type PythonPipeline = {
  readonly steps: number | null;
  readonly with_retries: number | null;
  readonly with_timeout: number | null;
  readonly jobs: readonly string[];
  readonly images: readonly string[];
  readonly why: readonly string[];
};

export const UNPARSED: PythonPipeline = {
  steps: null,
  with_retries: null,
  with_timeout: null,
  jobs: [],
  images: [],
  why: ["it could not be parsed"],
};

/** A task as it is written: a call of an operator, or a decorated function. */
type Task = {
  readonly node: SyntaxNode;
  readonly call: SyntaxNode | undefined;
  readonly name: string | undefined;
};

const CALLS = new Set(["CallExpression"]);
const DECORATED = new Set(["DecoratedStatement"]);
const OPERATOR = /^[A-Z]\w*(?:Operator|Sensor)(?:Async)?$/;
/** What makes several of what stands once. */
export const LOOPS = new Set([
  "ForStatement",
  "WhileStatement",
  "ComprehensionExpression",
  "ArrayComprehensionExpression",
  "DictionaryComprehensionExpression",
  "SetComprehensionExpression",
]);
const MAX_TASKS = 2_000;

export const isAirflow = ({ text }: SourceFile): boolean =>
  /^[ \t]*(?:from|import)[ \t]+airflow\b/m.test(text);

/**
 * A file of Airflow's DAGs, by the syntax of Python. Each task takes what it does not set itself from the `default_args` of
 * the groups and the DAG around it (Airflow docs: "Default Arguments"); nothing is run.
 */
export function airflowIn(file: SourceFile): PythonPipeline | undefined {
  const parsed = parse(file.path, file.text);
  if (parsed === undefined || isBroken(parsed))
    return /\bDAG\s*\(|@dag\b|@task\b|Operator\s*\(/.test(file.text) ? UNPARSED : undefined;
  const names = namesOf(parsed);
  const calls = nodesIn(parsed.tree.topNode, CALLS);
  const tasks = [...operators(calls, names), ...taskFlow(nodesIn(parsed.tree.topNode, DECORATED), names)];
  if (tasks.length > MAX_TASKS) return { ...UNPARSED, why: [`it has more than ${MAX_TASKS} tasks`] };
  const dags = dagsIn(calls, nodesIn(parsed.tree.topNode, DECORATED), names);
  if (tasks.length + dags.length === 0) return undefined;
  const holdersOf = (task: Task) => contextOf(task, dags, names);
  const retries = tasks.map((task) => settingFor(task, "retries", holdersOf(task), names));
  const timeouts = tasks.map((task) => timeoutOf(task, holdersOf(task), names));
  const isOverridden = (key: string) =>
    calls.some(
      (call) =>
        lastName(call.firstChild, names.textOf) === "override" && names.argument(call, key) !== undefined,
    );
  const count = (settings: readonly Setting[], key: string) =>
    settings.includes("unknown") || isOverridden(key) ? null : settings.filter((s) => s === "set").length;
  const [withRetries, withTimeout] = [count(retries, "retries"), count(timeouts, "execution_timeout")];
  const isLooped = tasks.some(({ node }) => hasAbove(node, LOOPS));
  return {
    steps: tasks.length,
    with_retries: withRetries,
    with_timeout: withTimeout,
    jobs: tasks.flatMap(({ name }) => name ?? []),
    images: [],
    why: [
      ...(withRetries === null ? ["retries are set by what is not in the file as a plain value"] : []),
      ...(withTimeout === null ? ["timeouts are set by what is not in the file as a plain value"] : []),
      ...(isLooped ? ["a task that a loop makes is counted once"] : []),
    ],
  };
}

const ERRORS = new Set(["⚠"]);
const WITH = new Set(["WithStatement"]);

/** Whether a text has mistakes. Two things that the parser does not know are none: a bare `yield`, and `with` in brackets. */
export function isBroken({ text, tree }: Parsed): boolean {
  const withs = nodesIn(tree.topNode, WITH).filter(
    (node) => !/\b(?:DAG|TaskGroup)\b/.test(text.slice(node.from, node.getChild("Body")?.from ?? node.to)),
  );
  const isKnown = (error: SyntaxNode) =>
    (error.parent?.name === "YieldStatement" && error.from === error.to) ||
    withs.some((node) => node.from <= error.from && error.to <= (node.getChild("Body")?.from ?? node.to));
  return nodesIn(tree.topNode, ERRORS).some((error) => !isKnown(error));
}

/** Calls of operators and sensors, also of `partial` for tasks that are mapped. */
function operators(calls: readonly SyntaxNode[], names: Names): Task[] {
  return calls.flatMap((call) => {
    const callee = call.firstChild;
    const last = lastName(callee, names.textOf);
    const isPartial = last === "partial" && callee?.firstChild;
    const operator = isPartial ? lastName(callee.firstChild, names.textOf) : last;
    if (operator === undefined || !OPERATOR.test(operator)) return [];
    const id = names.argument(call, "task_id");
    const text =
      typeof id === "object" && id.value.name === "String" ? unquoted(names.textOf(id.value)) : undefined;
    return [{ node: call, call, name: text }];
  });
}

/** Functions decorated as tasks: `@task`, `@task(...)`, `@task.docker(...)`. */
function taskFlow(statements: readonly SyntaxNode[], names: Names): Task[] {
  return statements.flatMap((statement) => {
    const decorator = decoratorOf(statement, /^(?:[\w.]+\.)?task(?:\.\w+)*$/, names);
    if (decorator === undefined) return [];
    const name = statement.getChild("FunctionDefinition")?.getChild("VariableName");
    const call = decorator.getChild("ArgList") ? decorator : undefined;
    return [{ node: statement, call, name: name ? names.textOf(name) : undefined }];
  });
}

function decoratorOf(statement: SyntaxNode, named: RegExp, names: Names): SyntaxNode | undefined {
  return statement.getChildren("Decorator").find((decorator) => {
    const parts = partsOf(decorator).filter(
      (part) => part.name === "VariableName" || part.name === "PropertyName",
    );
    return named.test(parts.map(names.textOf).join("."));
  });
}

/** Calls and decorators that make a DAG. */
const dagsIn = (
  calls: readonly SyntaxNode[],
  statements: readonly SyntaxNode[],
  names: Names,
): SyntaxNode[] => [
  ...calls.filter((call) => lastName(call.firstChild, names.textOf) === "DAG"),
  ...statements.flatMap((statement) => decoratorOf(statement, /^(?:[\w.]+\.)?dag$/, names) ?? []),
];

/** The calls whose `default_args` count for a task, from the inside out. Unknown where its DAG is not certain. */
type Context = { readonly holders: readonly SyntaxNode[]; readonly dag: "known" | "unknown" | "none" };

function contextOf({ node, call }: Task, dags: readonly SyntaxNode[], names: Names): Context {
  const around: SyntaxNode[] = [];
  for (let at = node.parent; at; at = at.parent) {
    if (at.name === "WithStatement") around.push(...managersOf(at, names).reverse());
    if (at.name === "DecoratedStatement") {
      const decorator = decoratorOf(at, /^(?:[\w.]+\.)?(?:dag|task_group)$/, names);
      if (decorator) around.push(decorator);
    }
  }
  const own = dags.find((dag) => around.some((holder) => isSame(holder, dag)));
  if (own) return { holders: around, dag: "known" };
  const given = call && names.argument(call, "dag");
  const value = typeof given === "object" ? (names.assignedTo(given.value) ?? given.value) : undefined;
  const made = value && dags.find((dag) => isSame(dag, value));
  // With one DAG in the file a task can be of no other; `with DAG(...) as dag` gives it a name that is not assigned.
  const only = dags.length === 1 ? dags[0] : undefined;
  const dag = made ?? only;
  if (dag) return { holders: [...around, dag], dag: "known" };
  return { holders: around, dag: dags.length === 0 ? "none" : "unknown" };
}

/** The calls after `with`, also of a name that was assigned before. */
const managersOf = (statement: SyntaxNode, names: Names): SyntaxNode[] =>
  partsOf(statement).flatMap((part) => {
    if (part.name === "CallExpression") return [part];
    const value = names.assignedTo(part);
    return value?.name === "CallExpression" ? [value] : [];
  });

const isSame = (a: SyntaxNode, b: SyntaxNode): boolean => a.from === b.from && a.to === b.to;

function settingFor({ call }: Task, key: string, { holders, dag }: Context, names: Names): Setting {
  const own = call && names.argument(call, key);
  if (own !== undefined) return own === "unknown" ? own : names.settingOf(own.value);
  for (const holder of holders) {
    const given = names.argument(holder, "default_args");
    if (given === undefined) continue;
    if (given === "unknown") return given;
    const { values, isWhole } = names.dictionaryOf(given.value);
    const value = values.get(key);
    if (value) return names.settingOf(value);
    if (!isWhole) return "unknown";
  }
  if (dag === "none") return fromCustom(key, names);
  return dag === "known" ? "none" : dag;
}

/** In a file that makes no DAG itself, the dictionary of the usual name counts. */
function fromCustom(key: string, names: Names): Setting {
  const { values, isWhole } = names.dictionaryNamed("default_args");
  const setting = values.get(key);
  if (setting) return names.settingOf(setting);
  return isWhole ? "none" : "unknown";
}

/** A timeout of the task, or of the runs of its DAG. */
function timeoutOf(task: Task, context: Context, names: Names): Setting {
  const own = settingFor(task, "execution_timeout", context, names);
  if (own === "set") return own;
  const runs = context.holders.flatMap((holder) => names.argument(holder, "dagrun_timeout") ?? []);
  const settings = runs.map((run) => (run === "unknown" ? run : names.settingOf(run.value)));
  if (settings.includes("set")) return "set";
  return settings.includes("unknown") ? "unknown" : own;
}

function hasAbove(node: SyntaxNode, kinds: ReadonlySet<string>): boolean {
  for (let at = node.parent; at; at = at.parent) if (kinds.has(at.name)) return true;
  return false;
}
