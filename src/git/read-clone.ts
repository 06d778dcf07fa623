import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { AllowFiles } from "../domain/allow-files.ts";
import { DomainError } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import { filesToRead, sidesOf } from "../domain/submission/repository-tree.ts";
import type { SnapshotCommit, SubmissionSnapshot, TreeEntry } from "../domain/submission/snapshot.ts";
import { allowedPath } from "../files/allowed-path.ts";
import { changedFiles } from "./changed-files.ts";
import { type Git, gitIn } from "./git.ts";

const DEADLINE_MS = 20_000;
const MAX_BUNDLE_BYTES = 100_000_000;
const MAX_COMMITS = 1_000;
const MAX_TEXTS = 2_000;
const BLOBS_AT_ONCE = 8;
const HEAD = "refs/greenflag/head";

export type CloneOptions = {
  /** The recorded starting commit. By default, the commit where the branch left main, or else the first commit. */
  readonly startSha?: string | undefined;
  readonly allowFiles: AllowFiles;
  readonly field: string;
  readonly signal: AbortSignal;
};

/**
 * Reads a clone or a bundle from any host with git. Its objects are fetched into an empty repository of our own and
 * nothing is checked out, so no setting, hook or filter of the candidate's repository applies.
 * @throws DomainError `invalid` for a path that may not be read or holds no repository.
 */
export async function readClone(
  path: string,
  options: CloneOptions & { readonly isReadWhole: (path: string) => boolean },
): Promise<SubmissionSnapshot> {
  return withRepository(path, options, async (git) => {
    const headSha = await headOf(git);
    const { sha: baseSha, how } = await startOf(git, headSha, options.startSha);
    const lost = options.startSha !== undefined && options.startSha !== baseSha;
    const range = `${baseSha}..${headSha}`;
    const [commits, people, count, files, tree] = await Promise.all([
      commitsIn(git, range),
      git("log", "--format=%an%n%ae%n%cn%n%ce", `--max-count=${MAX_COMMITS}`, range),
      git("rev-list", "--count", range),
      changedFiles(git, baseSha, headSha),
      treeAt(git, headSha),
    ]);
    const wanted = filesToRead({ tree, files, isReadWhole: options.isReadWhole }, MAX_TEXTS);
    const changedAfter = wanted.changed.flatMap(({ after }) => after ?? []);
    const [before, after] = [
      await textsAt(
        git,
        baseSha,
        wanted.changed.flatMap((file) => file.before ?? []),
      ),
      await textsAt(git, headSha, [...changedAfter, ...wanted.unchanged]),
    ];
    const sides = sidesOf(wanted, before, after);
    const left = sides.unread.filter(options.isReadWhole).length;
    const sum = (key: "added" | "removed") => files.reduce((total, file) => total + file[key], 0);
    return {
      source: "clone",
      repository: basename(path),
      identities: [...new Set(people.split("\n").filter((name) => name !== ""))],
      number: null,
      webUrl: null,
      title: "",
      body: "",
      state: "none",
      draft: false,
      branch: "HEAD",
      base: how,
      headSha,
      baseSha,
      createdAt: null,
      pushedAt: null,
      totals: { commits: Number(count), files: files.length, added: sum("added"), removed: sum("removed") },
      commits,
      files,
      checks: [],
      runs: [],
      forcePushes: null,
      history: null,
      beside: [],
      tree,
      ...sides,
      missing: [
        ...(["checks", "CI runs", "force pushes"] as const).map((part) => ({
          part,
          why: "a clone does not hold them",
        })),
        ...(lost
          ? [{ part: "starting point" as const, why: `the recorded one is not in it; compared with ${how}` }]
          : []),
        ...(left === 0
          ? []
          : [
              {
                part: "infrastructure" as const,
                why: `${pluralize(left, "manifest was", "manifests were")} not read`,
              },
            ]),
      ],
    };
  });
}

/** The commit of a clone's HEAD now, at which the work will begin. Throws as `readClone`. */
export const headOfClone = (path: string, options: CloneOptions): Promise<string> =>
  withRepository(path, options, headOf);

