import { parseAllDocuments } from "yaml";
import {
  groupOf,
  type Item,
  isCalled,
  isSameKind,
  nameIn,
  pathIn,
  textMap,
  textsAt,
  withManifest,
  withMetadata,
} from "./kustomize-item.ts";
import {
  type Fields,
  fieldsAt,
  isFields,
  listAt,
  type Manifest,
  nameOf,
  type SourceFile,
} from "./manifests.ts";
import { Inexact, jsonPatched, merged } from "./patching.ts";

/** One patch of a kustomization. `parts` are its documents; undefined where it could not be read. */
type Patch = {
  readonly key: string;
  readonly parts: readonly unknown[] | undefined;
  readonly target: Fields | undefined;
  readonly where: string;
  readonly options: Fields;
};

const MAX_ALIASES = 50;

/** The patches of a kustomization in the order in which they are applied. */
export function patchesOf(
  { folder, fields }: { readonly folder: string; readonly fields: Fields },
  texts: ReadonlyMap<string, SourceFile>,
): Patch[] {
  const fromFile = (path: string) => {
    const file = texts.get(pathIn(folder, path) ?? "");
    return file && partsOf(file.text);
  };
  const given = (key: string, entry: Fields): Patch => {
    const { patch, path } = entry;
    const parts =
      typeof patch === "string" ? partsOf(patch) : typeof path === "string" ? fromFile(path) : undefined;
    const target = isFields(entry.target) ? entry.target : undefined;
    return {
      key,
      parts,
      target,
      where: typeof path === "string" ? path : "inline",
      options: textMap(entry.options),
    };
  };
  return [
    ...textsAt(fields, "patchesStrategicMerge").map((text): Patch => {
      const isInline = text.includes("\n") || text.trimStart().startsWith("{");
      const parts = isInline ? partsOf(text) : fromFile(text);
      return {
        key: "patchesStrategicMerge",
        parts,
        target: undefined,
        where: isInline ? "inline" : text,
        options: {},
      };
    }),
    ...listAt(fields, "patches").map((entry) => given("patches", entry)),
    ...listAt(fields, "patchesJson6902").map((entry) => given("patchesJson6902", entry)),
  ];
}

function partsOf(text: string): unknown[] | undefined {
  try {
    const parsed = parseAllDocuments(text, { logLevel: "silent", merge: true });
    if (!Array.isArray(parsed) || parsed.some((document) => document.errors.length > 0)) return undefined;
    return parsed
      .map((document) => document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown)
      .filter((part) => part !== null);
  } catch {
    return undefined;
  }
}

/** Applies patches one after another. A patch that cannot be applied exactly changes nothing, and is told. */
export function patched(
  items: readonly Item[],
  patches: readonly Patch[],
): { items: readonly Item[]; unevaluated: readonly string[] } {
  const unevaluated: string[] = [];
  let now = items;
  for (const patch of patches) {
    try {
      now = after(now, patch);
    } catch (error) {
      if (!(error instanceof Inexact)) throw error;
      unevaluated.push(`${patch.key} (${patch.where}: ${error.message})`);
    }
  }
  return { items: now, unevaluated };
}

function after(items: readonly Item[], { parts, target, options }: Patch): readonly Item[] {
  if (parts === undefined || parts.length === 0) throw new Inexact("not readable");
  if (options.allowNameChange === true || options.allowKindChange === true)
    throw new Inexact("changes name or kind");
  const operations = parts.flatMap((part) => (Array.isArray(part) ? part : []));
  if (parts.every(Array.isArray)) {
    if (target === undefined) throw new Inexact("no target");
    return on(items, selectorOf(target), (item) =>
      withManifest(item, {
        ...item.manifest,
        fields: jsonPatched(item.manifest.fields, operations),
      }),
    );
  }
  const merges = parts.filter(isFields);
  if (merges.length < parts.length) throw new Inexact("neither an object nor a list of operations");
  return merges.reduce<readonly Item[]>((now, fields) => {
    const selects = target === undefined ? objectIn(now, fields) : selectorOf(target);
    return on(now, selects, (item) => mergedItem(item, fields));
  }, items);
}

