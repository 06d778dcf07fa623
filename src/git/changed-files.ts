import type { ChangedFile } from "../domain/submission/snapshot.ts";
import type { Git } from "./git.ts";

/**
 * Options that stop git from running diff programs named by the repository. Renames are detected as git does by
 * default.
 */
const PLAIN = ["--no-ext-diff", "--no-textconv", "-M"];

const STATUS: Record<string, ChangedFile["status"]> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
};

/** Every file that differs between two commits, with its line counts and its diff, in git's order. */
export async function changedFiles(git: Git, base: string, head: string): Promise<ChangedFile[]> {
  const [raw, counts, text] = await Promise.all([
    git("diff", "--raw", "-z", "--no-abbrev", ...PLAIN, base, head),
    git("diff", "--numstat", "-z", ...PLAIN, base, head),
    git("diff", "--no-color", "--src-prefix=a/", "--dst-prefix=b/", ...PLAIN, base, head),
  ]);
  const [lines, patches] = [countsIn(counts), patchesIn(text)];
  return entriesIn(raw).map(({ letter, names }, n) => {
    const path = names.at(-1) ?? "";
    return {
      path,
      previousPath: names.length === 2 ? names[0] : undefined,
      status: STATUS[letter] ?? "other",
      ...(lines.get(path) ?? { added: 0, removed: 0, binary: false }),
      patch: patches[n],
    };
  });
}

function entriesIn(raw: string): { letter: string; names: string[] }[] {
  const parts = raw.split("\0");
  const entries: { letter: string; names: string[] }[] = [];
  for (let n = 0; parts[n]?.startsWith(":"); ) {
    const letter = parts[n]?.split(" ")[4]?.charAt(0) ?? "M";
    const names = parts.slice(n + 1, letter === "R" || letter === "C" ? n + 3 : n + 2);
    n += 1 + names.length;
    entries.push({ letter, names });
  }
  return entries;
}

/** Lines added and removed, by path. Git prints `-` for a binary file. For a rename, both names follow the counts. */
function countsIn(counts: string): Map<string, Pick<ChangedFile, "added" | "removed" | "binary">> {
  const countsByPath = new Map<string, Pick<ChangedFile, "added" | "removed" | "binary">>();
  const parts = counts.split("\0");
  for (let n = 0; n < parts.length; n += 1) {
    const [added = "", removed = "", path = ""] = parts[n]?.split("\t") ?? [];
    if (removed === "") continue;
    const renamed = path === "";
    const name = renamed ? (parts[n + 2] ?? "") : path;
    if (renamed) n += 2;
    countsByPath.set(name, {
      added: Number(added) || 0,
      removed: Number(removed) || 0,
      binary: added === "-",
    });
  }
  return countsByPath;
}

/** The diff of each file, from its first hunk on. Undefined for a binary file, or when only the name changed. */
function patchesIn(text: string): (string | undefined)[] {
  return text
    .split(/^diff --git /m)
    .slice(1)
    .map((part) => {
      const hunk = part.search(/^@@ /m);
      return hunk < 0 ? undefined : part.slice(hunk).trimEnd();
    });
}
