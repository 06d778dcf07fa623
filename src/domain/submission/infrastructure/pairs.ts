import type { Pair } from "./requested.ts";
import { isUnchanged, uncertain, type Workload } from "./workloads.ts";

/** Workloads that occur more than once. */
type Paired = { readonly pairs: readonly Pair[]; readonly repeated: readonly string[] };

/**
 * Workloads of both sides put together: by environment, namespace, kind and name, and what is left then without the kind,
 * as a workload of the same name is the same one. The same workload in several folders is one of several environments,
 * because a cluster holds it once.
 */
export function pairsOf(before: readonly Workload[], after: readonly Workload[]): Paired {
  const apart = new Set([...inFolders(before), ...inFolders(after)]);
  const place = (w: Workload): Workload =>
    apart.has(keyOf(w)) && w.environment === "" ? { ...w, environment: folderOf(w.path) } : w;
  const [old, now] = [oncePerKey(before.map(place)), oncePerKey(after.map(place))];
  const keys = [...new Set([...old.byKey.keys(), ...now.byKey.keys()])];
  const pairs = keys.map((key): Pair => ({ before: old.byKey.get(key), after: now.byKey.get(key) }));
  return { pairs: withChangedKinds(pairs), repeated: [...new Set([...old.repeated, ...now.repeated])] };
}

const keyOf = ({ environment, namespace, kind, name }: Workload): string =>
  JSON.stringify([environment, namespace, kind, name]);
const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");

/** Keys of plain manifests that stand in more than one folder. */
function inFolders(workloads: readonly Workload[]): string[] {
  const folders = new Map<string, Set<string>>();
  for (const workload of workloads.filter(({ environment }) => environment === "")) {
    const key = keyOf(workload);
    folders.set(key, (folders.get(key) ?? new Set()).add(folderOf(workload.path)));
  }
  return [...folders].flatMap(([key, places]) => (places.size > 1 ? [key] : []));
}

/** One workload for each key. Where several differ, it is not known which of them counts. */
function oncePerKey(workloads: readonly Workload[]) {
  const byKey = new Map<string, Workload>();
  const repeated: string[] = [];
  for (const workload of workloads) {
    const key = keyOf(workload);
    const first = byKey.get(key);
    if (!first) {
      byKey.set(key, workload);
      continue;
    }
    const { kind, name, path } = workload;
    const where = first.path === path ? `twice in ${path}` : `in ${first.path} and ${path}`;
    repeated.push(`${kind} ${name} ${where}`);
    if (!isUnchanged(first, workload)) {
      const content = `${first.content}${workload.content}`;
      byKey.set(key, { ...uncertain(first, `${kind} ${name} stands differently ${where}`), content });
    }
  }
  return { byKey, repeated };
}

/** One that is gone and one that is new, of the same name and of another kind, are one workload whose kind changed. */
function withChangedKinds(pairs: readonly Pair[]): Pair[] {
  const gone = new Map<string, Workload[]>();
  const isNew = new Map<string, Workload[]>();
  for (const { before, after } of pairs) {
    if (before && !after) gone.set(placeOf(before), [...(gone.get(placeOf(before)) ?? []), before]);
    if (after && !before) isNew.set(placeOf(after), [...(isNew.get(placeOf(after)) ?? []), after]);
  }
  const partnerOf = (workload: Workload, from: Map<string, Workload[]>, to: Map<string, Workload[]>) => {
    const place = placeOf(workload);
    return from.get(place)?.length === 1 && to.get(place)?.length === 1 ? to.get(place)?.[0] : undefined;
  };
  return pairs.flatMap(({ before, after }): Pair[] => {
    if (before && after) return [{ before, after }];
    if (before) return [{ before, after: partnerOf(before, gone, isNew) }];
    return after && partnerOf(after, isNew, gone) ? [] : [{ before, after }];
  });
}

const placeOf = ({ environment, namespace, name }: Workload): string =>
  JSON.stringify([environment, namespace, name]);
