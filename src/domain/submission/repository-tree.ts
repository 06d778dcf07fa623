import { plainLine } from "../untrusted.ts";
import type { TreeFacts } from "./facts.ts";
import type { SourceFile } from "./infrastructure/manifests.ts";
import type { ChangedFile, TreeEntry } from "./snapshot.ts";

const LARGE_BYTES = 1_000_000;
const MAX_PATHS_LISTED = 100;
const LFS = /^version https:\/\/git-lfs\.github\.com\/spec\//;

/** @param isWhole whether every entry of the repository is on the list. */
export function treeFacts(
  tree: readonly TreeEntry[],
  files: readonly ChangedFile[],
  isWhole: boolean,
): TreeFacts {
  const some = (entries: readonly { path: string }[]) => [
    ...entries.slice(0, MAX_PATHS_LISTED).map((e) => plainLine(e.path)),
    ...(entries.length > MAX_PATHS_LISTED ? [`and ${entries.length - MAX_PATHS_LISTED} more`] : []),
  ];
  const blobs = tree.filter((entry) => entry.mode !== "160000" && entry.mode !== "040000");
  return {
    files: isWhole ? blobs.length : null,
    symbolic_links: some(tree.filter((entry) => entry.mode === "120000")),
    submodules: some(tree.filter((entry) => entry.mode === "160000")),
    lfs_pointers: some(files.filter((file) => addsPointer(file.patch ?? ""))),
    large_files: some(blobs.filter((entry) => (entry.bytes ?? 0) > LARGE_BYTES)),
    colliding_names: some(collisions(blobs)),
  };
}

const addsPointer = (patch: string): boolean =>
  patch.split("\n").some((line) => line.startsWith("+") && LFS.test(line.slice(1)));

/** Names that are equal on a disk that ignores case or composes characters. */
function collisions(entries: readonly TreeEntry[]): TreeEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ path }) => {
    const folded = path.normalize("NFC").toLowerCase();
    const met = seen.has(folded);
    seen.add(folded);
    return met;
  });
}

const MAX_READ_BYTES = 256_000;

/** The path of a manifest or pipeline before and after the change. Undefined on a side where it does not exist. */
type Sides = { readonly before: string | undefined; readonly after: string | undefined };

/**
 * Files to read whole: changed ones on both sides, unchanged ones once. `left` are those that exceed a limit.
 */
export type ToRead = {
  readonly changed: readonly Sides[];
  readonly unchanged: readonly string[];
  readonly left: readonly string[];
};

const nameOf = ({ before, after }: Sides): string => after ?? before ?? "";

type Choice = {
  readonly tree: readonly TreeEntry[];
  readonly files: readonly ChangedFile[];
  readonly isReadWhole: (path: string) => boolean;
};

/**
 * Which manifests and pipelines to read, changed ones first.
 * @param most the most texts to read. A changed file is read on both sides or not at all, because one side alone would
 *   mislead.
 */
export function filesToRead({ tree, files, isReadWhole }: Choice, most: number): ToRead {
  const wanted = tree.filter((e) => isReadWhole(e.path) && e.mode.startsWith("100"));
  const isSmall = (e: TreeEntry) => (e.bytes ?? 0) <= MAX_READ_BYTES;
  const readable = new Set(wanted.filter(isSmall).map((e) => e.path));
  const large = wanted.filter((e) => !isSmall(e)).map((e) => e.path);
  // The tree's list may be incomplete, so a changed manifest that is not on it is read as well.
  const listed = new Set(tree.map((e) => e.path));
  const touched = files.filter((f) => readable.has(f.path) || (isReadWhole(f.path) && !listed.has(f.path)));
  const sides = touched.map(
    (file): Sides => ({
      before: file.status === "added" ? undefined : (file.previousPath ?? file.path),
      after: file.status === "removed" ? undefined : file.path,
    }),
  );
  let room = most;
  const changed = sides.filter(({ before, after }) => {
    const cost = Number(before !== undefined) + Number(after !== undefined);
    if (cost > room) return false;
    room -= cost;
    return true;
  });
  const touchedPaths = new Set(touched.map((file) => file.path));
  const others = [...readable].filter((path) => !touchedPaths.has(path));
  const unchanged = others.slice(0, room);
  const left = sides.filter((side) => !changed.includes(side)).map(nameOf);
  return { changed, unchanged, left: [...large, ...left, ...others.slice(room)] };
}

/**
 * The texts that were read, by side. An unchanged file is on both sides. A file that could not be read is left out of
 * both, and is named in `unread`.
 */
export function sidesOf(
  { changed, unchanged, left }: ToRead,
  textBefore: ReadonlyMap<string, string>,
  textAfter: ReadonlyMap<string, string>,
): { before: SourceFile[]; after: SourceFile[]; unread: string[] } {
  const file = (path: string | undefined, texts: ReadonlyMap<string, string>): SourceFile[] => {
    const text = path === undefined ? undefined : texts.get(path);
    return path === undefined || text === undefined ? [] : [{ path, text }];
  };
  const isRead = ({ before, after }: Sides) =>
    (before === undefined || textBefore.has(before)) && (after === undefined || textAfter.has(after));
  const whole = changed.filter(isRead);
  const same = unchanged.flatMap((path) => file(path, textAfter));
  return {
    unread: [
      ...left,
      ...changed.filter((sides) => !isRead(sides)).map(nameOf),
      ...unchanged.filter((path) => !textAfter.has(path)),
    ],
    before: [...whole.flatMap(({ before }) => file(before, textBefore)), ...same],
    after: [...whole.flatMap(({ after }) => file(after, textAfter)), ...same],
  };
}
