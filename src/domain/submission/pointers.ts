import { pluralize } from "../pluralize.ts";
import type { ChangedFile, TreeEntry } from "./snapshot.ts";

const SUBMODULE = /^[+-]Subproject commit ([0-9a-f]{40})$/;
const LFS_VERSION = /^[+ ]version https:\/\/git-lfs\.github\.com\/spec\//;
const LFS_OID = /^\+oid [a-z0-9]{1,20}:[0-9a-f]{16,128}$/;
const LFS_SIZE = /^\+size (\d{1,15})$/;
const MAX_NAMED = 20;

/**
 * Changed files that only point to something else, which was not read: submodules, and pointers of Git LFS (by its
 * specification, a text that begins with `version` and holds `oid` and `size`).
 */
export function pointersIn(files: readonly ChangedFile[], tree: readonly TreeEntry[]): string[] {
  const submodules = new Set(tree.filter(({ mode }) => mode === "160000").map(({ path }) => path));
  const texts = files.flatMap((file) => submoduleText(file, submodules) ?? lfsText(file) ?? []);
  const more = texts.length - MAX_NAMED;
  return more > 0
    ? [...texts.slice(0, MAX_NAMED), `${pluralize(more, "more pointer")} to what was not read`]
    : texts;
}

function submoduleText({ path, status, patch = "" }: ChangedFile, submodules: ReadonlySet<string>) {
  if (!submodules.has(path) && status !== "removed") return undefined;
  const lines = patch.split("\n").filter((line) => /^[+-]/.test(line));
  if (lines.length === 0 || !lines.every((line) => SUBMODULE.test(line))) return undefined;
  const shaOf = (mark: string) =>
    SUBMODULE.exec(lines.find((line) => line.startsWith(mark)) ?? "")?.[1]?.slice(0, 12);
  const [from, to] = [shaOf("-"), shaOf("+")];
  const did =
    from === undefined ? `added at ${to}` : to === undefined ? "removed" : `moved from ${from} to ${to}`;
  return `submodule ${path} was ${did}; what it holds was not read`;
}

/** Whether a difference brings a pointer of Git LFS, or another one in its place. */
export function bringsPointer(patch: string): boolean {
  const lines = patch.split("\n");
  return lines.some((line) => LFS_VERSION.test(line)) && lines.some((line) => LFS_OID.test(line));
}

function lfsText({ path, patch = "" }: ChangedFile): string | undefined {
  if (!bringsPointer(patch)) return undefined;
  const lines = patch.split("\n");
  const size = lines.flatMap((line) => LFS_SIZE.exec(line)?.[1] ?? [])[0];
  const bytes = size === undefined ? "" : ` of ${pluralize(Number(size), "byte")}`;
  return `${path} is a Git LFS pointer; the file${bytes} that it stands for was not read`;
}
