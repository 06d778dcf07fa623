import { parseAllDocuments } from "yaml";

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

/** A value or line filled by a template engine. Some of these happen to be valid YAML, but with another meaning. */
const TEMPLATE = /^[ \t]*(?:- +)?(?:[\w./-]+:[ \t]*)?\{\{/m;

/** Every object in a file. Undefined when it cannot be read as YAML, for example a Helm template. */
export function documentsIn({ text }: SourceFile): Fields[] | undefined {
  if (TEMPLATE.test(text)) return undefined;
  try {
    // Kubernetes accepts merge keys (`<<`), which YAML 1.2 no longer has.
    const parsed = parseAllDocuments(text, { logLevel: "silent", merge: true });
    if (!Array.isArray(parsed)) return [];
    if (parsed.some((document) => document.errors.length > 0)) return undefined;
    return parsed
      .map((document) => document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown)
      .filter(isFields);
  } catch {
    return undefined;
  }
}

/** The Kubernetes objects of a file. The entries of a `List` count as objects of their own. */
export function manifestsIn(file: SourceFile): Manifest[] | undefined {
  const documents = documentsIn(file);
  return documents?.flatMap((fields) => {
    const inside = fields.kind === "List" ? listAt(fields, "items") : [fields];
    return inside.flatMap((one) =>
      typeof one.kind === "string" && typeof one.apiVersion === "string"
        ? [{ path: file.path, kind: one.kind, fields: one }]
        : [],
    );
  });
}

export const nameOf = ({ fields }: Manifest): string => {
  const { name } = fieldsAt(fields, "metadata");
  return typeof name === "string" ? name : "";
};