async function withRepository<T>(
  path: string,
  options: CloneOptions,
  work: (git: Git) => Promise<T>,
): Promise<T> {
  const invalid = (why: string, cause?: unknown) =>
    new DomainError(
      "invalid",
      `${options.field}: ${why}`,
      "Give the folder of a git clone, or a .bundle file.",
      { cause },
    );
  const place = await allowedPath(path, options.allowFiles);
  if ("why" in place) throw invalid(place.why);
  if (!place.folder && !place.path.endsWith(".bundle"))
    throw invalid("this is neither a clone nor a bundle.");
  if (!place.folder && place.bytes > MAX_BUNDLE_BYTES)
    throw invalid(`is over ${MAX_BUNDLE_BYTES / 1_000_000} MB.`);
  const folder = await mkdtemp(join(tmpdir(), "greenflag-git-"));
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(DEADLINE_MS)]);
  try {
    const git = gitIn(folder, signal);
    await git("init", "--bare", "--quiet", ".");
    const refs = ["+refs/heads/*:refs/heads/*", `+HEAD:${HEAD}`];
    await git(
      "fetch",
      "--quiet",
      "--no-tags",
      "--no-recurse-submodules",
      "--no-auto-gc",
      place.path,
      ...refs,
    ).catch((cause: unknown) => Promise.reject(unreadable(signal, invalid, cause)));
    return await work(git);
  } catch (error) {
    throw error instanceof DomainError ? error : unreadable(signal, invalid, error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function unreadable(
  signal: AbortSignal,
  invalid: (why: string, cause?: unknown) => DomainError,
  cause: unknown,
) {
  const tooMuch = (cause as { code?: string }).code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER";
  if (tooMuch) return invalid("the change is too large to be read.", cause);
  if (!signal.aborted) return invalid("git finds no repository with a commit there.", cause);
  return new DomainError("unavailable", "git did not finish in time.", "Repeat the call.", { cause });
}

const headOf = async (git: Git): Promise<string> =>
  (await git("rev-parse", "--verify", `${HEAD}^{commit}`)).trim();

async function startOf(
  git: Git,
  head: string,
  recorded: string | undefined,
): Promise<{ sha: string; how: string }> {
  const ask = (...args: string[]) =>
    git(...args).then(
      (text) => text.trim(),
      () => "",
    );
  if (recorded !== undefined && (await ask("rev-parse", "--verify", `${recorded}^{commit}`)) !== "") {
    return { sha: recorded, how: "the recorded start" };
  }
  for (const branch of ["main", "master"]) {
    const base = await ask("merge-base", `refs/heads/${branch}`, head);
    if (base !== "" && base !== head) return { sha: base, how: branch };
  }
  const roots = (await git("rev-list", "--max-parents=0", head)).trim().split("\n");
  return { sha: roots.at(-1) ?? head, how: "the first commit" };
}

const FIELDS_PER_COMMIT = 5;

async function commitsIn(git: Git, range: string): Promise<SnapshotCommit[]> {
  // Fields are separated by NUL, because any other character could occur in a message and fake a commit.
  const format = "--format=%H%x00%P%x00%aI%x00%cI%x00%B%x00";
  const log = await git("log", "--reverse", `--max-count=${MAX_COMMITS}`, format, range);
  const parts = log.split("\0");
  return Array.from({ length: Math.floor(parts.length / FIELDS_PER_COMMIT) }, (_, n) => {
    const [sha = "", parents = "", authoredAt = "", committedAt = "", message = ""] = parts.slice(
      n * FIELDS_PER_COMMIT,
      (n + 1) * FIELDS_PER_COMMIT,
    );
    const count = parents.split(" ").filter((parent) => parent !== "").length;
    return {
      sha: sha.trim(),
      parents: count,
      authoredAt,
      committedAt,
      verified: null,
      message: message.trim(),
    };
  });
}

async function treeAt(git: Git, sha: string): Promise<TreeEntry[]> {
  const listed = await git("ls-tree", "-r", "-z", "-l", sha);
  return listed.split("\0").flatMap((entry) => {
    const [, mode = "", size = "", path = ""] =
      /^(\d{6}) \w+ [0-9a-f]+ +(\d+|-)\t([\s\S]+)$/.exec(entry) ?? [];
    return path === "" ? [] : [{ path, mode, bytes: size === "-" ? undefined : Number(size) }];
  });
}

async function textsAt(git: Git, sha: string, paths: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let n = 0; n < paths.length; n += BLOBS_AT_ONCE) {
    const some = paths.slice(n, n + BLOBS_AT_ONCE);
    // A file that git cannot read, for example because of `..` in its name, is left out of both sides and counted as
    // unread.
    const blob = (path: string) => git("cat-file", "blob", `${sha}:${path}`).catch(() => undefined);
    const read = await Promise.all(some.map(blob));
    for (const [at, path] of some.entries()) {
      const text = read[at];
      if (text !== undefined) texts.set(path, text);
    }
  }
  return texts;
}
