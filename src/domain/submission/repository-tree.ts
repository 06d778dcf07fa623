import { plainLine } from "../untrusted.ts";
import type { TreeFacts } from "./facts.ts";
import type { FileKinds } from "./file-kinds.ts";
import type { SourceFile } from "./infrastructure/manifests.ts";
import { bringsPointer } from "./pointers.ts";
import type { ChangedFile, TreeEntry } from "./snapshot.ts";
import { languageOf } from "./source/languages.ts";

/** A file of more bytes is named, because it makes a clone slow. */
export const LARGE_BYTES = 1_000_000;
const MAX_PATHS_LISTED = 100;

/** @param isWhole whether every entry of the repository is on the list. */
export function treeFacts(
  tree: readonly TreeEntry[],
  files: readonly ChangedFile[],
  gone: readonly TreeEntry[],
  isWhole: boolean,
): TreeFacts {
  const some = (entries: readonly { path: string }[]) => [
    ...entries.slice(0, MAX_PATHS_LISTED).map((e) => plainLine(e.path)),
    ...(entries.length > MAX_PATHS_LISTED ? [`and ${entries.length - MAX_PATHS_LISTED} more`] : []),
  ];
  const isLarge = ({ bytes = 0 }: TreeEntry) => bytes > LARGE_BYTES;
  const atHead = new Set(tree.map(({ path }) => path));
  const left = [...new Set(gone.map(({ path }) => path))].map((path) => ({
    path: `${path} (${atHead.has(path) ? "another version" : "gone at the head and"} still in the history)`,
  }));
  const blobs = tree.filter((entry) => entry.mode !== "160000" && entry.mode !== "040000");
  return {
    files: isWhole ? blobs.length : null,
    symbolic_links: some(tree.filter((entry) => entry.mode === "120000")),
    submodules: some(tree.filter((entry) => entry.mode === "160000")),
    lfs_pointers: some(files.filter((file) => bringsPointer(file.patch ?? ""))),
    large_files: some([...blobs.filter(isLarge), ...left]),
    colliding_names: some(collisions(blobs)),
  };
}

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

/** The largest file that is read whole, and the most of all together, each changed file counted on both sides. */
const MAX_READ_BYTES = 2_000_000;
const MAX_ALL_BYTES = 40_000_000;

/** The path of a file before and after the change. Undefined on a side where it does not exist. */
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
  readonly fileKinds: Pick<FileKinds, "isReadWhole" | "mayBeManifest">;
};

/** JSON that is a manifest only by its content. Larger ones are data. */
const MAX_JSON_BYTES = 200_000;
const MAX_UNCHANGED_JSON = 300;

const MAYBE = 0.5;

/** In this order they are read, as long as there is room: what would run, tests, and what else was changed in code. */
const rankOf = (path: string, { isReadWhole, mayBeManifest }: Choice["fileKinds"]): number | undefined => {
  if (isReadWhole(path)) return 0;
  if (mayBeManifest(path)) return MAYBE;
  if (languageOf(path) === undefined) return undefined;
  return /test|spec/i.test(path) ? 1 : 2;
};

/**
 * Which files to read whole: manifests and pipelines, changed or not, and changed sources, in the order of what is computed
 * from them, changed ones first.
 * @param most the most texts to read. A changed file is read on both sides or not at all, because one side alone would
 *   mislead.
 */
export function filesToRead({ tree, files, fileKinds }: Choice, most: number): ToRead {
  const sizes = new Map(tree.filter(({ mode }) => mode.startsWith("100")).map((e) => [e.path, e.bytes ?? 0]));
  // The tree's list may be incomplete, so a changed file that is not on it is read as well.
  const listed = new Set(tree.map((e) => e.path));
  const touched = files
    .map((file) => ({
      file,
      rank: rankOf(file.path, fileKinds) ?? rankOf(file.previousPath ?? "", fileKinds),
    }))
    .filter(({ file, rank }) => rank !== undefined && (sizes.has(file.path) || !listed.has(file.path)))
    // What the difference says whole: a binary file has no text, and one that was added or removed is its difference.
    .filter(
      ({ file, rank }) =>
        rank === 0 || rank === MAYBE || (!file.binary && !isSame(file) && !isItsDifference(file)),
    )
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  let room = most;
  let bytes = MAX_ALL_BYTES;
  const fits = (path: string | undefined, texts: number): boolean => {
    const size = sizes.get(path ?? "") ?? 0;
    if (size > MAX_READ_BYTES || texts > room || size * texts > bytes) return false;
    room -= texts;
    bytes -= size * texts;
    return true;
  };
  const changed: Sides[] = [];
  const left: string[] = [];
  for (const { file, rank } of touched) {
    if (rank === MAYBE && (sizes.get(file.path) ?? 0) > MAX_JSON_BYTES) continue;
    const sides: Sides = {
      before: file.status === "added" ? undefined : (file.previousPath ?? file.path),
      after: file.status === "removed" ? undefined : file.path,
    };
    const isRead = fits(file.path, Number(sides.before !== undefined) + Number(sides.after !== undefined));
    if (isRead) changed.push(sides);
    else if (rank !== MAYBE) left.push(nameOf(sides));
  }
  const touchedPaths = new Set(touched.map(({ file }) => file.path));
  const unchanged: string[] = [];
  const maybe: string[] = [];
  for (const path of sizes.keys()) {
    if (touchedPaths.has(path)) continue;
    if (!fileKinds.isReadWhole(path)) {
      if (fileKinds.mayBeManifest(path) && (sizes.get(path) ?? 0) <= MAX_JSON_BYTES) maybe.push(path);
    } else if (fits(path, 1)) unchanged.push(path);
    else left.push(path);
  }
  const elsewhere = maybe.slice(0, MAX_UNCHANGED_JSON).filter((path) => fits(path, 1));
  return { changed, unchanged: [...unchanged, ...elsewhere], left };
}

/** Whether a file is as it was. A file of tests under another name may not be collected any more. */
const isSame = ({ patch, previousPath }: ChangedFile): boolean =>
  patch === "" && !/test|spec/i.test(previousPath ?? "");

const isItsDifference = ({ status, patch }: ChangedFile): boolean =>
  (status === "added" || status === "removed") && patch !== undefined;

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
