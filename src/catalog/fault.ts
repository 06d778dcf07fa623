import { readFileSync } from "node:fs";
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from "yaml";
import { DomainError } from "../domain/errors.ts";

/** What is wrong with a template: its file and line, the place in it (`stages[0].kind`), and why. */
export type Fault = {
  readonly file: string;
  readonly line?: number;
  readonly path: string;
  readonly why: string;
  /** A right value of the place, as the starter has it. */
  readonly example?: string;
};

/** A top-level key of a template: its value, and where that stands. */
export type Entry = {
  readonly value: unknown;
  /** The file as it is called in an error, and where it is. */
  readonly file: string;
  readonly path: string;
  /** Whether the file holds the key itself, or only what is under it. */
  readonly keyed: boolean;
};

/** Every top-level key of a template. `rubric.vocabulary` is a part of a section that has a file of its own. */
export type Parsed = ReadonlyMap<string, Entry>;

/** The keys that lead to a place in a template. */
export type Keys = readonly PropertyKey[];

/** `own.yaml:12, stages[0].goal_days: must be a number, and is text`. */
export function faultText({ file, line, path, why }: Fault): string {
  const at = line === undefined ? file : `${file}:${line}`;
  return `${path === "" ? at : `${at}, ${path}`}: ${why}`;
}

/** The error for an unusable template or word list: its first fault, and how many more there are. */
export function brokenTemplate(first: Fault, more: readonly Fault[] = []): DomainError {
  const subject = first.file.startsWith("lexicon") ? "Word list" : "Role template";
  const rest = more.length === 0 ? "" : ` (and ${more.length} more)`;
  const hint =
    "greenflag template check FILE tells every fault of a template; docs/templates.md shows how one is made.";
  return new DomainError("invalid", `${subject} ${faultText(first)}${rest}.`, hint);
}

/** The keys of a place that is written as `interviews[0].round`. */
export const keysOf = (path: string): Keys =>
  [...path.matchAll(/[^.[\]]+/g)].map(([key]) => (/^\d+$/.test(key) ? Number(key) : key));

/** A place in a template as it is written: `interviews[0].round`. */
export const pathOf = (keys: Keys): string =>
  keys
    .map((key, n) => (typeof key === "number" ? `[${key}]` : `${n === 0 ? "" : "."}${String(key)}`))
    .join("");

/** Finds the file and the line of a place, or of what is nearest above it; `row` is the line within a text at the place. */
export type Locate = (keys: Keys, row?: number) => Pick<Fault, "file" | "line">;

/** A place that no file holds has the only file of the template, or the template's name. Each file is read once. */
export function createLocate(parsed: Parsed, id: string): Locate {
  const sources = new Map<string, Source | undefined>();
  const sourceOf = (path: string) => {
    if (!sources.has(path)) sources.set(path, readSource(path));
    return sources.get(path);
  };
  return (keys, row) => {
    const holders = [...parsed].flatMap(([name, entry]) => holderOf(name.split("."), entry, keys));
    const [nearest] = holders.sort((a, b) => b.depth - a.depth);
    if (nearest === undefined) {
      const [file, another] = new Set([...parsed.values()].map((entry) => entry.file));
      return { file: file !== undefined && another === undefined ? file : id };
    }
    const source = sourceOf(nearest.entry.path);
    const line = source && lineOf(source, nearest.inFile, row);
    return { file: nearest.entry.file, ...(line !== undefined && { line }) };
  };
}

type Holder = { readonly entry: Entry; readonly inFile: Keys; readonly depth: number };

/** A file that holds a place, or something above it, with the keys to the place in that file. */
function holderOf(name: readonly string[], entry: Entry, keys: Keys): Holder[] {
  const above = name.slice(0, 2);
  if (above.some((part, n) => part !== keys[n])) return [];
  const inner = keys.slice(above.length);
  const depth = depthOf(entry.value, inner);
  // A file with a theme holds some keys of its part, and none of the others.
  if (name.length > 2 && depth === 0) return [];
  return [{ entry, inFile: entry.keyed ? keys : inner, depth: above.length + depth }];
}

/** How many of the keys a value has. */
function depthOf(value: unknown, [key, ...inner]: Keys): number {
  if (key === undefined || typeof value !== "object" || value === null || !Object.hasOwn(value, key))
    return 0;
  return 1 + depthOf((value as Record<PropertyKey, unknown>)[key], inner);
}

type Source = { readonly document: Document; readonly lineCounter: LineCounter };

function readSource(path: string): Source | undefined {
  const lineCounter = new LineCounter();
  try {
    return { document: parseDocument(readFileSync(path, "utf8"), { lineCounter }), lineCounter };
  } catch {
    return undefined;
  }
}

function lineOf({ document, lineCounter }: Source, keys: Keys, row: number | undefined): number | undefined {
  let node: unknown = document.contents;
  let start = isNode(node) ? node.range?.[0] : undefined;
  for (const key of keys) {
    if (isAlias(node)) node = node.resolve(document);
    const [at, value] = childOf(node, key);
    if (at === undefined) break;
    start = at.range?.[0] ?? start;
    node = value;
  }
  if (start === undefined) return undefined;
  if (row === undefined || !isScalar(node) || !node.range) return lineCounter.linePos(start).line;
  // The text of a block begins on the line after `|` or `>`.
  const block = node.type?.startsWith("BLOCK") ? 0 : 1;
  return lineCounter.linePos(node.range[0]).line + row - block;
}

/** What stands under a key, and the node with whose first character it begins: the key itself, or an entry of a list. */
function childOf(node: unknown, key: PropertyKey): readonly [at?: Node, value?: unknown] {
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return isNode(item) ? [item, item] : [];
  }
  if (!isMap(node)) return [];
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  return pair && isScalar(pair.key) ? [pair.key, pair.value] : [];
}
