import type { SyntaxNode } from "@lezer/common";
import { languageOf } from "./languages.ts";
import { lexed, type Range } from "./lexical.ts";
import { MAX_PARSED_CHARS, nodesIn, type Parsed, parse, partsOf } from "./tree.ts";

const COMMENTS = new Set(["Comment", "LineComment", "BlockComment", "DocComment"]);
/** Literals of text, and the parts inside them that are code. */
const STRINGS = new Set([
  "String",
  "FormatString",
  "TemplateString",
  "StringLiteral",
  "TextBlock",
  "RawString",
]);
const CODE_IN_STRINGS = new Set(["FormatReplacement", "Interpolation"]);
const STATEMENT = new Set(["ExpressionStatement"]);

type What = { readonly withoutStrings?: boolean };

/**
 * The code of a file: its text with comments and docstrings blanked out, and on request the contents of strings, each
 * character by a blank, so that lines and columns stay. Undefined where the language is not known, and for a text that is
 * over the limits of what is parsed.
 */
export function codeOf(
  path: string,
  text: string,
  { withoutStrings = false }: What = {},
): string | undefined {
  const language = languageOf(path);
  if (language === undefined || text.length > MAX_PARSED_CHARS) return undefined;
  if ("rules" in language) {
    const { comments, strings } = lexed(text, language.rules);
    return blanked(text, withoutStrings ? [...comments, ...strings.map(inside)] : comments);
  }
  const parsed = parse(path, text);
  if (parsed === undefined) return undefined;
  const strings = withoutStrings
    ? stringsOf(parsed.tree.topNode).flatMap((literal) => textParts(text, literal))
    : [];
  return blanked(text, [...commentsOf(parsed), ...strings]);
}

/** Comments, and strings that stand alone as a statement, which is what a docstring is. */
export function commentsOf({ text, tree }: Parsed): Range[] {
  const comments = nodesIn(tree.topNode, COMMENTS);
  if (tree.topNode.name !== "Script") return comments;
  // `"use strict"` and its like change how a script runs, though they are strings alone.
  const alone = nodesIn(tree.topNode, STATEMENT).filter((statement) => {
    const [first, ...rest] = partsOf(statement);
    const isText = first?.name === "String" || first?.name === "ContinuedString";
    const isDirective = text.startsWith("use ", statement.from + 1);
    return isText && rest.every(({ name }) => name === ";") && !isDirective;
  });
  return [...comments, ...alone];
}

/** The literals of text in a tree, outermost ones only where one holds code that holds others. */
export const stringsOf = (node: SyntaxNode): SyntaxNode[] => nodesIn(node, STRINGS);

const inside = ({ from, to }: Range): Range => ({ from: from + 1, to: Math.max(from + 1, to - 1) });

/** The text of a literal, without its quotes and without the code in it. */
export function textParts(text: string, literal: SyntaxNode): Range[] {
  const [start = ""] =
    /^[A-Za-z#]{0,5}(?:"""|'''|["'`])/.exec(text.slice(literal.from, literal.from + 8)) ?? [];
  const from = literal.from + start.length;
  const to = Math.max(from, literal.to - start.replace(/^[A-Za-z#]+/, "").length);
  const parts: Range[] = [];
  let at = from;
  for (const part of partsOf(literal)) {
    if (!CODE_IN_STRINGS.has(part.name)) continue;
    parts.push({ from: at, to: part.from });
    at = part.to;
  }
  return [...parts, { from: at, to }];
}

/** The text with the characters of some ranges turned into blanks, in whatever order they come. */
export function blanked(text: string, ranges: readonly Range[]): string {
  const ordered = [...ranges].sort((a, b) => a.from - b.from);
  const parts: string[] = [];
  let at = 0;
  for (const { from, to } of ordered) {
    if (to <= at) continue;
    const start = Math.max(at, from);
    parts.push(text.slice(at, start), text.slice(start, to).replace(/[^\r\n]/g, " "));
    at = to;
  }
  return [...parts, text.slice(at)].join("");
}
