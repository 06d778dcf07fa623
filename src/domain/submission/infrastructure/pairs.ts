import type { Pair } from "./requested.ts";
import { isUnchanged, uncertain, type Workload } from "./workloads.ts";

/** Workloads that occur more than once. */
type Paired = {
  readonly pairs: readonly Pair[];
  readonly repeated: readonly string[];
  /** Those that stand in several folders, in words. */
  readonly environments: readonly string[];
};

/**
 * Workloads of both sides put together by environment, namespace, kind and name; what is left then by less of that. The
 * same workload in several folders is one of several environments, because a cluster holds it once.
 */
export function pairsOf(before: readonly Workload[], after: readonly Workload[]): Paired {
  const inSeveral = [...inFolders(before), ...inFolders(after)];
  const apart = new Set(inSeveral.map(keyOf));
  const place = (w: Workload): Workload =>
    apart.has(keyOf(w)) && w.environment === "" ? { ...w, environment: folderOf(w.path) } : w;
  const [old, now] = [oncePerKey(before.map(place)), oncePerKey(after.map(place))];
  const keys = [...new Set([...old.byKey.keys(), ...now.byKey.keys()])];
  const pairs = keys.map((key): Pair => ({ before: old.byKey.get(key), after: now.byKey.get(key) }));
  return {
    pairs: withMoved(pairs),
    repeated: [...new Set([...old.repeated, ...now.repeated])],
    environments: inSeveralFolders([...new Set(inSeveral.map(({ kind, name }) => `${kind} ${name}`))]),
  };
}

const MAX_NAMED = 5;

/** One remark for one, and one for several. */
function inSeveralFolders([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  if (others.length === 0)
    return [`${first} stands in several folders, each taken for an environment of its own`];
  const names = [first, ...others].slice(0, MAX_NAMED).join(", ");
  const more = others.length + 1 - MAX_NAMED;
  const all = more > 0 ? `${names} and ${more} more` : names;
  return [`each folder is taken for an environment of its own, for ${all} stand in several`];
}

const keyOf = ({ environment, namespace, kind, name }: Workload): string =>
  JSON.stringify([environment, namespace, kind, name]);
const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");

/** Workloads of plain manifests that stand in more than one folder, each once. */
function inFolders(workloads: readonly Workload[]): Workload[] {
  const plain = workloads.filter(({ environment }) => environment === "");
  return [...grouped(plain, keyOf).values()].flatMap(([first, ...others]) =>
    first && others.some((w) => folderOf(w.path) !== folderOf(first.path)) ? [first] : [],
  );
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

/**
 * What is gone on one side and new on the other, and is the same workload all the same: of another kind, or moved to
 * another environment or namespace.
 */
function withMoved(pairs: readonly Pair[]): Pair[] {
  const whole = pairs.filter(({ before, after }) => before && after);
  let gone = pairs.flatMap(({ before, after }) => (before && !after ? [before] : []));
  let fresh = pairs.flatMap(({ before, after }) => (after && !before ? [after] : []));
  const join = (labelOf: (w: Workload) => string, isOnlyOne: boolean) => {
    const [from, to] = [grouped(gone, labelOf), grouped(fresh, labelOf)];
    const joined = [...from].flatMap(([place, old]) => {
      const now = to.get(place) ?? [];
      if (isOnlyOne && (old.length > 1 || now.length > 1)) return [];
      return old.slice(0, now.length).map((before, n) => ({ before, after: now[n] }));
    });
    const taken = new Set(joined.flatMap(({ before, after }) => [before, after]));
    whole.push(...joined);
    gone = gone.filter((w) => !taken.has(w));
    fresh = fresh.filter((w) => !taken.has(w));
  };
  join(({ environment, namespace, name }) => JSON.stringify([environment, namespace, name]), true);
  join(({ kind, name }) => JSON.stringify([kind, name]), false);
  join(({ name }) => name, true);
  return [
    ...whole,
    ...gone.map((before) => ({ before, after: undefined })),
    ...fresh.map((after) => ({ before: undefined, after })),
  ];
}

function grouped(workloads: readonly Workload[], labelOf: (w: Workload) => string): Map<string, Workload[]> {
  const groups = new Map<string, Workload[]>();
  for (const workload of workloads) {
    const place = labelOf(workload);
    groups.set(place, [...(groups.get(place) ?? []), workload]);
  }
  return groups;
}
