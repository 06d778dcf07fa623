import { isUtf8 } from "node:buffer";
import { pluralize } from "../domain/pluralize.ts";
import type { ReadingKinds } from "../domain/submission/file-kinds.ts";
import { filesToRead, LARGE_BYTES, sidesOf, type ToRead } from "../domain/submission/repository-tree.ts";
import type { Missing, SubmissionSnapshot, TreeEntry } from "../domain/submission/snapshot.ts";
import { plainLine } from "../domain/untrusted.ts";
import { workOf } from "./authors.ts";
import { areTrue, blobsOf, sizesOf } from "./blobs.ts";
import { branchesBeside, branchesOf, type Head, headOf, onwardsFrom, tagsBeside } from "./branches.ts";
import { type Changes, changedFiles, MAX_COMPARED_BYTES, submodulesAmong } from "./changed-files.ts";
import { commitsIn, MAX_COMMITS } from "./commits.ts";
import type { Git } from "./git.ts";
import { historyOf } from "./history.ts";
import { type Opened, type OpenOptions, withRepository } from "./open-repository.ts";
import { damaged } from "./source-folder.ts";
import { type Start, startOf } from "./starting-point.ts";
import { workTreeBeside } from "./work-tree.ts";

const MAX_TEXTS = 2_000;
const MAX_NAMED = 5;

export type CloneOptions = OpenOptions & {
  /** The recorded starting commit. By default, it is found from the branches. */
  readonly startSha?: string | undefined;
};

/**
 * Reads a clone or a bundle from any host with git: what HEAD holds more than where the work began.
 * @throws DomainError `invalid` for a path that may not be read or holds no repository.
 */
export async function readClone(
  path: string,
  options: CloneOptions & { readonly fileKinds: ReadingKinds },
): Promise<SubmissionSnapshot> {
  const { fileKinds } = options;
  return withRepository(path, options, async (opened) => {
    const { git } = opened;
    const branches = await branchesOf(git);
    const first = await headOf(git, branches);
    const onwards = options.startSha === first.sha ? await onwardsFrom(git, first, branches) : undefined;
    const head = onwards ?? first;
    const start = await startOf(git, head, branches, options.startSha);
    const range = start.isEmpty ? head.sha : `${start.sha}..${head.sha}`;
    const [authored, total, changes, tree] = await Promise.all([
      commitsIn(git, range),
      countIn(git, range),
      changedFiles(git, start.sha, head.sha),
      treeAt(git, head.sha),
    ]);
    if (!opened.isChecked) await requireTrue(git, start, range, changes);
    const { history, missing, ...past } = await historyOf(git, range, MAX_COMMITS, total ?? undefined);
    const { files, commits, ...others } = workOf(authored, changes.files, past, fileKinds.isKeeper);
    const wanted = filesToRead({ tree, files, fileKinds }, MAX_TEXTS);
    const texts = await textsOf(git, wanted, changes, tree);
    const sides = sidesOf(wanted, texts.before, texts.after);
    const seen = await besideOf(opened, { head, first, branches, changes, tree });
    const sum = (key: "added" | "removed") =>
      changes.isCounted ? files.reduce((lines, file) => lines + file[key], 0) : null;
    return {
      ...IN_NO_CLONE,
      source: "clone",
      repository: opened.name,
      identities: [...new Set(authored.flatMap(({ identities }) => identities))],
      branch: head.branch,
      base: start.name,
      baseWhy:
        head.how === undefined ? start.why : `${start.why}; ${head.branch} is read, because ${head.how}`,
      headSha: head.sha,
      baseSha: start.sha,
      totals: {
        commits: total === null ? null : total - (authored.length - commits.length),
        ...{ files: files.length, added: sum("added"), removed: sum("removed") },
      },
      commits: commits.map(({ commit }) => commit),
      files,
      history,
      beside: [...others.beside, ...seen],
      tree,
      gone: await goneFrom(git, range, tree),
      ...sides,
      missing: [
        ...NOT_IN_A_CLONE,
        ...start.missing,
        ...missingOf(changes, total, sides.unread, fileKinds.isReadWhole),
        ...missing,
      ],
    };
  });
}

