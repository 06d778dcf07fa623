import { type Item, itemOf, objectKey, pathIn, textsAt } from "./kustomize-item.ts";
import { patched, patchesOf } from "./kustomize-patches.ts";
import { transformed } from "./kustomize-transformers.ts";
import { documentsIn, type Fields, listAt, manifestsIn, type SourceFile } from "./manifests.ts";

/** Most objects of one build, kustomizations of all, and kustomizations within each other. Real ones have far fewer. */
const MAX_OBJECTS = 2_000;
const MAX_BUILDS = 1_000;
const MAX_DEPTH = 40;
const MAX_NESTING = 30;

/** Keys that can change what would run, and whose effect is not computed. */
const UNEVALUATED = ["helmCharts", "helmChartInflationGenerator", "generators", "openapi"];

export type Kustomization = {
  readonly folder: string;
  readonly path: string;
  /** Undefined where the file is no plain YAML. */
  readonly fields: Fields | undefined;
  readonly isComponent: boolean;
  /** Every path that one of its texts can stand for. */
  readonly names: readonly string[];
  /** Folders of kustomizations that it takes in. */
  readonly folders: readonly string[];
};

type Build = { readonly items: readonly Item[]; readonly unevaluated: ReadonlySet<string> };

const FILE = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/** By the name of its file, because it needs neither kind nor apiVersion. An object of Flux of that name is none. */
export const isKustomization = ({ path, text }: SourceFile): boolean =>
  FILE.test(path) && !/^apiVersion:[ \t]*["']?kustomize\.toolkit\.fluxcd\.io/m.test(text);

/** @returns `read`: a kustomization by its folder; `environment`: the objects that one would apply. */
export function buildOf(
  byFolder: ReadonlyMap<string, SourceFile>,
  texts: ReadonlyMap<string, SourceFile>,
): {
  read(folder: string): Kustomization;
  environment(folder: string): { manifests: Item["manifest"][]; unevaluated: readonly string[] };
} {
  const known = new Map(
    [...byFolder].map(([folder, file]) => [folder, kustomizationOf(folder, file, byFolder)]),
  );
  const read = (folder: string) => known.get(folder) ?? nothingIn(folder);
  const done = new Map<string, Build>();
  let builds = 0;

  const build = (folder: string, within: readonly string[]): Build => {
    const before = done.get(folder);
    if (before) return before;
    const made = added(read(folder), { items: [], unevaluated: new Set() }, within);
    done.set(folder, made);
    return made;
  };

  /** A kustomization applied on top of what its parent has so far: nothing, except for a component. */
  const added = (k: Kustomization, from: Build, within: readonly string[]): Build => {
    const { fields, folder, path } = k;
    const unevaluated = new Set(from.unevaluated);
    const tell = (key: string) => unevaluated.add(`${key} in ${path}`);
    const unchanged = (key: string): Build => {
      tell(key);
      return { items: from.items, unevaluated };
    };
    builds += 1;
    if (fields === undefined) return unchanged("everything (not plain YAML)");
    if (within.includes(folder)) return unchanged("resources (a circle)");
    if (builds > MAX_BUILDS || within.length > MAX_DEPTH)
      return unchanged("everything (too many kustomizations)");
    const items = [...from.items];
    const keys = new Set(items.map(objectKey));
    const add = (more: readonly Item[], entry: string) => {
      for (const item of more) {
        const key = objectKey(item);
        // kustomize refuses an object that is there already, so what it would apply is not known.
        if (keys.has(key)) tell(`resources (${entry}, twice)`);
        else if (items.length === MAX_OBJECTS) return tell("resources (too many objects)");
        else {
          items.push(item);
          keys.add(key);
        }
      }
      return undefined;
    };
    const inner = [...within, folder];
    for (const entry of [...textsAt(fields, "resources"), ...textsAt(fields, "bases")]) {
      const place = isRemote(entry) ? undefined : pathIn(folder, entry);
      const manifests = place === undefined ? undefined : manifestsAt(place);
      if (place !== undefined && byFolder.has(place)) {
        const base = build(place, inner);
        for (const key of base.unevaluated) unevaluated.add(key);
        add(base.items, entry);
      } else if (manifests) add(manifests.map(itemOf), entry);
      else tell(`resources (${isRemote(entry) ? `remote ${shortAddress(entry)}` : entry})`);
    }
    let now: Build = { items, unevaluated };
    for (const entry of textsAt(fields, "components")) {
      const place = isRemote(entry) ? undefined : pathIn(folder, entry);
      if (place !== undefined && byFolder.has(place)) now = added(read(place), now, inner);
      else tell(`components (${shortAddress(entry)})`);
    }
    const patching = patched(now.items, patchesOf({ folder, fields }, texts));
    const rest = transformed(patching.items, fields);
    for (const key of [...patching.unevaluated, ...rest.unevaluated]) tell(key);
    for (const key of UNEVALUATED) if (fields[key] !== undefined) tell(key);
    if (!transformersOf(fields, folder, texts).every(isMark)) tell("transformers");
    if (textsAt(fields, "configurations").some((entry) => !isHarmless(pathIn(folder, entry), texts)))
      tell("configurations");
    if (replacementsOf(k, texts)) tell("replacements");
    return { items: rest.items, unevaluated: new Set([...now.unevaluated, ...unevaluated]) };
  };

  const manifestsAt = (path: string) => {
    const file = texts.get(path);
    return file && manifestsIn(file);
  };

  return {
    read,
    environment: (folder) => {
      const { items, unevaluated } = build(folder, []);
      return { manifests: items.map(({ manifest }) => manifest), unevaluated: [...unevaluated] };
    },
  };
}

function kustomizationOf(
  folder: string,
  file: SourceFile,
  byFolder: ReadonlyMap<string, SourceFile>,
): Kustomization {
  const documents = documentsIn(file);
  const fields = documents === undefined ? undefined : (documents[0] ?? {});
  const taken = ["resources", "bases", "components"].flatMap((key) => textsAt(fields ?? {}, key));
  return {
    folder,
    path: file.path,
    fields,
    isComponent: fields?.kind === "Component",
    // Files of generators may be given as `key=path`.
    names: textsWithin(fields, 0).flatMap((text) => pathIn(folder, text.slice(text.indexOf("=") + 1)) ?? []),
    folders: taken.flatMap((entry) => pathIn(folder, entry) ?? []).filter((place) => byFolder.has(place)),
  };
}

const nothingIn = (folder: string): Kustomization => ({
  folder,
  path: folder,
  fields: {},
  isComponent: false,
  names: [],
  folders: [],
});

/** Every text of one line within a value. */
function textsWithin(value: unknown, depth: number): string[] {
  if (typeof value === "string") return value.includes("\n") ? [] : [value];
  if (typeof value !== "object" || value === null || depth > MAX_NESTING) return [];
  return Object.values(value).flatMap((inner) => textsWithin(inner, depth + 1));
}

/** An address instead of a path (docs of kustomize: "remote targets"). */
const isRemote = (entry: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\/|^git@|^git::|^(?:github|gitlab)\.com\/|^bitbucket\.org\/|[?&]ref=/.test(entry);

const MAX_ADDRESS = 80;

/** An address without what a person may have put before the host, and cut. */
const shortAddress = (entry: string): string => {
  const plain = entry.replace(/\/\/[^/@]{0,200}@/, "//");
  return plain.length > MAX_ADDRESS ? `${plain.slice(0, MAX_ADDRESS)}…` : plain;
};

/** Parts of a configuration that no figure depends on: which fields hold names, labels and variables. */
const HARMLESS =
  /^(?:nameReference|namespace|varReference|namePrefix|nameSuffix|labels|common(?:Labels|Annotations))$/;

function isHarmless(path: string | undefined, texts: ReadonlyMap<string, SourceFile>): boolean {
  const file = path === undefined ? undefined : texts.get(path);
  const documents = file && documentsIn(file);
  return documents?.every((fields) => Object.keys(fields).every((key) => HARMLESS.test(key))) ?? false;
}

/** The transformers of a kustomization, of which a text is the path of a file or a whole one. Null for what is neither. */
function transformersOf(
  fields: Fields,
  folder: string,
  texts: ReadonlyMap<string, SourceFile>,
): readonly (Fields | null)[] {
  if (fields.transformers === undefined) return [];
  if (!Array.isArray(fields.transformers)) return [null];
  return fields.transformers.flatMap((entry: unknown) => {
    if (typeof entry !== "string") return [null];
    const path = pathIn(folder, entry);
    const file = entry.includes("\n") ? { path: folder, text: entry } : path && texts.get(path);
    return (file && documentsIn(file)) || [null];
  });
}

/** Whether a transformer only sets labels or annotations, on which no figure depends (docs: "Built-in transformers"). */
const isMark = (transformer: Fields | null): boolean =>
  transformer?.apiVersion === "builtin" &&
  (transformer.kind === "LabelTransformer" || transformer.kind === "AnnotationsTransformer");

/** Fields on which a figure depends, in the paths of replacements. */
const FIGURES = /replicas|resources|limits|requests|image|containers|scale|spec"/i;

/** Whether replacements of a kustomization can reach a field that is computed. */
function replacementsOf({ folder, fields }: Kustomization, texts: ReadonlyMap<string, SourceFile>): boolean {
  return listAt(fields, "replacements").some((one) => {
    if (typeof one.path !== "string") return reaches(one);
    const file = texts.get(pathIn(folder, one.path) ?? "");
    return file === undefined || FIGURES.test(file.text);
  });
}

const reaches = (replacement: Fields): boolean =>
  listAt(replacement, "targets").some((target) => FIGURES.test(JSON.stringify(target.fieldPaths ?? "")));
