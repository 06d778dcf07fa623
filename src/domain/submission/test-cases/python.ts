import type { SyntaxNode } from "@lezer/common";
import { nodesIn, type Parsed, partsOf, textOf } from "../source/tree.ts";
import { checksIn } from "./checks.ts";
import { pathText, type TestCase, type TestFile, type TestWords } from "./words.ts";

const DEFINITIONS = new Set(["FunctionDefinition", "ClassDefinition"]);
const FUNCTIONS = new Set(["FunctionDefinition"]);
const MARKS = new Set([
  ...["Decorator", "CallExpression", "MemberExpression", "RaiseStatement"],
  ...["AssignStatement", "UpdateStatement"],
]);
const MARK_OF_PYTEST = /(?:^|\.)mark\.(\w+)$/;

/**
 * The test cases of pytest and unittest: functions and methods called `test…`, in no class but those that are collected.
 * A parametrized one is one case. https://docs.pytest.org/en/stable/explanation/goodpractices.html
 */
export function pythonTests(parsed: Parsed, words: TestWords): TestFile {
  const { text, tree } = parsed;
  const cases = new Map<string, TestCase>();
  for (const node of nodesIn(tree.topNode, FUNCTIONS)) {
    const around = definitionsAround(node);
    const name = nameOf(text, node);
    if (!name.startsWith("test") || !around.every((outer) => isCollected(text, outer))) continue;
    if (decoratorsOf(text, node).some((decorator) => words.python.no_case.includes(lastName(decorator))))
      continue;
    const body = node.getChild("Body");
    // A second definition of the same name takes the place of the first.
    const id = pathText([...around.map((outer) => nameOf(text, outer)), name]);
    if (body)
      cases.set(id, {
        ...{ id, name, checks: checksIn(text, body, words) },
        place: node,
        body: textOf(text, body).replace(/\s+/g, ""),
      });
  }
  return { cases: [...cases.values()], skips: skipsIn(parsed, words), focuses: [] };
}

/** The classes and functions around a definition, outermost first. */
function definitionsAround(node: SyntaxNode): SyntaxNode[] {
  const around: SyntaxNode[] = [];
  for (let at = node.parent; at; at = at.parent) if (DEFINITIONS.has(at.name)) around.unshift(at);
  return around;
}

const nameOf = (text: string, definition: SyntaxNode): string => {
  const name = definition.getChild("VariableName");
  return name ? textOf(text, name) : "";
};

/**
 * Whether the tests of a class are run: pytest takes those called `Test…`, unittest those that inherit from a test case,
 * which a class with any base may do.
 */
function isCollected(text: string, node: SyntaxNode): boolean {
  if (node.name !== "ClassDefinition") return false;
  const bases = node.getChild("ArgList");
  return nameOf(text, node).startsWith("Test") || (bases !== null && textOf(text, bases) !== "()");
}

const decoratorsOf = (text: string, definition: SyntaxNode): string[] =>
  definition.parent?.name === "DecoratedStatement"
    ? definition.parent.getChildren("Decorator").map((decorator) => dottedName(text, decorator))
    : [];

/** The name in a decorator, without what is given to it. */
const dottedName = (text: string, decorator: SyntaxNode): string =>
  textOf(text, decorator).slice(1).split("(")[0]?.replace(/\s+/g, "") ?? "";

const lastName = (dotted: string): string => dotted.slice(dotted.lastIndexOf(".") + 1);

/** The places where a test is skipped, or expected to fail, each named by the definition that it stands in or at. */
function skipsIn({ text, tree }: Parsed, { python }: TestWords): string[] {
  const marks = nodesIn(tree.topNode, MARKS);
  const skips = (name: string) => python.skips.includes(name);
  const aliases = new Set(marks.flatMap((node) => aliasOf(text, node, skips) ?? []));
  const isSkip = (node: SyntaxNode): boolean => {
    const written = textOf(text, node).slice(0, 400);
    const [head = ""] = written.split("(");
    const dotted = head.replace(/\s+/g, "");
    switch (node.name) {
      case "Decorator": {
        const name = lastName(dotted.slice(1));
        return skips(name) || /^skip/i.test(name) || aliases.has(dotted.slice(1));
      }
      case "MemberExpression":
        return skips(MARK_OF_PYTEST.exec(dotted)?.[1] ?? "") && !isInAlias(text, node, skips);
      case "CallExpression":
        return isSkipCall(dotted, node, python) && !isInAlias(text, node, skips);
      case "RaiseStatement":
        return !written.includes("(") && lastName(dotted.replace(/^raise/, "")) === "SkipTest";
      default: {
        const [target = "", value = ""] = written.split(/\+?=(.*)/s);
        if (target.trim() === "__test__") return value.trim() === "False";
        if (target.split(":")[0]?.trim() === "pytestmark") return namesAlias(value, aliases);
        return python.ignores.includes(target.split(":")[0]?.trim() ?? "");
      }
    }
  };
  return marks.filter(isSkip).map((node) => scopeOf(text, node));
}

const namesAlias = (value: string, aliases: ReadonlySet<string>): boolean =>
  (value.match(/\w+/g) ?? []).some((word) => aliases.has(word));

/** The name given to a skip mark for later use, as in `needs_gpu = pytest.mark.skipif(...)`. */
function aliasOf(text: string, node: SyntaxNode, skips: (name: string) => boolean): string | undefined {
  if (node.name !== "AssignStatement") return undefined;
  const written = textOf(text, node).slice(0, 400);
  const [, name, value = ""] = /^(\w+)\s*(?::[^=]{0,80})?=\s*([\w.\s]+)/.exec(written) ?? [];
  if (name === undefined || name === "pytestmark") return undefined;
  const dotted = value.replace(/\s+/g, "");
  const isMark = MARK_OF_PYTEST.test(dotted) || dotted.startsWith("unittest.");
  return isMark && skips(lastName(dotted)) ? name : undefined;
}

function isInAlias(text: string, node: SyntaxNode, skips: (name: string) => boolean): boolean {
  for (let at = node.parent; at && !DEFINITIONS.has(at.name); at = at.parent)
    if (at.name === "AssignStatement") return aliasOf(text, at, skips) !== undefined;
  return false;
}

function isSkipCall(dotted: string, node: SyntaxNode, { skips, skip_callers }: TestWords["python"]): boolean {
  if (MARK_OF_PYTEST.test(dotted) || !skips.includes(lastName(dotted))) return false;
  const [first = ""] = dotted.split(".");
  if (dotted.includes(".")) return skip_callers.includes(first);
  return node.parent?.name === "RaiseStatement" || dotted === "skip" || dotted === "importorskip";
}

/** The definition in which a mark stands. A decorator belongs to what it decorates. */
function scopeOf(text: string, node: SyntaxNode): string {
  const around = definitionsAround(node);
  for (let at: SyntaxNode | null = node; at && !DEFINITIONS.has(at.name); at = at.parent) {
    if (at.name !== "DecoratedStatement") continue;
    const decorated = partsOf(at).find((part) => DEFINITIONS.has(part.name));
    return pathText([...around, ...(decorated ? [decorated] : [])].map((one) => nameOf(text, one)));
  }
  return pathText(around.map((one) => nameOf(text, one)));
}
