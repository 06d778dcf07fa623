import type { SyntaxNode } from "@lezer/common";
import { blanked, commentsOf, stringsOf, textParts } from "./code.ts";
import { blocksForPeople, withoutTextForPeople } from "./for-people.ts";
import { languageOf } from "./languages.ts";
import { lexed, type Range } from "./lexical.ts";
import { neverReached } from "./reach.ts";
import { MAX_PARSED_CHARS, nodesIn, type Parsed, parse, partsOf, textOf } from "./tree.ts";

/** Imports, and the names that they give. Those of Go must be used for a program to be built at all. */
const IMPORTS = new Set(["ImportStatement", "ImportDeclaration", "UseDeclaration"]);
const NAMES = new Set([
  ...[
    "VariableName",
    "VariableDefinition",
    "Identifier",
    "BoundIdentifier",
    "TypeName",
    "TypeIdentifier",
    "MethodName",
  ],
  ...["ScopeIdentifier", "JSXIdentifier", "DefName", "Definition"],
]);
const FUNCTIONS = new Set([
  ...[
    "FunctionDefinition",
    "FunctionDeclaration",
    "FunctionExpression",
    "ArrowFunction",
    "FunctionItem",
    "FunctionDecl",
  ],
  ...["MethodDeclaration", "MethodDecl", "ConstructorDeclaration", "ClassDefinition", "ClassDeclaration"],
]);
const ASSIGNMENTS = new Set([
  "AssignStatement",
  "VariableDeclaration",
  "FieldDeclaration",
  "ConstItem",
  "StaticItem",
  "ConstSpec",
  "VarSpec",
]);
/** What has an effect when it is reached. */
const EFFECTS = new Set([
  ...[
    "CallExpression",
    "CallExpr",
    "MethodInvocation",
    "MacroInvocation",
    "NewExpression",
    "ObjectCreationExpression",
  ],
  ...[
    "AssignStatement",
    "UpdateStatement",
    "AssignmentExpression",
    "UpdateExpression",
    "VariableDeclaration",
    "Assignment",
  ],
  ...[
    "AwaitExpression",
    "YieldExpression",
    "YieldStatement",
    "ThrowStatement",
    "RaiseStatement",
    "DeleteStatement",
  ],
  ...[
    "BinaryExpression",
    "BinaryExp",
    "AssertStatement",
    "FormatString",
    "ConditionalExpression",
    "LocalVariableDeclaration",
  ],
  ...[
    "VarDecl",
    "SendStatement",
    "GoStatement",
    "DeferStatement",
    "IncDecStatement",
    "AssignmentExpression",
    "LetDeclaration",
  ],
  ...[
    "ArrayComprehensionExpression",
    "DictionaryComprehensionExpression",
    "ComprehensionExpression",
    "ArrowFunction",
  ],
  ...[
    "Property",
    "PropertyDeclaration",
    "FieldDeclaration",
    "MethodDeclaration",
    "MemberExpression",
    "SelectorExpr",
  ],
]);
/** Calls that only write for people. */
const TELLS =
  /^(?:print|println|echo|(?:console|logging|logger|log|LOG)\.\w+|fmt\.Print\w*|System\.out\.\w+|\w+!)$/;
/** A file whose names are read from elsewhere, so that one that it does not use itself still has an effect. */
const SETTINGS =
  /(?:^|[/_.-])(?:settings?|config(?:uration)?|conf|constants?|defaults?|options|params)[^/]*$/i;
const SQL = /^\s*(?:select|insert|update|delete|create|alter|drop|with|merge|copy)\s/i;
/**
 * What of a file has an effect when it runs or is applied, by its syntax: its code without comments, docstrings and text
 * for people, imports of what is not used, functions and classes with nothing in them, what stands behind a condition that
 * is never true, and names for constants that nothing uses. All that is left out is blank, so that lines and columns stay.
 * Undefined where the language is not known, or the text is over the limits.
 * @param isUsedElsewhere whether a name is used in another file of the change.
 * @param blank what else is left out.
 */
export function liveCodeOf(
  path: string,
  text: string,
  isUsedElsewhere: (name: string) => boolean,
  blank: readonly Range[] = [],
): string | undefined {
  const language = languageOf(path);
  if (language === undefined || text.length > MAX_PARSED_CHARS) return undefined;
  if ("rules" in language) {
    const { comments, strings } = lexed(text, language.rules);
    const isCode = !IS_CONFIGURATION.has(language.name);
    const prose = isCode ? strings.filter((string) => isProse(textOf(text, string))) : [];
    return withoutTextForPeople(blanked(text, [...comments, ...prose]));
  }
  const parsed = parse(path, text);
  if (parsed === undefined) return undefined;
  if (language.name === "YAML")
    return withoutTextForPeople(blanked(text, [...commentsOf(parsed), ...blocksForPeople(parsed)]));
  const bare = blanked(text, commentsOf(parsed));
  return blanked(bare, [
    ...blank,
    ...proseIn(parsed),
    ...unusedImports(parsed, path),
    ...emptyFunctions(parsed),
    ...neverReached(text, parsed.tree.topNode),
    ...(SETTINGS.test(path) ? [] : unusedConstants(parsed, isUsedElsewhere)),
  ]);
}

const IS_CONFIGURATION = new Set([
  "JSON",
  "TOML",
  "INI",
  "HCL",
  "Dockerfile",
  "requirements",
  "go.mod",
  "Gherkin",
]);

