/** A file that differs, before any content is read. */
export type Entry = {
  readonly path: string;
  /** Its name before. Undefined unless it was renamed. */
  readonly from: string | undefined;
  /** git's letter. */
  readonly status: string;
  readonly modes: readonly [before: string, after: string];
  /** The objects before and after. All zeros on a side where there is none. */
  readonly ids: readonly [before: string, after: string];
  /** Those of them that are contents of files, and not submodules. */
  readonly blobs: readonly string[];
};

/** Lines added and removed. A binary file has none. */
export type Lines = { readonly added: number; readonly removed: number; readonly binary: boolean };

export const isNone = (id: string): boolean => /^0+$/.test(id);

/** The list at the start of what `git diff --raw -z` prints, and what follows it. */
export function entriesIn(raw: string): { entries: Entry[]; rest: readonly string[] } {
  const parts = raw.split("\0");
  const entries: Entry[] = [];
  let n = 0;
  while (parts[n]?.startsWith(":")) {
    const [mode = "", newMode = "", id = "", newId = "", status = "M"] = (parts[n] ?? "").slice(1).split(" ");
    const letter = status.charAt(0);
    const isTwo = letter === "R" || letter === "C";
    const [first = "", second = ""] = parts.slice(n + 1, n + 3);
    const [modes, ids] = [[mode, newMode] as const, [id, newId] as const];
    entries.push({
      path: isTwo ? second : first,
      from: isTwo ? first : undefined,
      status: letter,
      modes,
      ids,
      blobs: ids.filter((one, side) => modes[side] !== "160000" && !isNone(one)),
    });
    n += isTwo ? 3 : 2;
  }
  return { entries, rest: parts.slice(n) };
}

/** The line counts that `--numstat -z` prints, by path. For a rename, both names follow the counts. */
export function linesByPath(parts: readonly string[]): Map<string, Lines> {
  const lines = new Map<string, Lines>();
  for (let n = 0; n < parts.length; n += 1) {
    const [, added = "", removed = "", path = ""] =
      /^(\d+|-)\t(\d+|-)\t([\s\S]*)$/.exec(parts[n] ?? "") ?? [];
    if (removed === "") continue;
    const name = path === "" ? (parts[n + 2] ?? "") : path;
    if (path === "") n += 2;
    lines.set(name, { added: Number(added) || 0, removed: Number(removed) || 0, binary: added === "-" });
  }
  return lines;
}
