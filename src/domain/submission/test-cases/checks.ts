import type { SyntaxNode } from "@lezer/common";
import { neverFailing, neverReached, outside } from "../source/reach.ts";
import { nodesIn, partsOf, textOf } from "../source/tree.ts";
import type { Checks, TestWords } from "./words.ts";

const ASSERT_STATEMENTS = new Set(["AssertStatement"]);
const RAISES = new Set(["RaiseStatement", "ThrowStatement"]);
const CALLS = new Set([
  ...["CallExpression", "CallExpr", "MethodInvocation", "MacroInvocation"],
  ...["NewExpression", "ObjectCreationExpression"],
]);
const CHECKING = new Set([...ASSERT_STATEMENTS, ...RAISES, ...CALLS]);
const ARGUMENTS = new Set(["ArgList", "ArgumentList", "Arguments", "ParenthesizedTokens", "BracketedTokens"]);
const IDENTIFIERS = new Set(["VariableName", "Identifier", "ScopeIdentifier", "TypeName"]);
/** Names that stand for a constant, or for the test itself. */
const CONSTANT_NAMES = new Set(["true", "false", "nil", "null", "None", "self", "t", "b", "undefined"]);
const STATEMENTS = new Set(["ExpressionStatement", "ExprStatement", "AwaitExpression", "Block"]);

const MAX_NAME_CHARS = 80;

/**
 * What the body of a test case calls and asserts. An assertion of constants alone, such as `assert True`, can never fail
 * and is none. A function of unknown name may assert, so that its call is kept.
 */
export function checksIn(text: string, body: SyntaxNode, words: TestWords): Checks {
  const begins = (name: string, some: readonly string[]) =>
    some.some((word) => name.toLowerCase().startsWith(word));
  const isOf = (name: string, some: readonly string[]) => some.includes(name.toLowerCase());
  const asserts = (call: Callee) =>
    begins(call.first, words.assertions) || begins(call.last, words.assertions);
  const checks = { assertions: 0, bare: new Set<string>(), used: new Set<string>() };
  const idle = [...neverReached(text, body), ...neverFailing(text, body)];
  for (const node of outside(nodesIn(body, CHECKING), idle)) {
    if (RAISES.has(node.name)) {
      if (!/skip|abort/i.test(textOf(text, node))) checks.assertions += 1;
      continue;
    }
    if (ASSERT_STATEMENTS.has(node.name)) {
      const condition = partsOf(node)[1] ?? node;
      // `assert False` marks what must not be reached.
      const isNever = /^(?:False|false|0|None)$/.test(textOf(text, condition));
      const isAlways = isAlwaysTrue(text, condition) || isConstant(text, condition, begins, words);
      if (isNever || !isAlways) checks.assertions += 1;
      continue;
    }
    const callee = calleeOf(text, node);
    if (isOf(callee.last, words.failures)) checks.assertions += 1;
    else if (asserts(callee)) {
      if (isOf(callee.whole, words.unfinished) && isUnfinished(node)) continue;
      const isPlain = [callee.first, callee.last].some((name) => isOf(name, words.plain_assertions));
      const isAlways = isOf(callee.last, words.truths) && isAlwaysTrue(text, node);
      if (!isAlways && (!isPlain || !isConstant(text, node, begins, words))) checks.assertions += 1;
    } else if (![callee.last, callee.whole].some((name) => isOf(name, words.quiet))) {
      (STATEMENTS.has(node.parent?.name ?? "") ? checks.bare : checks.used).add(callee.whole);
    }
  }
  return { ...checks, bare: [...checks.bare], used: [...checks.used] };
}

/** A condition that is true whatever comes before: `f() or True`. */
const ALWAYS = /(?:\bor|\|\|)\s{0,9}(?:True|true|1)[\s)]{0,9}$/;
const MAX_END_CHARS = 40;
const isAlwaysTrue = (text: string, { from, to }: SyntaxNode): boolean =>
  ALWAYS.test(text.slice(Math.max(from, to - MAX_END_CHARS), to));

/** Whether `expect(x)` stands alone, so that nothing is said about x. */
function isUnfinished(call: SyntaxNode): boolean {
  const given = partsOf(call).find((part) => ARGUMENTS.has(part.name));
  const isAlone = given !== undefined && partsOf(given).length <= 3;
  return isAlone && !/^(?:Member|Selector|MethodInv|Call)/.test(call.parent?.name ?? "");
}

type Callee = { readonly whole: string; readonly first: string; readonly last: string };

/** The name of what is called: `a.b(1).c` begins with `a` and ends with `c`. */
function calleeOf(text: string, call: SyntaxNode): Callee {
  const parts = partsOf(call);
  const end = parts.findLast((part) => ARGUMENTS.has(part.name))?.from ?? call.to;
  const whole = text
    .slice(call.from, Math.max(call.from, Math.min(end, call.from + 400)))
    .replace(/\s+/g, "")
    .replace(/^new(?=[A-Z])|!$/g, "");
  const [first = ""] = /^\w+/.exec(whole) ?? [];
  const last = /(\w+)[^\w]*$/.exec(whole.slice(-MAX_NAME_CHARS))?.[1] ?? "";
  return { whole: whole.slice(0, MAX_NAME_CHARS), first, last };
}

/** Whether nothing in an assertion depends on the code: it holds no name but that of the assertion. */
function isConstant(
  text: string,
  node: SyntaxNode,
  begins: (name: string, some: readonly string[]) => boolean,
  words: TestWords,
): boolean {
  if (node.name === "TupleExpression") return true;
  return nodesIn(node, IDENTIFIERS).every((identifier) => {
    const name = textOf(text, identifier);
    if (CONSTANT_NAMES.has(name) || begins(name, words.assertions))
      return !isCalled(identifier) || begins(name, words.assertions);
    return isChained(identifier);
  });
}

const isCalled = (identifier: SyntaxNode): boolean =>
  CALLS.has(identifier.parent?.name ?? "") && identifier.parent?.firstChild?.from === identifier.from;

/** Whether it is the name of a method called on the result of a call, as `isEqualTo` in Java's `assertThat(1).isEqualTo(1)`. */
function isChained(identifier: SyntaxNode): boolean {
  const { parent } = identifier;
  return parent?.name === "MethodName" && parent.parent?.firstChild?.name === "MethodInvocation";
}

/**
 * Whether a case checks nothing any more. Before, it asserted or called something; now it has no assertion that can
 * fail, and calls only what gave it a value before, so that no helper can be what asserts.
 */
export function lostChecks(before: Checks, after: Checks): boolean {
  if (after.assertions > 0) return false;
  const called = [...after.bare, ...after.used];
  if (before.assertions === 0) return called.length === 0 && before.bare.length + before.used.length > 0;
  return called.every((name) => before.used.includes(name) && !before.bare.includes(name));
}

/** Whether a case can never fail: it asserts nothing that can, and calls nothing that might. */
export const checksNothing = ({ assertions, bare, used }: Checks): boolean =>
  assertions === 0 && bare.length === 0 && used.length === 0;
