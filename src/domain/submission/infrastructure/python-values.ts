import type { SyntaxNode } from "@lezer/common";
import { nodesIn, type Parsed, partsOf, textOf } from "../source/tree.ts";

/** Whether a setting has effect, has none (0, None), or cannot be told from the text. */
export type Setting = "set" | "none" | "unknown";

/** A dictionary as far as it stands in the text. Not whole where other code may add to it. */
type Dictionary = { readonly values: ReadonlyMap<string, SyntaxNode>; readonly isWhole: boolean };

/** The arguments of a call by name. `others` are those given as `**name`. */
type Arguments = {
  readonly named: ReadonlyMap<string, SyntaxNode>;
  readonly positional: readonly SyntaxNode[];
  readonly others: readonly SyntaxNode[];
};

/** What the names of a file stand for. */
export type Names = {
  textOf(node: SyntaxNode): string;
  /** The value that a name has where it is used. Undefined for a name without one, or whose last one depends on a branch. */
  assignedTo(use: SyntaxNode): SyntaxNode | undefined;
  argumentsOf(call: SyntaxNode): Arguments;
  dictionaryOf(node: SyntaxNode): Dictionary;
  /** The dictionary of a name that nothing in the file uses. Empty where the file has none of the name. */
  dictionaryNamed(name: string): Dictionary;
  settingOf(node: SyntaxNode): Setting;
  /** A setting among the arguments of a call. Undefined where it is not given. */
  argument(call: SyntaxNode, name: string): { value: SyntaxNode } | "unknown" | undefined;
};

const MAX_STEPS = 10;
const NOT_WHOLE: Dictionary = { values: new Map(), isWhole: false };
const ASSIGNMENTS = new Set(["AssignStatement"]);
const CALLS = new Set(["CallExpression"]);
const DURATIONS = /^(?:timedelta|duration|relativedelta)$/;