/** The commit of a clone's HEAD now, at which the work will begin. Throws as `readClone`. */
export const headOfClone = (path: string, options: CloneOptions): Promise<string> =>
  withRepository(path, options, async ({ git }) => (await headOf(git, await branchesOf(git))).sha);

/** What only a host has. A commit's own dates tell no push. */
const IN_NO_CLONE = {
  number: null,
  webUrl: null,
  title: "",
  body: "",
  state: "none",
  draft: false,
  createdAt: null,
  pushedAt: null,
  checks: [],
  runs: [],
  forcePushes: null,
} as const;

const NOT_IN_A_CLONE = (["checks", "CI runs", "pushes", "force pushes"] as const).map((part) => ({
  part,
  why: "a clone does not hold them",
}));

/** @throws NotReadable when what a change is computed from is not what the hashes of its commits stand for. */
async function requireTrue(git: Git, start: Start, range: string, { entries }: Changes): Promise<void> {
  const added = ["rev-list", "--objects", "--no-object-names", "--missing=allow-any", range];
  const listed = [
    await git(...added),
    (await git("ls-tree", "-r", "-d", start.sha)).replace(/^\d+ \w+ ([0-9a-f]+)\t.*$/gm, "$1"),
    ...(start.isEmpty ? [] : [start.sha, await git("rev-parse", `${start.sha}^{tree}`)]),
    ...entries.flatMap(({ blobs }) => blobs),
  ];
  const ids = listed.flatMap((some) => some.split("\n")).filter((id) => id !== "");
  if (await areTrue(git, ids, MAX_COMPARED_BYTES)) return;
  throw damaged();
}

/** How many commits a range has. Null where a shallow clone ends inside it. */
async function countIn(git: Git, range: string): Promise<number | null> {
  const [count, shallow] = await Promise.all([
    git("rev-list", "--count", range),
    git("rev-parse", "--is-shallow-repository"),
  ]);
  if (shallow.trim() !== "true") return Number(count);
  const roots = await git("rev-list", "--max-parents=0", range);
  return roots.trim() === "" ? Number(count) : null;
}

async function treeAt(git: Git, sha: string): Promise<(TreeEntry & { id: string })[]> {
  const listed = await git("ls-tree", "-r", "-z", sha);
  const entries = listed.split("\0").flatMap((entry) => {
    const [, mode = "", id = "", path = ""] = /^(\d{6}) \w+ ([0-9a-f]+)\t([\s\S]+)$/.exec(entry) ?? [];
    return path === "" ? [] : [{ path, mode, id }];
  });
  const sizes = await sizesOf(
    git,
    entries.filter(({ mode }) => mode !== "160000").map(({ id }) => id),
  );
  return entries.map((entry) => ({ ...entry, bytes: sizes.get(entry.id) }));
}

/** Large files that the commits of a range hold and the head does not. Empty where there are too many to be listed. */
async function goneFrom(git: Git, range: string, tree: readonly { id: string }[]): Promise<TreeEntry[]> {
  const { bytes, cut, failed } = await git.output(["rev-list", "--objects", "--missing=allow-any", range]);
  if (cut || failed) return [];
  const kept = new Set(tree.map(({ id }) => id));
  const lines = bytes.toString("utf8").matchAll(/^([0-9a-f]+) (.+)$/gm);
  const pathById = new Map(
    [...lines].flatMap(([, id = "", path = ""]) => (kept.has(id) ? [] : [[id, path]])),
  );
  const sizes = await sizesOf(git, [...pathById.keys()]);
  const large = [...sizes].filter(([, bytes]) => bytes > LARGE_BYTES);
  return large.map(([id, bytes]) => ({ path: pathById.get(id) ?? "", mode: "100644", bytes }));
}

const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\//;

