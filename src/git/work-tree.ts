import { pluralize } from "../domain/pluralize.ts";
import type { TreeEntry } from "../domain/submission/snapshot.ts";
import type { Git } from "./git.ts";

const MAX_FILES = 20_000;
const MAX_BYTES = 300_000_000;
const MAX_NAMED = 3;
const MAX_NAME_CHARS = 100;
const MAX_STATUS_BYTES = 4_000_000;
const STATUS = [
  "status",
  "--porcelain=v1",
  "-z",
  "--no-renames",
  "--ignore-submodules=all",
  "--untracked-files=normal",
];

/** Folders and files that tools make, and that are no work of anybody. */
const BY_TOOLS = new Set([
  ...["node_modules", "__pycache__", ".venv", "venv", ".idea", ".vscode", ".DS_Store"],
  ...[".pytest_cache", ".mypy_cache", ".ruff_cache", ".ipynb_checkpoints"],
]);
const isByTools = (path: string): boolean => path.split("/").some((name) => BY_TOOLS.has(name));

/**
 * What a work tree holds that its commit does not, in our own words. git compares it by an index of our own with only
 * our configuration, so it runs no hook, filter or monitor; links are compared by their target and not followed.
 * @param isSparse whether files that are not there may never have been checked out.
 */
export async function workTreeBeside(
  git: Git,
  workTree: string,
  tree: readonly TreeEntry[],
  isSparse: boolean,
): Promise<string[]> {
  const bytes = tree.reduce((sum, entry) => sum + (entry.bytes ?? 0), 0);
  if (tree.length > MAX_FILES || bytes > MAX_BYTES)
    return ["whether the working tree holds changes is not known, because it is too large to be compared"];
  const own = git.at(workTree);
  await own("read-tree", "HEAD");
  const { bytes: printed, failed, cut } = await own.output(STATUS, { mostBytes: MAX_STATUS_BYTES });
  if (failed || cut)
    return ["whether the working tree holds changes is not known, because git could not compare it"];
  const lines = printed.toString("utf8").split("\0").slice(0, -1);
  const isLink = new Set(tree.filter(({ mode }) => mode === "120000").map(({ path }) => path));
  const pathsWith = (marks: RegExp) => lines.filter((line) => marks.test(line)).map((line) => line.slice(3));
  const deleted = pathsWith(/^.D /);
  const blobs = tree.filter(({ mode }) => mode !== "160000").length;
  // Nothing is checked out in a clone made without a checkout.
  const gone = isSparse || deleted.length === blobs ? [] : deleted;
  // Where the system has no links, they are checked out as files.
  const modified = pathsWith(/^.[MT] /).filter((path) => !isLink.has(path));
  const untracked = pathsWith(/^\?\? /).filter((path) => !isByTools(path));
  const counts = [
    modified.length > 0 && `${modified.length} modified`,
    untracked.length > 0 && `${untracked.length} not tracked`,
    gone.length > 0 && `${gone.length} removed`,
  ].filter((count) => typeof count === "string");
  if (counts.length === 0) return [];
  const paths = [...modified, ...untracked, ...gone];
  const names = paths.slice(0, MAX_NAMED).map((path) => path.slice(0, MAX_NAME_CHARS));
  const more = paths.length > MAX_NAMED ? [`and ${paths.length - MAX_NAMED} more`] : [];
  return [
    `the working tree holds changes that were not read, because they are not committed: ${counts.join(", ")} ` +
      `of ${pluralize(paths.length, "file")} (${[...names, ...more].join(", ")})`,
  ];
}
