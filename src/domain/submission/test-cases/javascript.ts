import type { SyntaxNode } from "@lezer/common";
import { nodesIn, type Parsed, partsOf, textOf } from "../source/tree.ts";
import { checksIn } from "./checks.ts";
import { pathText, type TestCase, type TestFile, type TestWords } from "./words.ts";

const CALLS = new Set(["CallExpression"]);
const FUNCTIONS = new Set(["ArrowFunction", "FunctionExpression"]);
const TEXTS = new Set(["String", "TemplateString"]);
const MAX_NAME_CHARS = 200;

/** A call of a framework: `it.only.each(table)("name", body)` is called `it` with `only` and `each`. */
type Call = {
  readonly node: SyntaxNode;
  readonly kind: "case" | "group" | "skip";
  readonly base: string;
  readonly modifiers: readonly string[];
  readonly name: string;
  readonly options: readonly string[];
  readonly body: SyntaxNode | undefined;
};

/**
 * The test cases of Jest, Vitest, Mocha, Jasmine, node:test, Deno, Playwright and their like: calls of `it` or `test`
 * with a name. A table (`each`) is one case, a subtest (`t.test`) a case of its own, a step of Playwright none.
 */
export function javascriptTests({ text, tree }: Parsed, words: TestWords): TestFile {
  const { skips, focuses } = words.javascript;
  const calls = nodesIn(tree.topNode, CALLS).flatMap((node) => callOf(text, node, words) ?? []);
  const byStart = new Map(calls.filter(({ kind }) => kind !== "skip").map((call) => [call.node.from, call]));
  const idOf = ({ node, name, kind }: Call): string => {
    const around: string[] = [];
    for (let at = node.parent; at; at = at.parent) {
      const outer = at.name === "CallExpression" ? byStart.get(at.from) : undefined;
      if (outer && outer.node.to === at.to && outer.node.from < node.from) around.unshift(outer.name);
    }
    return pathText(kind === "skip" ? around : [...around, name]);
  };
  const has = (call: Call, some: readonly string[]) =>
    [call.base, ...call.modifiers, ...call.options].some((word) => some.includes(word));
  const cases = calls
    .filter(({ kind }) => kind === "case")
    .map((call): TestCase => {
      const code = call.body ? textOf(text, call.body) : "";
      return {
        ...{ id: idOf(call), name: call.name, place: call.node, body: code.replace(/\s+/g, "") },
        checks: call.body ? checksIn(text, call.body, words) : { assertions: 0, bare: [call.name], used: [] },
      };
    });
  const isSkip = (call: Call) => call.kind === "skip" || has(call, skips) || isPending(call);
  return {
    cases,
    skips: calls.filter(isSkip).map(idOf),
    focuses: calls.filter((call) => call.kind !== "skip" && has(call, focuses)).map(idOf),
  };
}

/** Mocha and Jasmine call a case without a body pending. */
const isPending = ({ kind, body, node }: Call): boolean =>
  kind === "case" && body === undefined && argumentsOf(node).length === 1;

function callOf(text: string, node: SyntaxNode, words: TestWords): Call | undefined {
  const { cases, groups, modifiers, tables, skips, skip_callers } = words.javascript;
  const callee = node.firstChild;
  if (!callee) return undefined;
  const isCurried = callee.name === "CallExpression" || callee.name === "TaggedTemplateExpression";
  const chain = chainOf(text, isCurried ? callee.firstChild : callee);
  const [first = "", second = "", ...others] = chain;
  const given = argumentsOf(node);
  const last = given.at(-1);
  const body = last && FUNCTIONS.has(last.name) ? last : methodOf(text, last);
  const name = nameOf(text, given[0]);
  const named = given[0] !== undefined && TEXTS.has(given[0].name);
  const options = optionsOf(text, given);
  const call = { node, name, options, body };
  const isGroupOfTest = cases.includes(first) && groups.includes(second);
  if (groups.includes(first) || isGroupOfTest) {
    const rest = isGroupOfTest ? others : chain.slice(1);
    if (!rest.every((word) => modifiers.includes(word)) || body === undefined) return undefined;
    return { ...call, kind: "group", base: isGroupOfTest ? second : first, modifiers: rest };
  }
  // `t.test(...)`, `Deno.test(...)`, `QUnit.test(...)`: somebody's `test` with a name and a body.
  const isOthers = second === "test" && !cases.includes(first) && body !== undefined;
  const rest = isOthers ? others : chain.slice(1);
  if (isOthers || (cases.includes(first) && rest.every((word) => modifiers.includes(word)))) {
    const isTable = rest.some((word) => tables.includes(word));
    if (isTable && !isCurried) return undefined;
    const isPlain = rest.length === 0 && named && (given.length > 1 || first !== "test");
    const isTodo = named && rest.includes("todo");
    if (
      body !== undefined ||
      isPlain ||
      isTodo ||
      (named && given.length > 1 && last && !TEXTS.has(last.name))
    )
      return { ...call, kind: "case", base: first, modifiers: rest };
  }
  const isSkipCall =
    skips.includes(second) && skip_callers.includes(first) && others.length === 0 && !isCurried;
  if (isSkipCall || (chain.length === 1 && first === "pending"))
    return { ...call, kind: "skip", base: first, modifiers: [second] };
  return undefined;
}

/** The names of `a.b.c`. Empty for what is no such chain. */
function chainOf(text: string, callee: SyntaxNode | null): string[] {
  const names: string[] = [];
  let at = callee;
  while (at?.name === "MemberExpression") {
    const property = at.getChild("PropertyName");
    if (!property) return [];
    names.unshift(textOf(text, property));
    at = at.firstChild;
  }
  if (at?.name !== "VariableName" && at?.name !== "this") return [];
  return [textOf(text, at), ...names];
}

const argumentsOf = (call: SyntaxNode): SyntaxNode[] => {
  const list = call.getChild("ArgList");
  return list ? partsOf(list).filter(({ name }) => !/^[(),]$|Comment/.test(name)) : [];
};

function nameOf(text: string, argument: SyntaxNode | undefined): string {
  if (argument?.name === "ObjectExpression") {
    const property = propertiesOf(argument).find((one) => keyOf(text, one) === "name");
    return property?.lastChild ? textOf(text, property.lastChild).slice(1, -1) : "";
  }
  const written = argument ? textOf(text, argument) : "";
  return (argument && TEXTS.has(argument.name) ? written.slice(1, -1) : written).slice(0, MAX_NAME_CHARS);
}

const propertiesOf = (object: SyntaxNode): SyntaxNode[] => object.getChildren("Property");

const keyOf = (text: string, property: SyntaxNode): string =>
  property.firstChild ? textOf(text, property.firstChild).replace(/^["']|["']$/g, "") : "";

/** The body in Deno's form, `Deno.test({ name, fn() {} })`. */
function methodOf(text: string, argument: SyntaxNode | undefined): SyntaxNode | undefined {
  if (argument?.name !== "ObjectExpression") return undefined;
  return propertiesOf(argument).find((property) => keyOf(text, property) === "fn");
}

/** The options of a case that are set: `{ skip: true }` gives `skip`. */
function optionsOf(text: string, given: readonly SyntaxNode[]): string[] {
  return given
    .filter(({ name }) => name === "ObjectExpression")
    .flatMap(propertiesOf)
    .filter((property) => property.lastChild !== null && textOf(text, property.lastChild) !== "false")
    .map((property) => keyOf(text, property));
}
