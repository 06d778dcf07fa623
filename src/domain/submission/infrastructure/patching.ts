import { type Fields, isFields } from "./manifests.ts";

/** A patch whose effect is not computed exactly. The message says what of it is the reason. */
export class Inexact extends Error {}

const MAX_NESTING = 60;

/**
 * Lists that are merged by name in objects of Kubernetes' own groups. Every other list is replaced as a whole; no figure
 * depends on those for which that is not exact, such as `env`.
 */
const MERGED_BY_NAME = ["containers", "initContainers", "ephemeralContainers"];

/**
 * A strategic merge patch (Kubernetes docs: "Update API Objects in Place Using kubectl patch"). Undefined where the patch
 * deletes the object.
 * @param isBuiltIn whether lists are merged by name. Lists of custom resources are replaced.
 * @throws Inexact for directives that are not computed.
 */
export const merged = (fields: Fields, patch: Fields, isBuiltIn: boolean): Fields | undefined =>
  mergedMap(fields, patch, isBuiltIn, 0);

function mergedMap(fields: Fields, patch: Fields, isBuiltIn: boolean, depth: number): Fields | undefined {
  if (depth > MAX_NESTING) throw new Inexact("too deep");
  const { $patch, ...rest } = patch;
  if ($patch === "delete") return undefined;
  const directive = Object.keys(rest).find((key) => key.startsWith("$"));
  if (directive !== undefined) throw new Inexact(directive);
  if ($patch !== undefined && $patch !== "replace" && $patch !== "merge") throw new Inexact("$patch");
  const result = new Map(Object.entries($patch === "replace" ? {} : fields));
  for (const [key, value] of Object.entries(rest)) {
    const now = mergedValue(key, result.get(key), value, isBuiltIn, depth);
    if (now === undefined) result.delete(key);
    else result.set(key, now);
  }
  return Object.fromEntries(result);
}

function mergedValue(key: string, old: unknown, value: unknown, isBuiltIn: boolean, depth: number): unknown {
  if (value === null || value === undefined) return undefined;
  if (isFields(value)) {
    if (old !== undefined && old !== null && !isFields(old)) throw new Inexact(`${key} is no map`);
    return mergedMap(isFields(old) ? old : {}, value, isBuiltIn, depth + 1);
  }
  if (isFields(old) || (Array.isArray(old) && !Array.isArray(value)))
    throw new Inexact(`${key} is no plain value`);
  if (!Array.isArray(value)) return value;
  return isBuiltIn && MERGED_BY_NAME.includes(key)
    ? mergedList(key, Array.isArray(old) ? old : [], value, depth)
    : value;
}

function mergedList(
  key: string,
  old: readonly unknown[],
  patch: readonly unknown[],
  depth: number,
): unknown[] {
  if (patch.length === 0) throw new Inexact(`empty ${key}`);
  const named = (list: readonly unknown[]) =>
    list.map((entry) => {
      if (!isFields(entry) || typeof entry.name !== "string") throw new Inexact(`${key} without a name`);
      return { name: entry.name, entry };
    });
  const result = new Map<string, Fields>(named(old).map(({ name, entry }) => [name, entry]));
  if (result.size < old.length) throw new Inexact(`${key} of the same name`);
  for (const { name, entry } of named(patch)) {
    const now = mergedMap(result.get(name) ?? {}, entry, true, depth + 1);
    if (now === undefined) result.delete(name);
    else result.set(name, now);
  }
  return [...result.values()];
}

/** What a kustomization may change of an object's identity is left to its other keys. */
const IDENTITY = /^\/(?:kind|apiVersion|metadata)?$/;

/**
 * A JSON patch (RFC 6902) of `add`, `replace`, `remove` and `test`.
 * @throws Inexact for other operations, and for paths that do not exist.
 */
export function jsonPatched(fields: Fields, operations: readonly unknown[]): Fields {
  let now: unknown = fields;
  for (const operation of operations) {
    if (!isFields(operation)) throw new Inexact("not an operation");
    const { op, path, value } = operation;
    if (typeof path !== "string" || !path.startsWith("/")) throw new Inexact("no path");
    if (op !== "add" && op !== "replace" && op !== "remove" && op !== "test")
      throw new Inexact(`operation ${String(op)}`);
    if (IDENTITY.test(path)) throw new Inexact(`changes ${path}`);
    const keys = path
      .slice(1)
      .split("/")
      .map((key) => key.replace(/~1/g, "/").replace(/~0/g, "~"));
    if (keys.length > MAX_NESTING) throw new Inexact("too deep");
    now = changedAt(now, keys, { op, value, path });
  }
  if (!isFields(now)) throw new Inexact("no object is left");
  return now;
}

type Change = {
  readonly op: "add" | "replace" | "remove" | "test";
  readonly value: unknown;
  readonly path: string;
};

function changedAt(holder: unknown, keys: readonly string[], change: Change): unknown {
  const [key = "", ...rest] = keys;
  const missing = () => new Inexact(`no ${change.path}`);
  const isLast = rest.length === 0;
  const tested = (value: unknown): unknown => {
    if (change.op === "test" && JSON.stringify(value) !== JSON.stringify(change.value)) throw missing();
    return change.op === "test" ? value : change.value;
  };
  if (Array.isArray(holder)) {
    const list: unknown[] = holder;
    if (isLast && change.op === "add" && key === "-") return [...list, change.value];
    const at = /^\d{1,6}$/.test(key) ? Number(key) : list.length + 1;
    const isAdd = isLast && change.op === "add";
    if (at >= list.length + (isAdd ? 1 : 0)) throw missing();
    const put = isLast
      ? change.op === "remove"
        ? []
        : [tested(list[at])]
      : [changedAt(list[at], rest, change)];
    return [...list.slice(0, at), ...put, ...list.slice(isAdd ? at : at + 1)];
  }
  if (!isFields(holder)) throw missing();
  const isThere = Object.hasOwn(holder, key);
  if (!isThere && !(isLast && change.op === "add")) throw missing();
  if (!isLast) return { ...holder, [key]: changedAt(holder[key], rest, change) };
  if (change.op !== "remove") return { ...holder, [key]: tested(holder[key]) };
  return Object.fromEntries(Object.entries(holder).filter(([name]) => name !== key));
}
