import { type Document, isCollection, parseAllDocuments, visit } from "yaml";

/** A text file of the repository, as it was at one commit. */
export type SourceFile = { readonly path: string; readonly text: string };

export type Fields = Readonly<Record<string, unknown>>;

/** One Kubernetes object and its file. */
export type Manifest = { readonly path: string; readonly kind: string; readonly fields: Fields };

/** The most aliases that a document may expand. Ordinary anchors need few, and an alias bomb needs many. */
const MAX_ALIASES = 50;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const fieldsAt = (value: unknown, ...path: readonly string[]): Fields => {
  const inner = path.reduce<unknown>((at, key) => (isFields(at) ? at[key] : undefined), value);
  return isFields(inner) ? inner : {};
};

export const listAt = (value: unknown, key: string): readonly Fields[] => {
  const list = isFields(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.filter(isFields) : [];
};

type Reading = { readonly documents: readonly Fields[] | undefined; readonly duplicates: readonly string[] };

/** Parsed files. The same file is asked for on both sides of a change, and for manifests, environments and pipelines. */
const readings = new WeakMap<SourceFile, Reading>();

/** Every object in a file. Undefined when it cannot be read as YAML, for example a Helm template. */
export const documentsIn = (file: SourceFile): Fields[] | undefined => {
  const { documents } = readingOf(file);
  return documents && [...documents];
};

/** Keys that stand twice in an object of a file, for which it is not read: programs differ in which of them counts. */
export const duplicateKeysIn = (file: SourceFile): readonly string[] => readingOf(file).duplicates;

function readingOf(file: SourceFile): Reading {
  const known = readings.get(file);
  if (known) return known;
  const reading = parsed(file);
  readings.set(file, reading);
  return reading;
}

function parsed({ path, text }: SourceFile): Reading {
  const unread = { documents: undefined, duplicates: [] };
  try {
    // JSON is YAML but for tabs, which YAML does not take for indentation.
    const source = path.endsWith(".json") ? text.replaceAll("\t", " ") : withoutSchemas(text);
    // Kubernetes accepts merge keys (`<<`), which YAML 1.2 no longer has.
    const found = parseAllDocuments(source, { logLevel: "silent", merge: true });
    if (!Array.isArray(found)) return { documents: [], duplicates: [] };
    // A template's `{{ x }}` is a map with a map for its key; within a block of text it is only text, as in workflows.
    if (source.includes("{{") && found.some(hasMapForKey)) return unread;
    const errors = found.flatMap((document) => document.errors);
    if (errors.length > 0) {
      const twice = errors.filter(({ code }) => code === "DUPLICATE_KEY");
      return {
        documents: undefined,
        duplicates: [...new Set(twice.map(({ pos }) => keyAt(source, pos[0])))],
      };
    }
    const documents = found
      .map((document) => document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown)
      .filter(isFields);
    return { documents, duplicates: [] };
  } catch {
    return unread;
  }
}

const DEFINITION = /^kind:[ \t]*["']?CustomResourceDefinition\b/m;

/** A text without the specifications of custom resources: they are long to parse, and nothing is computed of them. */
function withoutSchemas(text: string): string {
  if (!DEFINITION.test(text)) return text;
  return text
    .split(/^(?=---)/m)
    .map((part) => (DEFINITION.test(part) ? withoutSpec(part) : part))
    .join("");
}

function withoutSpec(text: string): string {
  let isInSpec = false;
  return text
    .split("\n")
    .filter((line) => {
      if (/^[^\s#-]/.test(line)) isInSpec = /^spec:\s*$/.test(line);
      return !isInSpec;
    })
    .join("\n");
}

function hasMapForKey(document: Document): boolean {
  let isFound = false;
  visit(document, {
    Pair: (_, { key }) => {
      isFound ||= isCollection(key);
      return isFound ? visit.BREAK : undefined;
    },
  });
  return isFound;
}

const keyAt = (text: string, at: number): string =>
  /^["']?([\w./-]{1,80})/.exec(text.slice(at, at + 90))?.[1] ?? "";

/** Whether a text, also one that cannot be parsed, is of a Kubernetes object, maybe of one without its apiVersion. */
export const isManifest = ({ text }: SourceFile): boolean =>
  /\bapiVersion["']?\s*:/.test(text) || (WORKLOAD.test(text) && /^metadata:/m.test(text));
const WORKLOAD = /^kind:[ \t]*(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|Pod)[ \t]*\r?$/m;

/** The kinds that a text names, also one that cannot be parsed. Each is of an object, or of what an object refers to. */
export const kindsNamedIn = ({ text }: SourceFile): string[] =>
  [...text.matchAll(/\bkind["']?:[ \t]*["']?([^\s"',}]{1,80})/g)].map(([, kind = ""]) => kind);

/** The Kubernetes objects of a file. The entries of a `List` count as objects of their own. */
export function manifestsIn(file: SourceFile): Manifest[] | undefined {
  if (!isManifest(file)) return [];
  return objectsIn(file)?.flatMap((one) =>
    typeof one.kind === "string" && (typeof one.apiVersion === "string" || isFields(one.spec))
      ? [{ path: file.path, kind: one.kind, fields: one }]
      : [],
  );
}

/** The documents of a file, and in the place of a `List` its entries. Undefined as for `documentsIn`. */
export const objectsIn = (file: SourceFile): Fields[] | undefined =>
  documentsIn(file)?.flatMap((fields) => {
    const isList =
      typeof fields.kind === "string" && fields.kind.endsWith("List") && Array.isArray(fields.items);
    return isList ? listAt(fields, "items") : [fields];
  });

/** The group of an object's apiVersion: `apps` of `apps/v1`, empty for the core group `v1`. */
export const groupOf = (apiVersion: unknown): string =>
  typeof apiVersion === "string" && apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";

export const nameOf = ({ fields }: Manifest): string => {
  const { name, generateName } = fieldsAt(fields, "metadata");
  if (typeof name === "string") return name;
  return typeof generateName === "string" ? generateName : "";
};