/** The texts of files on each side. What is not there, no UTF-8 or only a pointer to the text is left out. */
async function textsOf(
  git: Git,
  wanted: ToRead,
  changes: Changes,
  tree: readonly { path: string; id: string }[],
): Promise<{ before: Map<string, string>; after: Map<string, string> }> {
  const idAfter = new Map(tree.map(({ path, id }) => [path, id]));
  const idBefore = new Map(changes.entries.map(({ path, from, ids }) => [from ?? path, ids[0]]));
  const before = wanted.changed.flatMap((file) => file.before ?? []);
  const after = [...wanted.changed.flatMap((file) => file.after ?? []), ...wanted.unchanged];
  const idsOf = (paths: readonly string[], ids: ReadonlyMap<string, string>) =>
    paths.flatMap((path) => ids.get(path) ?? []);
  const blobs = await blobsOf(git, [...idsOf(before, idBefore), ...idsOf(after, idAfter)]);
  const textsAt = (paths: readonly string[], ids: ReadonlyMap<string, string>) =>
    new Map(
      paths.flatMap((path) => {
        const bytes = blobs.get(ids.get(path) ?? "");
        if (bytes === undefined || !isUtf8(bytes)) return [];
        const text = bytes.toString("utf8");
        return LFS_POINTER.test(text) ? [] : [[path, text] as const];
      }),
    );
  return { before: textsAt(before, idBefore), after: textsAt(after, idAfter) };
}

type Read = {
  readonly head: Head;
  /** What HEAD names. */
  readonly first: Head;
  readonly branches: Awaited<ReturnType<typeof branchesOf>>;
  readonly changes: Changes;
  readonly tree: readonly TreeEntry[];
};

/** What was seen and is not in the figures. */
async function besideOf(
  { git, workTree, isSparse }: Opened,
  { head, first, branches, changes, tree }: Read,
): Promise<string[]> {
  return [
    ...(await branchesBeside(git, head, branches)),
    ...(await tagsBeside(git, head)),
    ...(workTree !== null && head === first ? await workTreeBeside(git, workTree, tree, isSparse) : []),
    ...submodulesAmong(changes.entries)
      .slice(0, MAX_NAMED)
      .map(({ path, before, after }) => {
        const at = (sha: string | null) => (sha === null ? "nothing" : sha.slice(0, 12));
        return `submodule ${path}: from ${at(before)} to ${at(after)}, whose contents are elsewhere`;
      }),
  ];
}

/** @param unread the files to be read whole that were not. */
function missingOf(
  { absent, large, garbled }: Changes,
  commits: number | null,
  unread: readonly string[],
  isReadWhole: ReadingKinds["isReadWhole"],
): Missing[] {
  const manifests = unread.filter(isReadWhole);
  const named = new Set([...manifests, ...absent, ...large, ...garbled]);
  const sources = unread.filter((path) => !named.has(path));
  const missing = (part: Missing["part"], paths: readonly string[], why: string): Missing[] =>
    paths.length === 0 ? [] : [{ part, why: `${why} (${namesOf(paths)})` }];
  const megabytes = MAX_COMPARED_BYTES / 1_000_000;
  return [
    ...missing(
      "differences",
      absent,
      `${pluralize(absent.length, "file is", "files are")} not in this partial clone, and git clone without --filter ` +
        "makes one that can be read",
    ),
    ...missing(
      "differences",
      large,
      `${pluralize(large.length, "file")} over ${megabytes} MB, or beyond what is read at most`,
    ),
    ...missing(
      "differences",
      garbled,
      `${pluralize(garbled.length, "file is", "files are")} no UTF-8 text, so not every letter was read`,
    ),
    ...missing(
      "infrastructure",
      manifests,
      pluralize(manifests.length, "manifest was not read", "manifests were not read"),
    ),
    ...missing(
      "sources",
      sources,
      pluralize(sources.length, "changed source was not read", "changed sources were not read"),
    ),
    ...(commits === null
      ? [
          {
            part: "commits" as const,
            why: "the clone is shallow; git fetch --unshallow in it brings them all",
          },
        ]
      : []),
  ];
}

const namesOf = (paths: readonly string[]): string =>
  [
    ...paths.slice(0, MAX_NAMED).map((path) => plainLine(path)),
    ...(paths.length > MAX_NAMED ? [`and ${paths.length - MAX_NAMED} more`] : []),
  ].join(", ");