/** A text of several words that is no query: it is written for people. */
const isProse = (literal: string): boolean => {
  const words = literal.replace(/^[A-Za-z]{0,2}["'`]+|["'`]+$/g, "");
  return /\S\s+\S/.test(words) && !SQL.test(words);
};

/** Texts for people, and every text that is only printed or written to a log. */
function proseIn({ text, tree }: Parsed): Range[] {
  return stringsOf(tree.topNode)
    .filter((literal) => isProse(textOf(text, literal)) || isTold(text, literal))
    .flatMap((literal) => textParts(text, literal));
}

const MAX_LEVELS = 6;

function isTold(text: string, literal: SyntaxNode): boolean {
  let at = literal.parent;
  for (let level = 0; at && level < MAX_LEVELS; level += 1, at = at.parent) {
    if (!/^(?:CallExpression|CallExpr|MethodInvocation|MacroInvocation)$/.test(at.name)) continue;
    const [callee = ""] = textOf(text, at).slice(0, 80).split("(");
    return TELLS.test(callee.trim()) && !/(?:assert|matches)/.test(callee);
  }
  return false;
}

/** Imports of names that the file does not use. One without a name has an effect of its own. */
function unusedImports({ text, tree }: Parsed, path: string): Range[] {
  // What such a file imports, others use from it.
  if (/(?:^|\/)(?:__init__\.py|index\.[jt]sx?|mod\.rs|lib\.rs|conftest\.py)$/.test(path)) return [];
  const imports = nodesIn(tree.topNode, IMPORTS);
  if (imports.length === 0) return [];
  const inImport = (node: SyntaxNode) => imports.some(({ from, to }) => from <= node.from && node.to <= to);
  const used = new Set(
    nodesIn(tree.topNode, NAMES)
      .filter((node) => !inImport(node))
      .map((node) => textOf(text, node)),
  );
  return imports.filter((node) => {
    const names = namesGiven(textOf(text, node));
    return names.length > 0 && names.every((name) => name !== "*" && !used.has(name));
  });
}

/** The names that an import gives to its file: of `from a import b as c, d` these are c and d. */
function namesGiven(statement: string): string[] {
  const list = statement
    .replace(/\s+/g, " ")
    .replace(/^from [\w.]* ?import /, "")
    .replace(/^(?:import|use|pub use)(?: static| type)? /, "")
    .replace(/ from ["'].*$/, "")
    .replace(/[;(){}]/g, ",");
  return list.split(",").flatMap((part) => {
    const name = part.trim();
    if (name === "" || /^["']/.test(name)) return [];
    const [, alias] = / as (\w+)$/.exec(name) ?? [];
    // Python binds the first name of `import a.b`, Java and Rust the last.
    const names = name.split(/\.|::/);
    return alias === undefined ? [names[0] ?? "", names.at(-1) ?? ""].filter((n) => n !== "") : [alias];
  });
}

/** Functions and classes without anything in them that has an effect, with their names. */
function emptyFunctions({ text, tree }: Parsed): Range[] {
  const empty = nodesIn(tree.topNode, FUNCTIONS).filter((node) => {
    const body = node.getChild("Body") ?? node.getChild("Block") ?? node.getChild("ClassBody");
    if (!body || hasGivenValue(text, body)) return false;
    const effects = nodesIn(body, EFFECTS);
    return effects.length === 0 || NOT_IMPLEMENTED.test(textOf(text, body));
  });
  // `const retry = () => {}` gives a name to it.
  return empty.map((node) => (node.parent?.name === "VariableDeclaration" ? node.parent : node));
}

const NOT_IMPLEMENTED = /^\s*:?\s*\{?\s*raise NotImplementedError\b[^\n]*\s*\}?$/;

/** Whether a body gives back something other than a constant: `return self.rows` has an effect, `return True` has none. */
function hasGivenValue(text: string, body: SyntaxNode): boolean {
  return nodesIn(body, new Set(["ReturnStatement", "Block"])).some((node) => {
    const value = node.name === "ReturnStatement" ? (partsOf(node)[1] ?? null) : node.lastChild;
    return (
      value !== null &&
      nodesIn(value, NAMES).some((name) => !/^(?:true|false|None|null|nil)$/.test(textOf(text, name)))
    );
  });
}

/** Names for constants that the file does not use, and no other file of the change. */
function unusedConstants({ text, tree }: Parsed, isUsedElsewhere: (name: string) => boolean): Range[] {
  const counts = new Map<string, number>();
  for (const node of nodesIn(tree.topNode, NAMES)) {
    const name = textOf(text, node);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return nodesIn(tree.topNode, ASSIGNMENTS).filter((node) => {
    const isJava = node.name === "FieldDeclaration";
    // A field of Java may be set by a framework, but for a constant.
    if (isJava && !/^(?:(?:public|protected|private) )?static final /.test(textOf(text, node))) return false;
    const name = nodesIn(node, isJava ? JAVA_NAMES : NAMES)[0];
    const parts = partsOf(node);
    const isField = /^(?:ClassDefinition|ClassBody)$/.test(node.parent?.parent?.name ?? "");
    if (!name || isField || /^(?:export|pub)\b/.test(textOf(text, node.parent ?? node))) return false;
    if (!/^(?:VariableName|VariableDefinition|BoundIdentifier|DefName|Definition)$/.test(name.name))
      return false;
    const hasEffect = parts.some((part) => nodesIn(part, VALUE_EFFECTS).length > 0);
    const written = textOf(text, name);
    return !hasEffect && (counts.get(written) ?? 0) < 2 && !isUsedElsewhere(written);
  });
}

const JAVA_NAMES = new Set(["Definition"]);
const VALUE_EFFECTS = new Set([
  ...[
    "CallExpression",
    "CallExpr",
    "MethodInvocation",
    "MacroInvocation",
    "NewExpression",
    "ObjectCreationExpression",
  ],
  ...[
    "AwaitExpression",
    "YieldExpression",
    "MemberExpression",
    "SubscriptExpression",
    "ArrowFunction",
    "FunctionExpression",
  ],
]);
