import { plainLine } from "../../untrusted.ts";
import type { ValueChange } from "./facts.ts";
import { documentsIn, type Fields, fieldsAt, isFields, listAt, type SourceFile } from "./manifests.ts";

const MAX_DEPTH = 12;
const MAX_VALUES = 5_000;
const MAX_SHOWN = 100;

/** Files whose literal values are read: values of Helm charts, and Compose files. */
const VALUES_FILE = /(?:^|\/)(?:[\w.-]+[-.])?values[\w.-]*\.ya?ml$|(?:^|\/)values\/[^/]+\.ya?ml$/;
const COMPOSE_FILE = /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/i;

/** Names of values that say how much runs and of which image, and of maps all of whose values do. */
const VALUE =
  /^(?:replicas?|replica_?count|(?:min|max)_?replicas?(?:_?count)?|scale|image|image_?tag|tag|repository|registry|digest)$/i;
const RESOURCE = /^(?:cpus?|memory|mem_(?:limit|reservation)|gpus?|.+\/gpu)$/i;
const MAP = /^(?:resources|limits|requests|reservations|autoscaling|hpa|keda)$/i;

/**
 * Literal values that differ: replicas, images and tags, resources and the bounds of autoscaling. What a template makes of
 * them is not computed. A file that is not plain YAML on one side gives none.
 */
export function valueChanges(before: readonly SourceFile[], after: readonly SourceFile[]): ValueChange[] {
  const [old, now] = [byPath(before), byPath(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const [fileBefore, fileAfter] = [old.get(path), now.get(path)];
    if (fileBefore?.text === fileAfter?.text) return [];
    const [was, is] = [valuesIn(fileBefore), valuesIn(fileAfter)];
    if (was === undefined || is === undefined) return [];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
      const [b, a] = [was.get(key) ?? null, is.get(key) ?? null];
      return b === a ? [] : [{ path: plainLine(path), key: plainLine(key), before: b, after: a }];
    });
  });
}

const byPath = (files: readonly SourceFile[]) => new Map(files.map((file) => [file.path, file]));

/** The values of a file by key. Empty for a file that does not exist, undefined for one that cannot be read. */
function valuesIn(file: SourceFile | undefined): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>();
  if (file === undefined || !/\.ya?ml$/.test(file.path)) return values;
  const isAll = VALUES_FILE.test(file.path) || COMPOSE_FILE.test(file.path);
  if (!isAll && !/HelmRelease|Application/.test(file.text)) return values;
  const documents = documentsIn(file);
  if (documents === undefined) return undefined;
  for (const fields of documents) {
    for (const { at, from } of isAll ? [{ at: [], from: fields }] : inlineValues(fields))
      collect(from, at, values);
  }
  return values;
}

/** Values within an object of Flux or Argo CD. */
function inlineValues(fields: Fields): { at: string[]; from: Fields }[] {
  const { name } = fieldsAt(fields, "metadata");
  const label = typeof name === "string" ? [name] : [];
  if (fields.kind === "HelmRelease") return [{ at: label, from: fieldsAt(fields, "spec", "values") }];
  if (fields.kind !== "Application") return [];
  const spec = fieldsAt(fields, "spec");
  return [fieldsAt(spec, "source"), ...listAt(spec, "sources")].flatMap((source) => {
    const helm = fieldsAt(source, "helm");
    const text = typeof helm.values === "string" ? documentsIn({ path: "", text: helm.values }) : [];
    const parameters = Object.fromEntries(
      listAt(helm, "parameters").map(({ name, value }) => [String(name), value]),
    );
    return [fieldsAt(helm, "valuesObject"), ...(text ?? []), parameters].map((from) => ({ at: label, from }));
  });
}

function collect(value: unknown, at: readonly string[], values: Map<string, string>): void {
  if (at.length > MAX_DEPTH || values.size >= MAX_VALUES) return;
  if (Array.isArray(value) || isFields(value)) {
    for (const [key, inner] of Object.entries(value)) {
      const name =
        Array.isArray(value) && isFields(inner) && typeof inner.name === "string" ? inner.name : key;
      collect(inner, [...at, name], values);
    }
    return;
  }
  // A parameter of Helm is named by a path.
  const last = at.at(-1)?.split(".").at(-1) ?? "";
  if (VALUE.test(last) || RESOURCE.test(last) || at.some((part) => MAP.test(part)))
    values.set(at.join("."), plainLine(String(value), MAX_SHOWN));
}
