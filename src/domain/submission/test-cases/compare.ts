import { checksNothing, lostChecks } from "./checks.ts";
import type { TestCase, TestFile } from "./words.ts";

/** The tests of one changed file on both sides. */
export type TestsOnSides = { readonly path: string; readonly before: TestFile; readonly after: TestFile };

type Placed = TestCase & { readonly path: string };
type Pair = { readonly was: Placed; readonly is: Placed };

/** What became of the test cases of some files. */
type Compared = {
  readonly added: readonly Placed[];
  readonly removed: readonly Placed[];
  readonly skipped: number;
  readonly focused: number;
  readonly emptied: number;
};

/**
 * Compares the cases of all changed files. A case is the same by its file and its names; one that left its file is
 * known again by its names, by its own name and body, or by a longer body alone, where that is unique.
 */
export function compareTests(files: readonly TestsOnSides[]): Compared {
  const placed = (side: "before" | "after") =>
    files.flatMap((file) => file[side].cases.map((one): Placed => ({ ...one, path: file.path })));
  const pairs: Pair[] = [];
  let removed = placed("before");
  let added = placed("after");
  const match = (keyOf: (one: Placed) => string | undefined, isUnique: boolean) => {
    const [was, is] = [grouped(removed, keyOf), grouped(added, keyOf)];
    const found = [...was].flatMap(([key, old]): Pair[] => {
      const now = is.get(key) ?? [];
      if (isUnique && (old.length > 1 || now.length > 1)) return [];
      return old.flatMap((one, n) => (now[n] ? [{ was: one, is: now[n] }] : []));
    });
    const gone = new Set(found.flatMap((pair) => [pair.was, pair.is]));
    pairs.push(...found);
    removed = removed.filter((one) => !gone.has(one));
    added = added.filter((one) => !gone.has(one));
  };
  match(({ path, id }) => keyOfCase(path, id), false);
  match(({ id }) => id, true);
  match(({ name, body }) => (body.length < SHORTEST_BODY ? undefined : `${name}\0${body}`), true);
  match(({ body }) => (body.length < LONG_BODY ? undefined : body), true);
  const moved = new Map(pairs.map(({ was, is }) => [keyOfCase(was.path, was.id), keyOfCase(is.path, is.id)]));
  return {
    added,
    removed,
    skipped: newMarks(files, "skips", moved),
    focused: newMarks(files, "focuses", moved),
    emptied:
      pairs.filter(({ was, is }) => lostChecks(was.checks, is.checks)).length +
      added.filter(({ checks }) => checksNothing(checks)).length,
  };
}

const keyOfCase = (path: string, id: string): string => `${path}\0${id}`;

/** A shorter body, such as `{}`, does not tell one case from another. */
const SHORTEST_BODY = 8;
/** One of this length tells it even under another name. */
const LONG_BODY = 12;

function grouped(cases: readonly Placed[], keyOf: (one: Placed) => string | undefined) {
  const groups = new Map<string, Placed[]>();
  for (const one of cases) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** How many marks were added where there were fewer before, at a case, a group or a file. */
function newMarks(
  files: readonly TestsOnSides[],
  kind: "skips" | "focuses",
  moved: ReadonlyMap<string, string>,
): number {
  const counts = new Map<string, number>();
  const add = (key: string, n: number) => counts.set(key, (counts.get(key) ?? 0) + n);
  for (const { path, before, after } of files) {
    for (const scope of before[kind]) add(moved.get(keyOfCase(path, scope)) ?? keyOfCase(path, scope), -1);
    for (const scope of after[kind]) add(keyOfCase(path, scope), 1);
  }
  return [...counts.values()].reduce((sum, n) => sum + Math.max(0, n), 0);
}
