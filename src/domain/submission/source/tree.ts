import type { PartialParse, SyntaxNode, Tree } from "@lezer/common";
import { languageOf } from "./languages.ts";

/** The longest text of one file that is parsed. A longer one counts as not read. */
export const MAX_PARSED_CHARS = 1_000_000;
/** The parser's stack has three entries for each construct that is still open. Ordinary code needs about a hundred. */
const MAX_STACK = 3_000;

/** A file as its language's parser sees it. The tree of a text with mistakes has marks of error, and is whole elsewhere. */
export type Parsed = { readonly text: string; readonly tree: Tree };

/** The syntax tree. Undefined for a language without a parser, and for a text too large or too deep. */
export function parse(path: string, text: string): Parsed | undefined {
  const language = languageOf(path);
  if (language === undefined || !("parser" in language) || text.length > MAX_PARSED_CHARS) return undefined;
  const parsing = language.parser.startParse(text);
  while (depthOf(parsing) <= MAX_STACK) {
    const tree = parsing.advance();
    if (tree) return { text, tree };
  }
  return undefined;
}

/**
 * How deep the parser has gone. It keeps several stacks where a text is ambiguous and copies them all the time, so a text
 * made to be deep and ambiguous would take all memory.
 */
function depthOf(parsing: PartialParse): number {
  const stacks: unknown = "stacks" in parsing ? parsing.stacks : undefined;
  const [first]: unknown[] = Array.isArray(stacks) ? stacks : [];
  const stack: unknown =
    typeof first === "object" && first !== null && "stack" in first ? first.stack : undefined;
  return Array.isArray(stack) ? stack.length : 0;
}

/** The text that a node stands for. */
export const textOf = (text: string, node: { readonly from: number; readonly to: number }): string =>
  text.slice(node.from, node.to);

/** The direct parts of a node. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  for (let part = node.firstChild; part; part = part.nextSibling) parts.push(part);
  return parts;
}

/** The nodes of the given kinds within a node and itself, in the order of the text. `skip` names kinds not entered. */
export function nodesIn(
  node: SyntaxNode,
  kinds: ReadonlySet<string>,
  skip?: ReadonlySet<string>,
): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  const cursor = node.cursor();
  let depth = 0;
  for (;;) {
    if (kinds.has(cursor.name)) nodes.push(cursor.node);
    if (!(depth > 0 && skip?.has(cursor.name)) && cursor.firstChild()) {
      depth += 1;
      continue;
    }
    while (depth > 0 && !cursor.nextSibling()) {
      cursor.parent();
      depth -= 1;
    }
    if (depth === 0) return nodes;
  }
}