const on = (
  items: readonly Item[],
  selects: (item: Item) => boolean,
  change: (item: Item) => Item | undefined,
): readonly Item[] =>
  items.flatMap((item) => {
    // Of the definition of a custom resource only the head is read, and no figure depends on more.
    if (item.manifest.kind === "CustomResourceDefinition" || !selects(item)) return [item];
    return change(item) ?? [];
  });

/** A merge keeps name, namespace and kind of the object. */
function mergedItem(item: Item, patch: Fields): Item | undefined {
  const { manifest } = item;
  const isBuiltIn = /^$|^[a-z]+$|\.k8s\.io$/.test(groupOf(manifest).group);
  const fields = merged(manifest.fields, patch, isBuiltIn);
  if (fields === undefined) return undefined;
  const { apiVersion, kind, metadata } = manifest.fields;
  const { name, namespace } = fieldsAt(manifest.fields, "metadata");
  const changed: Manifest = { ...manifest, fields: { ...fields, apiVersion, kind } };
  const spaced = isFields(metadata) && namespace !== undefined ? { namespace } : {};
  return withManifest(item, withMetadata(changed, { name, ...spaced }));
}

/** The one object that a merge without a target is for, by each name that it has had. */
function objectIn(items: readonly Item[], patch: Fields): (item: Item) => boolean {
  const { apiVersion, kind } = patch;
  if (typeof kind !== "string" || typeof apiVersion !== "string") throw new Inexact("names no kind");
  const like: Manifest = { path: "", kind, fields: patch };
  if (nameOf(like) === "") throw new Inexact("names no object");
  const isMeant = (item: Item) => isSameKind(item.manifest, like) && isCalled(item, nameIn(like));
  if (items.filter(isMeant).length !== 1) throw new Inexact(`not one ${kind} of this name`);
  return isMeant;
}

/** Source: kustomize's `Selector`. Names and kinds are expressions that must match the whole text. */
function selectorOf(target: Fields): (item: Item) => boolean {
  const matcher = (key: string) => {
    const pattern = target[key];
    if (pattern === undefined || pattern === "") return () => true;
    return typeof pattern === "string" ? wholeText(pattern) : never();
  };
  const [group, version, kind] = [matcher("group"), matcher("version"), matcher("kind")];
  const [name, namespace] = [matcher("name"), matcher("namespace")];
  const labels = equalities(target.labelSelector);
  const annotations = equalities(target.annotationSelector);
  return ({ manifest, names }) => {
    const metadata = fieldsAt(manifest.fields, "metadata");
    const of = groupOf(manifest);
    return (
      group(of.group) &&
      version(of.version) &&
      kind(manifest.kind) &&
      names.some((known) => name(known.name) && namespace(known.namespace)) &&
      labels.every(([key, value]) => textMap(metadata.labels)[key] === value) &&
      annotations.every(([key, value]) => textMap(metadata.annotations)[key] === value)
    );
  };
}

const never = (): never => {
  throw new Inexact("target selector");
};

/** Alternatives of plain text and `.*`. Other expressions are not evaluated. */
function wholeText(pattern: string): (text: string) => boolean {
  const bare = pattern
    .replace(/^\^/, "")
    .replace(/\$$/, "")
    .replace(/^\(([^()]*)\)$/, "$1");
  if (!/^(?:[\w/|-]|\.\*|\.(?![+?{]))*$/.test(bare)) never();
  const choices = bare.split("|").map((choice) => choice.split(".*"));
  return (text) => choices.some((pieces) => inOrder(text, pieces));
}

/** Whether a text is these pieces with anything between them. */
function inOrder(text: string, pieces: readonly string[]): boolean {
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** `a=b, c==d` of a label selector. Sets and negations are not evaluated. */
function equalities(selector: unknown): [string, string][] {
  if (selector === undefined || selector === "") return [];
  if (typeof selector !== "string") return never();
  return selector.split(",").map((term): [string, string] => {
    const [, key, value] = /^\s*([\w./-]+)\s*==?\s*([\w.-]*)\s*$/.exec(term) ?? [];
    return key === undefined || value === undefined ? never() : [key, value];
  });
}
