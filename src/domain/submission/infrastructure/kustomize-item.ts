import { type Fields, fieldsAt, isFields, type Manifest, nameOf } from "./manifests.ts";

/** A name and namespace that an object has or had. Overlays may call it by each of them. */
type Name = { readonly name: string; readonly namespace: string };

/** An object on its way through kustomizations. The last of its names is the current one. */
export type Item = { readonly manifest: Manifest; readonly names: readonly Name[] };

export const itemOf = (manifest: Manifest): Item => ({ manifest, names: [nameIn(manifest)] });

/** The namespace that kustomize compares: an object without one is in `default`. */
export function nameIn(manifest: Manifest): Name {
  const { namespace } = fieldsAt(manifest.fields, "metadata");
  return {
    name: nameOf(manifest),
    namespace: typeof namespace === "string" && namespace !== "" ? namespace : "default",
  };
}

/** The item with a changed object, and with its new name if that has changed. */
export function withManifest({ names }: Item, manifest: Manifest): Item {
  const now = nameIn(manifest);
  const last = names.at(-1);
  const isSame = last?.name === now.name && last.namespace === now.namespace;
  return { manifest, names: isSame ? names : [...names, now] };
}

export const withMetadata = (manifest: Manifest, more: Readonly<Record<string, unknown>>): Manifest => ({
  ...manifest,
  fields: { ...manifest.fields, metadata: { ...fieldsAt(manifest.fields, "metadata"), ...more } },
});

export const isCalled = ({ names }: Item, { name, namespace }: Name): boolean =>
  names.some((known) => known.name === name && known.namespace === namespace);

const versionOf = ({ fields }: Manifest): unknown => fields.apiVersion;

export const isSameKind = (a: Manifest, b: Manifest): boolean =>
  a.kind === b.kind && versionOf(a) === versionOf(b);

/** Two objects with the same key would be the same one for the cluster. */
export function objectKey({ manifest }: Item): string {
  const { name, namespace } = nameIn(manifest);
  return JSON.stringify([versionOf(manifest), manifest.kind, namespace, name]);
}

/** `apps` and `v1` of `apps/v1`; the core group is empty. */
export function groupOf({ fields }: Manifest): { group: string; version: string } {
  const text = typeof fields.apiVersion === "string" ? fields.apiVersion : "";
  const slash = text.indexOf("/");
  return slash < 0
    ? { group: "", version: text }
    : { group: text.slice(0, slash), version: text.slice(slash + 1) };
}

export const textMap = (value: unknown): Readonly<Record<string, unknown>> => (isFields(value) ? value : {});

export const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");

/** A path relative to a folder (`../base/x.yaml`), from the repository's root. Undefined if it leads out of it. */
export function pathIn(folder: string, entry: string): string | undefined {
  const path: string[] = [];
  for (const part of `${folder}/${entry}`.split("/")) {
    if (part === "..") {
      if (path.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") path.push(part);
  }
  return path.join("/");
}

export function textsAt(fields: Fields, key: string): string[] {
  const value = fields[key];
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}
