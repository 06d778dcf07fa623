import type { ChangedFile } from "../domain/submission/snapshot.ts";
import type { GitEntry, ListedFile, Tree } from "./parts.ts";

/** The SHA of a file without any content, by git's definition of a blob. */
const EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
/** GitHub counts the lines of every text up to this size; larger ones it may leave uncounted. */
const MAX_COUNTED_BYTES = 1_000_000;
const SUBMODULE = "160000";

type Trees = { readonly before: Tree | undefined; readonly after: Tree | undefined };

const STATUS: Record<string, ChangedFile["status"]> = {
  added: "added",
  removed: "removed",
  modified: "modified",
  renamed: "renamed",
};

/** Whether the tree at the start is needed to tell a binary file from one whose mode alone changed. */
export const needsStart = (listed: readonly ListedFile[]): boolean =>
  listed.some((file) => isSilent(file) && file.status !== "added" && file.sha !== EMPTY_BLOB);

/** Without a difference and without a line: a binary file, an empty one, or one whose mode alone changed. */
const isSilent = ({ patch, changes, status }: ListedFile): boolean =>
  patch === undefined && changes === 0 && status !== "renamed";

/** A changed file, as far as GitHub's list and the trees tell what it is. */
export function changedFile(file: ListedFile, trees: Trees): ChangedFile {
  const { filename: path, additions: added, deletions: removed } = file;
  const patch = file.patch !== undefined && isWhole(file.patch, added, removed) ? file.patch : undefined;
  const silent = isSilent(file) ? silentChange(file, trees) : {};
  return {
    path,
    previousPath: file.previous_filename,
    status: STATUS[file.status] ?? "other",
    added,
    removed,
    binary: false,
    patch: patch ?? (file.status === "renamed" && file.changes === 0 ? "" : undefined),
    ...silent,
  };
}

/** Whether a difference holds as many lines as GitHub counted. One that was cut holds fewer. */
function isWhole(patch: string, added: number, removed: number): boolean {
  const lines = patch.split("\n");
  const count = (mark: string) => lines.filter((line) => line.startsWith(mark)).length;
  return count("+") === added && count("-") === removed;
}

function silentChange(file: ListedFile, { before, after }: Trees): Partial<ChangedFile> {
  if (file.sha === EMPTY_BLOB) return { patch: "" };
  const [from, to] = [entryOf(before, file.filename), entryOf(after, file.filename)];
  if (from && to && from.sha === to.sha) return { patch: "" };
  const sides = file.status === "added" ? [to] : file.status === "removed" ? [from] : [from, to];
  // A text of that size would have been counted, so what has no line is binary.
  return sides.every((side) => side?.bytes !== undefined && side.bytes <= MAX_COUNTED_BYTES)
    ? { binary: true }
    : {};
}

const entryOf = (tree: Tree | undefined, path: string): GitEntry | undefined =>
  tree?.tree.find((entry) => entry.path === path);

/**
 * The files that differ between two whole trees and are not on GitHub's list. The lines that differ are not known,
 * except where none does. A file that was moved as it is is a rename; one that was changed as well counts as one added
 * and one removed.
 */
export function unlistedFiles(listed: readonly ListedFile[], before: Tree, after: Tree): ChangedFile[] {
  const known = new Set(listed.flatMap((file) => [file.filename, file.previous_filename ?? file.filename]));
  const [from, to] = [byPath(before), byPath(after)];
  const differs = (a: GitEntry, b: GitEntry | undefined) => a.sha !== b?.sha || a.mode !== b.mode;
  const gone = before.tree.filter(({ path }) => !to.has(path) && !known.has(path));
  const came = after.tree.filter((entry) => !known.has(entry.path) && differs(entry, from.get(entry.path)));
  const free = new Map<string, GitEntry[]>();
  for (const entry of gone) free.set(entry.sha, [...(free.get(entry.sha) ?? []), entry]);
  const moved = new Set<GitEntry>();
  const files = came.map((entry): ChangedFile => {
    const old = from.get(entry.path);
    if (old) return unknownLines(entry.path, "modified", old, entry);
    const source = entry.sha === EMPTY_BLOB ? undefined : free.get(entry.sha)?.shift();
    if (!source) return unknownLines(entry.path, "added", undefined, entry);
    moved.add(source);
    return { ...unknownLines(entry.path, "renamed", source, entry), previousPath: source.path };
  });
  const left = gone.filter((entry) => !moved.has(entry));
  return [...files, ...left.map((entry) => unknownLines(entry.path, "removed", entry, undefined))];
}

const byPath = ({ tree }: Tree): Map<string, GitEntry> => new Map(tree.map((entry) => [entry.path, entry]));

function unknownLines(
  path: string,
  status: ChangedFile["status"],
  from: GitEntry | undefined,
  to: GitEntry | undefined,
): ChangedFile {
  const sides = [from, to].filter((side) => side !== undefined);
  const bare = { path, previousPath: undefined, status, added: 0, removed: 0, binary: false };
  if (sides.every(({ sha }) => sha === EMPTY_BLOB) || (from && to && from.sha === to.sha))
    return { ...bare, patch: "" };
  if (!sides.every(({ mode }) => mode === SUBMODULE)) return { ...bare, patch: undefined };
  const line = (entry: GitEntry | undefined) => (entry ? `Subproject commit ${entry.sha}\n` : "");
  return { ...bare, ...betweenTexts(line(from), line(to)) };
}

/**
 * The difference between two texts of which one at most has several lines; in full where one of them is empty, which is
 * how a file is added and removed.
 */
function betweenTexts(before: string, after: string): Pick<ChangedFile, "added" | "removed" | "patch"> {
  const [gone, came] = [linesOf(before), linesOf(after)];
  const range = (lines: readonly string[]) => (lines.length === 0 ? "0,0" : `1,${lines.length}`);
  const side = (mark: string, lines: readonly string[], text: string) => [
    ...lines.map((line) => `${mark}${line}`),
    ...(text === "" || text.endsWith("\n") ? [] : ["\\ No newline at end of file"]),
  ];
  return {
    added: came.length,
    removed: gone.length,
    patch: [
      `@@ -${range(gone)} +${range(came)} @@`,
      ...side("-", gone, before),
      ...side("+", came, after),
    ].join("\n"),
  };
}

const linesOf = (text: string): string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));

/** Whether the lines of a file are known to differ and were not given. */
export const isUnread = ({ binary, patch }: ChangedFile): boolean => !binary && patch === undefined;

/** Whether it is known how many lines of a file differ. */
export const isCounted = ({ binary, patch, added, removed }: ChangedFile): boolean =>
  binary || patch !== undefined || added + removed > 0;

/** A file that was added or removed whole, with its difference made of its text. */
export const withText = (file: ChangedFile, text: string): ChangedFile => ({
  ...file,
  ...(file.status === "added" ? betweenTexts("", text) : betweenTexts(text, "")),
});
