import type { SyntaxNode } from "@lezer/common";
import { nodesIn, type Parsed, textOf } from "../source/tree.ts";
import { checksIn } from "./checks.ts";
import { pathText, type TestCase, type TestFile, type TestWords } from "./words.ts";

const GO_FUNCTIONS = new Set(["FunctionDecl", "MethodDecl"]);
const GO_CALLS = new Set(["CallExpr"]);

/**
 * The test cases of Go as `go test -list` names them, without benchmarks: functions and methods of suites called `TestX`
 * or `FuzzX`, and examples whose output is compared. A subtest (`t.Run`) is part of its test.
 * https://pkg.go.dev/testing
 */
export function goTests({ text, tree }: Parsed, words: TestWords): TestFile {
  const { cases: kinds, skips } = words.go;
  const functions = nodesIn(tree.topNode, GO_FUNCTIONS);
  const cases = functions.flatMap((node): TestCase[] => {
    const name = goName(text, node);
    const kind = kinds.find((word) => new RegExp(`^${word}(?![a-z])`).test(name));
    const body = node.getChild("Block");
    if (kind === undefined || name === "TestMain" || !body) return [];
    const isCompared = /\/\/\s*(?:unordered )?output:/i.test(textOf(text, body));
    if (kind === "Example" && !isCompared) return [];
    const checks = checksIn(text, body, words);
    return [
      {
        ...{ id: scopeOfGo(text, node), name, place: node, body: textOf(text, body).replace(/\s+/g, "") },
        checks: kind === "Example" ? { ...checks, assertions: 1 } : checks,
      },
    ];
  });
  const skipped = functions.flatMap((node) =>
    nodesIn(node, GO_CALLS)
      .map(({ firstChild }) => (firstChild ? textOf(text, firstChild) : ""))
      .filter((callee) => skips.some((word) => callee.endsWith(`.${word}`)))
      .map(() => scopeOfGo(text, node)),
  );
  // A build constraint keeps the whole file from being compiled where it does not hold.
  const constraints = text.match(/^\/\/go:build\s.*$|^\/\/ \+build\s.*$/gm) ?? [];
  return { cases, skips: [...skipped, ...constraints.slice(0, 1).map(() => "")], focuses: [] };
}

const goName = (text: string, node: SyntaxNode): string => {
  const name = node.getChild("DefName") ?? node.getChild("FieldName");
  return name ? textOf(text, name) : "";
};

/** The name of a function, behind the type that it is a method of. */
function scopeOfGo(text: string, node: SyntaxNode): string {
  const receiver = node.name === "MethodDecl" ? node.getChild("Parameters") : null;
  const type = receiver ? (/(\w+)\W*$/.exec(textOf(text, receiver))?.[1] ?? "") : "";
  return pathText([...(type === "" ? [] : [type]), goName(text, node)]);
}

const RUST_FUNCTIONS = new Set(["FunctionItem"]);
const RUST_MODULES = new Set(["ModItem"]);

/**
 * The test cases of Rust: functions with an attribute whose last name is `test`, such as `#[tokio::test]`, or that of
 * another framework. https://doc.rust-lang.org/reference/attributes/testing.html
 */
export function rustTests({ text, tree }: Parsed, words: TestWords): TestFile {
  const { cases: kinds, skips } = words.rust;
  const cases: TestCase[] = [];
  const skipped: string[] = [];
  for (const node of nodesIn(tree.topNode, RUST_FUNCTIONS)) {
    const attributes = (node.parent?.getChildren("Attribute") ?? []).map((attribute) =>
      textOf(text, attribute).replace(/^#/, ""),
    );
    const names = attributes.map((attribute) => /^\[\s*(?:\w+\s*::\s*)*(\w+)/.exec(attribute)?.[1] ?? "");
    const body = node.getChild("Block");
    if (node.parent?.name !== "AttributeItem" || !body || !names.some((name) => kinds.includes(name)))
      continue;
    const name = rustName(text, node);
    const around: string[] = [];
    for (let at: SyntaxNode | null = node.parent; at; at = at.parent)
      if (RUST_MODULES.has(at.name)) around.unshift(rustName(text, at));
    const id = pathText([...around, name]);
    const checks = checksIn(text, body, words);
    const panics = names.includes("should_panic");
    cases.push({
      ...{ id, name, place: node, body: textOf(text, body).replace(/\s+/g, "") },
      checks: panics ? { ...checks, assertions: checks.assertions + 1 } : checks,
    });
    const isIgnored = (attribute: string) =>
      /\bignore\b/.test(attribute) && attribute.startsWith("[cfg_attr");
    const marks = names.filter((word) => skips.includes(word)).length + attributes.filter(isIgnored).length;
    skipped.push(...Array.from({ length: marks }, () => id));
  }
  return { cases, skips: skipped, focuses: [] };
}

const rustName = (text: string, node: SyntaxNode): string => {
  const name = node.getChild("BoundIdentifier");
  return name ? textOf(text, name) : "";
};
