import type { SyntaxNode } from "@lezer/common";
import type { Range } from "./lexical.ts";
import { nodesIn, partsOf, textOf } from "./tree.ts";

const CONDITIONS = new Set(["IfStatement", "WhileStatement"]);
const BLOCKS = new Set(["Body", "Block"]);
const LEAVING = new Set(["ReturnStatement", "RaiseStatement", "ThrowStatement"]);
/** Functions that may be called before the line at which they stand. */
const HOISTED = new Set(["FunctionDeclaration", "FunctionItem"]);
const TRIES = new Set(["TryStatement"]);
/** What catches a failed assertion, by the name of what is caught. Nothing at all catches everything. */
const CATCHES_ALL = /\b(?:Exception|BaseException|AssertionError|Throwable)\b/;
const EMPTY = new Set(["{", "}", ":", "PassStatement", "LineComment", "BlockComment", "Comment"]);

/** What stands behind `if False` or `while False`, and behind a statement that leaves the block for good. */
export function neverReached(text: string, node: SyntaxNode): Range[] {
  const conditional = nodesIn(node, CONDITIONS).flatMap((statement) => {
    const [, condition, body] = partsOf(statement);
    const isNever = condition && /^\(?\s*(?:False|false|0)\s*\)?$/.test(textOf(text, condition));
    return isNever && body ? [{ from: body.from, to: body.to }] : [];
  });
  const left = nodesIn(node, BLOCKS).flatMap((block) => {
    const statements = partsOf(block);
    const end = statements.findIndex(isLeaving);
    const behind = end < 0 ? [] : statements.slice(end + 1);
    return behind.filter(({ name }) => !HOISTED.has(name)).map(({ from, to }) => ({ from, to }));
  });
  return [...conditional, ...left.filter(({ from, to }) => !/^[;}]?$/.test(text.slice(from, to)))];
}

const isLeaving = (statement: SyntaxNode): boolean =>
  LEAVING.has(statement.name) || statement.firstChild?.name === "ReturnExpression";

/** Blocks in which nothing can fail a test, because whatever goes wrong is caught, and nothing is done about it. */
export const neverFailing = (text: string, node: SyntaxNode): Range[] =>
  nodesIn(node, TRIES).flatMap((statement) => {
    const parts = partsOf(statement);
    const body = parts.find(({ name }) => BLOCKS.has(name));
    return body && parts.some((part, n) => ignoresAll(text, part, parts[n + 1], parts[n + 2])) ? [body] : [];
  });

/** Whether a handler catches what an assertion raises and does nothing. In Python its parts follow each other. */
function ignoresAll(
  text: string,
  part: SyntaxNode,
  next: SyntaxNode | undefined,
  second: SyntaxNode | undefined,
): boolean {
  if (part.name === "except" && next) {
    const body = BLOCKS.has(next.name) ? next : second;
    const isAll = BLOCKS.has(next.name) || CATCHES_ALL.test(textOf(text, next));
    return isAll && body !== undefined && isEmpty(body);
  }
  if (part.name !== "CatchClause") return false;
  const caught = part.getChild("CatchFormalParameter");
  const body = part.getChild("Block");
  return (caught === null || CATCHES_ALL.test(textOf(text, caught))) && body !== null && isEmpty(body);
}

const isEmpty = (body: SyntaxNode): boolean => partsOf(body).every(({ name }) => EMPTY.has(name));

/** The nodes, given in the order of the text, that stand in none of the ranges. */
export function outside(nodes: readonly SyntaxNode[], ranges: readonly Range[]): SyntaxNode[] {
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  let [next, end] = [0, -1];
  return nodes.filter((node) => {
    for (let range = sorted[next]; range && range.from <= node.from; range = sorted[next]) {
      end = Math.max(end, range.to);
      next += 1;
    }
    return node.from >= end;
  });
}