export function namesOf({ text, tree }: Parsed): Names {
  const written = (node: SyntaxNode) => textOf(text, node);
  const assigned = new Map<string, SyntaxNode[]>();
  const entries = new Map<string, Map<string, SyntaxNode>>();
  const altered = new Set<string>();

  for (const statement of nodesIn(tree.topNode, ASSIGNMENTS)) {
    const parts = partsOf(statement).filter(({ name }) => name !== "TypeDef");
    const [target, operator, value] = parts;
    if (!target || operator?.name !== "AssignOp" || !value || parts.length > 3) continue;
    if (target.name === "VariableName") {
      const name = written(target);
      assigned.set(name, [...(assigned.get(name) ?? []), value]);
    } else if (target.name === "MemberExpression") {
      const [holder, , key] = partsOf(target);
      if (holder?.name !== "VariableName" || key?.name !== "String") continue;
      const own = entries.get(written(holder)) ?? new Map<string, SyntaxNode>();
      own.set(unquoted(written(key)), value);
      entries.set(written(holder), own);
    }
  }
  for (const call of nodesIn(tree.topNode, CALLS)) {
    const [holder, , method] = call.firstChild?.name === "MemberExpression" ? partsOf(call.firstChild) : [];
    if (holder?.name !== "VariableName" || !method) continue;
    if (/^(?:update|setdefault|pop|clear|popitem)$/.test(written(method))) altered.add(written(holder));
  }

  const assignedTo = (use: SyntaxNode) => {
    const values = use.name === "VariableName" ? (assigned.get(written(use)) ?? []) : [];
    if (values.length <= 1) return values[0];
    const value = values.findLast(({ to }) => to <= use.from);
    return value && isAround(value.parent?.parent ?? null, use) ? value : undefined;
  };

  const argumentsOf = (call: SyntaxNode): Arguments => {
    const named = new Map<string, SyntaxNode>();
    const positional: SyntaxNode[] = [];
    const others: SyntaxNode[] = [];
    for (const [first, second, third] of segments(call.getChild("ArgList"))) {
      if (first?.name === "VariableName" && second?.name === "AssignOp" && third)
        named.set(written(first), third);
      else if (first?.name === "**" && second) others.push(second);
      else if (first) positional.push(first);
    }
    return { named, positional, others };
  };

  const withEntries = (name: string, { values, isWhole }: Dictionary): Dictionary => ({
    values: new Map([...values, ...(entries.get(name) ?? [])]),
    isWhole: isWhole && !altered.has(name),
  });

  const dictionaryOf = (node: SyntaxNode, steps = 0): Dictionary => {
    if (steps > MAX_STEPS) return NOT_WHOLE;
    const inner = (part: SyntaxNode) => dictionaryOf(part, steps + 1);
    if (node.name === "ParenthesizedExpression") {
      const [, within] = partsOf(node);
      return within ? inner(within) : NOT_WHOLE;
    }
    if (node.name === "VariableName") {
      const value = assignedTo(node);
      return value ? withEntries(written(node), inner(value)) : NOT_WHOLE;
    }
    if (node.name === "DictionaryExpression") {
      return joined(
        segments(node).map(([first, second, third]) => {
          if (first?.name === "**" && second) return inner(second);
          if (first?.name !== "String" || !third) return NOT_WHOLE;
          return { values: new Map([[unquoted(written(first)), third]]), isWhole: true };
        }),
      );
    }
    if (node.name === "CallExpression" && written(node.firstChild ?? node) === "dict") {
      const { named, positional, others } = argumentsOf(node);
      return joined([...[...positional, ...others].map(inner), { values: named, isWhole: true }]);
    }
    if (node.name === "BinaryExpression") {
      const [left, operator, right] = partsOf(node);
      if (left && operator && right && written(operator) === "|") return joined([inner(left), inner(right)]);
    }
    return NOT_WHOLE;
  };

  const settingOf = (node: SyntaxNode, steps = 0): Setting => {
    if (node.name === "None" || (node.name === "Boolean" && written(node) === "False")) return "none";
    if (node.name === "Number") return Number(written(node).replaceAll("_", "")) === 0 ? "none" : "set";
    if (node.name === "CallExpression") {
      const name = lastName(node.firstChild, written);
      return name !== undefined && DURATIONS.test(name) ? "set" : "unknown";
    }
    const value = assignedTo(node);
    return value === undefined || steps > MAX_STEPS ? "unknown" : settingOf(value, steps + 1);
  };

  const argument: Names["argument"] = (call, name) => {
    const { named, others } = argumentsOf(call);
    const own = named.get(name);
    if (own) return { value: own };
    const { values, isWhole } = joined(others.map((other) => dictionaryOf(other)));
    const value = values.get(name);
    if (value) return { value };
    return isWhole ? undefined : "unknown";
  };

  return {
    textOf: written,
    assignedTo,
    argumentsOf,
    dictionaryOf: (node) => dictionaryOf(node),
    dictionaryNamed: (name) => {
      const values = assigned.get(name) ?? [];
      const [value] = values;
      if (value === undefined) return { values: new Map(), isWhole: true };
      return values.length === 1 ? withEntries(name, dictionaryOf(value)) : NOT_WHOLE;
    },
    settingOf: (node) => settingOf(node),
    argument,
  };
}

const isAround = (block: SyntaxNode | null, node: SyntaxNode): boolean =>
  block !== null && block.from <= node.from && block.to >= node.to;

/** The last name of `a.b.c`. */
export function lastName(node: SyntaxNode | null, written: (node: SyntaxNode) => string): string | undefined {
  const last = node?.name === "MemberExpression" ? node.lastChild : node;
  return last && (last.name === "VariableName" || last.name === "PropertyName") ? written(last) : undefined;
}

export const unquoted = (text: string): string =>
  text.replace(/^[rbuRBU]{0,2}(?:"""|'''|"|')|(?:"""|'''|"|')$/g, "");

/** Dictionaries one after another, the later ones over the earlier. */
function joined(dictionaries: readonly Dictionary[]): Dictionary {
  return {
    values: new Map(dictionaries.flatMap(({ values }) => [...values])),
    isWhole: dictionaries.every(({ isWhole }) => isWhole),
  };
}

/** The parts between brackets, by commas. */
function segments(node: SyntaxNode | null): SyntaxNode[][] {
  const list: SyntaxNode[][] = [[]];
  for (const part of node ? partsOf(node).slice(1, -1) : []) {
    if (part.name === ",") list.push([]);
    else if (part.name !== "Comment") list.at(-1)?.push(part);
  }
  return list.filter((segment) => segment.length > 0);
}
