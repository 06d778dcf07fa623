import { isUtf8 } from "node:buffer";
import type { ChangedFile } from "../domain/submission/snapshot.ts";
import { sizesOf } from "./blobs.ts";
import { type Entry, entriesIn, isNone, type Lines, linesByPath } from "./entries.ts";
import type { Git } from "./git.ts";
import { type Section, sectionsIn } from "./patches.ts";

/** Options that stop git from running diff programs named by the repository. */
export const PLAIN = ["--no-ext-diff", "--no-textconv", "--no-color", "-l1000"];
export const PATCH = ["-p", "--full-index", "--src-prefix=a/", "--dst-prefix=b/"];
/** Renames as git finds them by default, and those of which no content has to be read. */
const [RENAMES, EXACT_RENAMES] = ["-M", "-M100%"];

/** A larger file is not compared line by line. Its lines are still counted, up to the second limit. */
export const MAX_COMPARED_BYTES = 4_000_000;
const MAX_COUNTED_BYTES = 64_000_000;
const MAX_PATCH_BYTES = 48_000_000;
const MAX_PATHS_IN_ONE_CALL = 400;
/** git takes a file for binary when there is a NUL in its first bytes. */
const BYTES_THAT_TELL = 8_000;
const MAX_GUESSED = 20;
/** Stands for bytes that are no character. */
const NO_CHARACTER = "\ufffd";

/** The files of a change, and what of them was not read. */
export type Changes = {
  readonly files: readonly ChangedFile[];
  readonly entries: readonly Entry[];
  /** Files of which the clone does not hold a content that is needed. */
  readonly absent: readonly string[];
  /** Files that are too large to be compared. */
  readonly large: readonly string[];
  /** Texts that are not UTF-8: where they are not is marked in their differences. */
  readonly garbled: readonly string[];
  /** Whether the lines of every file are counted. */
  readonly isCounted: boolean;
};

const STATUS: Record<string, ChangedFile["status"]> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
};

const UNREAD: Lines = { added: 0, removed: 0, binary: false };

/** Every file that differs between two commits or trees, with its line counts and its diff, in git's order. */
export async function changedFiles(git: Git, base: string, head: string): Promise<Changes> {
  const listed = await git("diff", "--raw", "-z", "--no-abbrev", ...PLAIN, EXACT_RENAMES, base, head);
  const exact = entriesIn(listed).entries;
  const sizes = await sizesOf(
    git,
    exact.flatMap(({ blobs }) => blobs),
  );
  const isHere = ({ blobs }: Entry) => blobs.every((id) => sizes.has(id));
  const here = exact.filter(isHere);
  const change = [base, head];
  const compared =
    here.length === exact.length
      ? await compare(git, [RENAMES, ...change])
      : { ...(await compareEach(git, [EXACT_RENAMES, ...change], here)), entries: exact };
  const patches = patchesOf(compared.entries.filter(isHere), compared.sections);
  const sizeOf = ({ blobs }: Entry) => Math.max(0, ...blobs.map((id) => sizes.get(id) ?? 0));
  const uncounted = await textsAmong(
    git,
    compared.entries.filter((entry) => isHere(entry) && sizeOf(entry) > MAX_COUNTED_BYTES),
  );
  const read = compared.entries.map((entry) => {
    const isUncounted = !isHere(entry) || uncounted.has(entry);
    const lines = isUncounted ? UNREAD : (compared.lines.get(entry.path) ?? UNREAD);
    const isLarge = sizeOf(entry) > MAX_COMPARED_BYTES;
    const patch = lines.binary || isLarge ? undefined : patches.get(entry);
    return { entry, isUncounted, file: fileOf(entry, lines, patch) };
  });
  const isUnread = ({ patch, binary }: ChangedFile) => patch === undefined && !binary;
  const unread = read.filter(({ file }) => isUnread(file));
  return {
    files: read.map(({ file }) => file),
    entries: compared.entries,
    absent: unread.filter(({ entry }) => !isHere(entry)).map(({ file }) => file.path),
    large: unread.filter(({ entry }) => isHere(entry)).map(({ file }) => file.path),
    garbled: compared.isUtf8
      ? []
      : read.filter(({ file }) => file.patch?.includes(NO_CHARACTER)).map(({ file }) => file.path),
    isCounted: read.every(({ isUncounted }) => !isUncounted),
  };
}

