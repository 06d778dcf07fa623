import { isInChart } from "./charts.ts";
import { buildOf, isKustomization, type Kustomization } from "./kustomization.ts";
import { folderOf } from "./kustomize-item.ts";
import { type Manifest, manifestsIn, type SourceFile } from "./manifests.ts";

/** What would be applied together, with what of it could not be applied exactly, as `KEY in PATH`. */
export type Environment = {
  /** The folder of the kustomization (`.` at the root). Empty for plain manifests outside any kustomization. */
  readonly name: string;
  readonly manifests: readonly Manifest[];
  readonly unevaluated: readonly string[];
};

export type Environments = {
  readonly environments: readonly Environment[];
  /** Files beneath a kustomization's folder that no kustomization names. They would not be applied. */
  readonly notApplied: readonly string[];
};

/**
 * The environments of a repository: one for each kustomization that no other names, and one for plain manifests.
 * Kustomizations are applied as `kustomize build` does (docs: "Kustomization file", order of built-in transformers).
 */
export function environmentsOf(files: readonly SourceFile[]): Environments {
  const inChart = isInChart(files);
  const given = files.filter(({ path }) => /\.(?:ya?ml|json)$|(?:^|\/)Kustomization$/.test(path));
  const own = given.filter(({ path }) => !inChart(path) && !/(?:^|\/)\.github\//.test(path));
  const byFolder = new Map(own.filter(isKustomization).map((file) => [folderOf(file.path), file]));
  const texts = new Map(files.map((file) => [file.path, file]));
  const build = buildOf(byFolder, texts);
  const kustomizations = [...byFolder.keys()].map(build.read);
  const roots = rootsOf(kustomizations);
  const named = new Set(kustomizations.flatMap(({ names }) => names));
  const unreadable = new Set(kustomizations.filter((k) => k.fields === undefined).map((k) => k.folder));
  const others = own.filter((file) => !isKustomization(file) && !named.has(file.path));
  const beneath = (path: string) => folderAbove(path, byFolder);
  const plain = others.filter(({ path }) => beneath(path) === undefined);
  const idle = kustomizations.filter((k) => k.isComponent && roots.includes(k));
  return {
    environments: [
      ...roots
        .filter((k) => !k.isComponent)
        .map(({ folder }) => ({ name: folder === "" ? "." : folder, ...build.environment(folder) })),
      ...(plain.length === 0
        ? []
        : [{ name: "", manifests: plain.flatMap((file) => manifestsIn(file) ?? []), unevaluated: [] }]),
    ],
    notApplied: [
      // Nothing is known of what an unreadable kustomization names, so its files are not told as left out.
      ...others.filter((file) => {
        const folder = beneath(file.path);
        return folder !== undefined && !unreadable.has(folder) && manifestsIn(file)?.length !== 0;
      }),
      ...idle.flatMap(({ names }) => names.flatMap((path) => texts.get(path) ?? [])),
    ].map(({ path }) => path),
  };
}

/** Kustomizations that no other names, and one of each circle of them. */
function rootsOf(all: readonly Kustomization[]): Kustomization[] {
  const byFolder = new Map(all.map((k) => [k.folder, k]));
  const named = new Set(all.flatMap((k) => k.folders.filter((folder) => folder !== k.folder)));
  const reached = new Set<string>();
  const reach = (from: string) => {
    const waiting = [from];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      if (reached.has(folder)) continue;
      reached.add(folder);
      waiting.push(...(byFolder.get(folder)?.folders ?? []));
    }
  };
  const roots = all.filter(({ folder }) => !named.has(folder));
  for (const { folder } of roots) reach(folder);
  for (const k of all) {
    if (reached.has(k.folder)) continue;
    roots.push(k);
    reach(k.folder);
  }
  return roots;
}

/** The nearest folder with a kustomization that holds a file. One at the root holds only the files beside it. */
function folderAbove(path: string, folders: ReadonlyMap<string, unknown>): string | undefined {
  const parts = folderOf(path).split("/");
  for (let length = parts.length; length > 0; length -= 1) {
    const folder = parts.slice(0, length).join("/");
    if (folders.has(folder)) return folder;
  }
  return undefined;
}
