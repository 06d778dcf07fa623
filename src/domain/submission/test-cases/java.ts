import type { SyntaxNode } from "@lezer/common";
import { nodesIn, type Parsed, textOf } from "../source/tree.ts";
import { checksIn } from "./checks.ts";
import { pathText, type TestCase, type TestFile, type TestWords } from "./words.ts";

const METHODS = new Set(["MethodDeclaration"]);
const CLASSES = new Set(["ClassDeclaration", "InterfaceDeclaration", "RecordDeclaration", "EnumDeclaration"]);
const ANNOTATIONS = new Set(["Annotation", "MarkerAnnotation"]);
const CALLS = new Set(["MethodInvocation", "ObjectCreationExpression"]);

/**
 * The test cases of JUnit 4 and 5 and of TestNG: methods with one of their annotations, and public methods of a class that
 * has TestNG's; of JUnit 3, methods called `test…` of a class that extends `TestCase`. One with parameters is one case.
 * https://docs.junit.org/current/user-guide/ ("Test Classes and Methods")
 */
export function javaTests(parsed: Parsed, words: TestWords): TestFile {
  const { text, tree } = parsed;
  const cases = nodesIn(tree.topNode, METHODS).flatMap((method): TestCase[] => {
    const body = method.getChild("Block");
    const annotations = annotationsOf(text, method);
    const isCase = annotations.some(({ name }) => words.java.cases.includes(name));
    if (!body || !(isCase || isCaseByClass(text, method, words))) return [];
    const checks = checksIn(text, body, words);
    // `@Test(expected = X.class)` asserts without a call.
    const expects = annotations.some(({ given }) => given.includes("expected"));
    return [
      {
        ...{ id: scopeOf(text, method), name: definedName(text, method) },
        place: method,
        body: textOf(text, body).replace(/\s+/g, ""),
        checks: expects ? { ...checks, assertions: checks.assertions + 1 } : checks,
      },
    ];
  });
  return { cases, skips: skipsIn(parsed, words), focuses: [] };
}

function isCaseByClass(text: string, method: SyntaxNode, { java }: TestWords): boolean {
  const around = classAround(method);
  const modifiers = method.getChild("Modifiers");
  if (!around || !modifiers || !/\bpublic\b/.test(textOf(text, modifiers)) || !method.getChild("void"))
    return false;
  const extended = around.getChild("Superclass");
  const isJunit3 = extended !== null && /\bTestCase$/.test(textOf(text, extended).trim());
  if (isJunit3 && definedName(text, method).startsWith("test")) return true;
  const isTestNg = annotationsOf(text, around).some(({ name }) => java.cases.includes(name));
  return isTestNg && annotationsOf(text, method).length === 0;
}

const definedName = (text: string, node: SyntaxNode): string => {
  const name = node.getChild("Definition");
  return name ? textOf(text, name) : "";
};

function classAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (CLASSES.has(at.name)) return at;
  return undefined;
}

type Annotation = { readonly name: string; readonly given: string };

const annotationsOf = (text: string, declaration: SyntaxNode): Annotation[] => {
  const modifiers = declaration.getChild("Modifiers");
  const nodes = modifiers ? nodesIn(modifiers, ANNOTATIONS, ANNOTATIONS) : [];
  return nodes.map((node) => {
    const [name = "", given = ""] = textOf(text, node)
      .slice(1)
      .split(/\((.*)/s);
    return { name: name.trim().slice(name.lastIndexOf(".") + 1), given };
  });
};

/** Annotations, assumptions and exceptions by which a case or a class is skipped, by where they stand. */
function skipsIn({ text, tree }: Parsed, { java }: TestWords): string[] {
  const isSkip = ({ name, given }: Annotation) =>
    java.skips.includes(name) ||
    java.skip_beginnings.some((word) => name.startsWith(word)) ||
    (java.cases.includes(name) && /\benabled\s*=\s*false\b/.test(given));
  const declared = nodesIn(tree.topNode, new Set([...METHODS, ...CLASSES])).flatMap((node) =>
    annotationsOf(text, node)
      .filter(isSkip)
      .map(() => scopeOf(text, node)),
  );
  const called = nodesIn(tree.topNode, CALLS).flatMap((node) => {
    const [head = ""] = textOf(text, node).slice(0, 400).split("(");
    const name = head.trim().slice(Math.max(head.lastIndexOf("."), head.lastIndexOf(" ")) + 1);
    const isNew = node.name === "ObjectCreationExpression";
    return (isNew ? java.skip_exceptions : java.assumptions).includes(name) ? [scopeOf(text, node)] : [];
  });
  return [...declared, ...called];
}

/** The types of a method's parameters, because methods of one name may differ in them alone. */
function typesOf(text: string, node: SyntaxNode): string {
  const parameters = node.getChild("FormalParameters")?.getChildren("FormalParameter") ?? [];
  return parameters.length === 0
    ? ""
    : `(${parameters.map((one) => textOf(text, one).split(/\s/)[0]).join(",")})`;
}

function scopeOf(text: string, node: SyntaxNode): string {
  const names: string[] = [];
  for (let at: SyntaxNode | null = node; at; at = at.parent)
    if (CLASSES.has(at.name) || METHODS.has(at.name))
      names.unshift(`${definedName(text, at)}${typesOf(text, at)}`);
  return pathText(names);
}