const fileOf = ({ path, from, status }: Entry, lines: Lines, patch: string | undefined): ChangedFile => ({
  path,
  previousPath: from,
  status: STATUS[status] ?? "other",
  ...lines,
  patch,
});

type Compared = {
  readonly entries: readonly Entry[];
  readonly lines: ReadonlyMap<string, Lines>;
  readonly sections: readonly Section[];
  readonly isUtf8: boolean;
};

/** @param change options, the two commits, and maybe paths. */
async function compare(git: Git, change: readonly string[]): Promise<Compared> {
  const limit = (bytes: number) => ["--literal-pathspecs", "-c", `core.bigFileThreshold=${bytes}`, "diff"];
  const [listed, diff] = await Promise.all([
    git(...limit(MAX_COUNTED_BYTES), "--raw", "--numstat", "-z", "--no-abbrev", ...PLAIN, ...change),
    git.output([...limit(MAX_COMPARED_BYTES), ...PATCH, ...PLAIN, ...change], { mostBytes: MAX_PATCH_BYTES }),
  ]);
  const { entries, rest } = entriesIn(listed);
  const sections = sectionsIn(diff.bytes.toString("utf8"), diff.cut || diff.failed);
  return { entries, lines: linesByPath(rest), sections, isUtf8: isUtf8(diff.bytes) };
}

/** Compares only the files whose contents are there: git stops at the first that is not. */
async function compareEach(
  git: Git,
  change: readonly string[],
  entries: readonly Entry[],
): Promise<Compared> {
  const all: Compared[] = [];
  for (let n = 0; n < entries.length; n += MAX_PATHS_IN_ONE_CALL) {
    const paths = entries
      .slice(n, n + MAX_PATHS_IN_ONE_CALL)
      .flatMap(({ from, path }) => [from ?? path, path]);
    all.push(await compare(git, [...change, "--", ...paths]));
  }
  return {
    entries,
    lines: new Map(all.flatMap(({ lines }) => [...lines])),
    sections: all.flatMap(({ sections }) => sections),
    isUtf8: all.every((compared) => compared.isUtf8),
  };
}

/**
 * The diff of each file. git prints one section a file in the order of its list, two where a file became something else
 * (a link, a submodule). A section counts only with the blobs that the list names; where one does not fit, it and all
 * behind it are left out.
 */
function patchesOf(entries: readonly Entry[], sections: readonly Section[]): Map<Entry, string> {
  const patches = new Map<Entry, string>();
  let next = 0;
  for (const entry of entries) {
    const [before, after] = entry.ids;
    const none = "0".repeat(before.length);
    const expected = entry.status === "T" ? [[before, none] as const, [none, after] as const] : [entry.ids];
    const own = sections.slice(next, next + expected.length);
    if (own.length < expected.length || !own.every((section, n) => isAbout(section, entry, expected[n])))
      break;
    next += expected.length;
    patches.set(
      entry,
      own
        .map(({ hunks }) => hunks)
        .filter((hunks) => hunks !== "")
        .join("\n"),
    );
  }
  return patches;
}

function isAbout({ from, to, ids }: Section, entry: Entry, expected: readonly string[] = []): boolean {
  const isNamed = (name: string | undefined, path: string) => name === undefined || name === path;
  if (!isNamed(to, entry.path) || !isNamed(from, entry.from ?? entry.path)) return false;
  return ids === undefined ? entry.ids[0] === entry.ids[1] : ids.every((id, n) => id === expected[n]);
}

/** Those among files of any size in which no byte at the start says that they are binary. */
async function textsAmong(git: Git, entries: readonly Entry[]): Promise<Set<Entry>> {
  const texts = new Set<Entry>(entries.slice(MAX_GUESSED));
  for (const entry of entries.slice(0, MAX_GUESSED)) {
    const starts = await Promise.all(
      entry.blobs.map((id) => git.output(["cat-file", "blob", id], { mostBytes: BYTES_THAT_TELL })),
    );
    if (starts.every(({ bytes }) => !bytes.includes(0))) texts.add(entry);
  }
  return texts;
}

/** Submodules among the files, and the commits to which they pointed and point now. Null where there is none. */
export const submodulesAmong = (entries: readonly Entry[]) =>
  entries
    .filter(({ modes }) => modes.includes("160000"))
    .map(({ path, modes, ids: [before, after] }) => ({
      path,
      before: modes[0] === "160000" && !isNone(before) ? before : null,
      after: modes[1] === "160000" && !isNone(after) ? after : null,
    }));
