import { type Item, nameIn, textMap, withManifest, withMetadata } from "./kustomize-item.ts";
import { type Fields, fieldsAt, isFields, listAt, type Manifest } from "./manifests.ts";

type Result = { readonly items: readonly Item[]; readonly unevaluated: readonly string[] };

const MAX_NESTING = 40;

/** Kinds without a namespace, and kinds whose names kustomize does not change. */
const CLUSTER_WIDE =
  /^(?:Namespace|Cluster\w*|CustomResourceDefinition|PersistentVolume|StorageClass|PriorityClass|APIService)$/;
const KEEPS_NAME = /^(?:Namespace|CustomResourceDefinition|APIService)$/;
const WITH_REPLICAS = ["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"];

/** Applies what a kustomization says of all objects, in kustomize's order, after its patches. */
export function transformed(items: readonly Item[], fields: Fields): Result {
  const placed = items.map((item) => withManifest(item, inNamespace(item.manifest, fields.namespace)));
  const renamed = withNames(placed, affix(fields.namePrefix), affix(fields.nameSuffix));
  const labels = [textMap(fields.commonLabels), ...listAt(fields, "labels").map((l) => textMap(l.pairs))];
  const annotations = textMap(fields.commonAnnotations);
  const marked = renamed.map((item) => marks(item, Object.assign({}, ...labels), annotations));
  const scaled = withReplicas(marked, listAt(fields, "replicas"));
  const images = imagesOf(listAt(fields, "images"));
  return {
    items: scaled.items.map((item) =>
      images.rules.length === 0
        ? item
        : {
            ...item,
            manifest: { ...item.manifest, fields: withImages(item.manifest.fields, images.rules, 0) },
          },
    ),
    unevaluated: [...scaled.unevaluated, ...images.unevaluated],
  };
}

const affix = (value: unknown): string => (typeof value === "string" ? value : "");

const inNamespace = (manifest: Manifest, namespace: unknown): Manifest =>
  typeof namespace !== "string" || namespace === "" || CLUSTER_WIDE.test(manifest.kind)
    ? manifest
    : withMetadata(manifest, { namespace });

/** Objects with a prefix and suffix, and autoscalers that name them. */
function withNames(items: readonly Item[], prefix: string, suffix: string): readonly Item[] {
  if (prefix === "" && suffix === "") return items;
  const keyOf = (kind: string, { name, namespace }: { name: string; namespace: string }) =>
    `${kind}/${namespace}/${name}`;
  const now = new Map<string, string>();
  const renamed = items.map((item) => {
    const { kind } = item.manifest;
    if (KEEPS_NAME.test(kind)) return item;
    const before = nameIn(item.manifest);
    const name = `${prefix}${before.name}${suffix}`;
    now.set(keyOf(kind, before), name);
    return withManifest(item, withMetadata(item.manifest, { name }));
  });
  return renamed.map((item) => {
    const { manifest } = item;
    if (manifest.kind !== "HorizontalPodAutoscaler") return item;
    const spec = fieldsAt(manifest.fields, "spec");
    const target = fieldsAt(spec, "scaleTargetRef");
    const { namespace } = nameIn(manifest);
    const name = now.get(keyOf(String(target.kind), { name: String(target.name), namespace }));
    if (name === undefined) return item;
    const fields = { ...manifest.fields, spec: { ...spec, scaleTargetRef: { ...target, name } } };
    return { ...item, manifest: { ...manifest, fields } };
  });
}

function marks(item: Item, labels: Fields, annotations: Fields): Item {
  const metadata = fieldsAt(item.manifest.fields, "metadata");
  const more = (key: string, added: Fields) =>
    Object.keys(added).length === 0 ? {} : { [key]: { ...textMap(metadata[key]), ...added } };
  const both = { ...more("labels", labels), ...more("annotations", annotations) };
  return Object.keys(both).length === 0 ? item : { ...item, manifest: withMetadata(item.manifest, both) };
}

function withReplicas(items: readonly Item[], rules: readonly Fields[]): Result {
  const unevaluated: string[] = [];
  let now = items;
  for (const { name, count } of rules) {
    if (typeof name !== "string") continue;
    const isNamed = ({ manifest, names }: Item) =>
      WITH_REPLICAS.includes(manifest.kind) && names.some((known) => known.name === name);
    if (!now.some(isNamed)) unevaluated.push(`replicas (${name})`);
    now = now.map((item) => (isNamed(item) ? { ...item, manifest: scaledTo(item.manifest, count) } : item));
  }
  return { items: now, unevaluated };
}

const scaledTo = (manifest: Manifest, replicas: unknown): Manifest => ({
  ...manifest,
  fields: { ...manifest.fields, spec: { ...fieldsAt(manifest.fields, "spec"), replicas } },
});

type ImageRule = {
  readonly name: string;
  readonly newName: string | undefined;
  readonly newTag: string | undefined;
  readonly digest: string | undefined;
  readonly tagSuffix: string | undefined;
};

function imagesOf(entries: readonly Fields[]): { rules: ImageRule[]; unevaluated: string[] } {
  const unevaluated: string[] = [];
  const rules = entries.flatMap((entry) => {
    const { name } = entry;
    if (typeof name !== "string") return [];
    // A tag that YAML reads as a fraction (`1.10`) is no longer the text that was written.
    const text = (key: string): string | undefined => {
      const value = entry[key];
      if (typeof value === "string") return value === "" ? undefined : value;
      if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
      if (value !== undefined && value !== null) unevaluated.push(`images (${key} of ${name})`);
      return undefined;
    };
    return [
      {
        name,
        newName: text("newName"),
        newTag: text("newTag"),
        digest: text("digest"),
        tagSuffix: text("tagSuffix"),
      },
    ];
  });
  return { rules, unevaluated };
}

/** The object with its images replaced: those of every list of containers, wherever it stands. */
function withImages(fields: Fields, rules: readonly ImageRule[], depth: number): Fields {
  if (depth > MAX_NESTING) return fields;
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value.map((entry) => (isFields(entry) ? withImages(entry, rules, depth + 1) : entry));
    return isFields(value) ? withImages(value, rules, depth + 1) : value;
  };
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      const isContainers = /^(?:init)?containers$/i.test(key) && Array.isArray(value);
      return [
        key,
        isContainers ? value.map((one) => (isFields(one) ? withImage(one, rules) : one)) : inner(value),
      ];
    }),
  );
}

const withImage = (container: Fields, rules: readonly ImageRule[]): Fields =>
  typeof container.image === "string"
    ? { ...container, image: rules.reduce(imageAfter, container.image) }
    : container;

/** Source: kustomize's image transformer. A new tag or digest takes the place of both old ones. */
function imageAfter(image: string, rule: ImageRule): string {
  const [named = "", digest] = image.split("@");
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const [name, tag] = colon < 0 ? [named, undefined] : [named.slice(0, colon), named.slice(colon + 1)];
  if (name !== rule.name) return image;
  const text = (t: string | undefined, d: string | undefined) =>
    `${rule.newName ?? name}${t === undefined ? "" : `:${t}`}${d === undefined ? "" : `@${d}`}`;
  if (rule.newTag !== undefined || rule.digest !== undefined) return text(rule.newTag, rule.digest);
  return rule.tagSuffix === undefined ? text(tag, digest) : text(`${tag ?? ""}${rule.tagSuffix}`, undefined);
}
