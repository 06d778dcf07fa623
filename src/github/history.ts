import type { AddedByCommit, ChangedFile, Missing } from "../domain/submission/snapshot.ts";
import type { RepositoryRef } from "../domain/submission/url.ts";
import { changedFile, isUnread, withText } from "./changed-files.ts";
import { whyOf } from "./failures.ts";
import type { Octokit } from "./octokit.ts";
import type { ListedCommit, ListedFile } from "./parts.ts";
import { BINARY, readBlobs } from "./read-files.ts";
import type { Reading } from "./reading.ts";

/** Each costs one request, and a merge one more for each further parent. */
const MAX_COMMITS_READ = 30;
/** GitHub lists no more files of a commit, or of a comparison, at once; there may be more where it lists as many. */
const MAX_FILES_AT_ONCE = 300;
const MAX_TEXTS_ASKED = 80;

type Work = {
  /** Oldest first. */
  readonly commits: readonly ListedCommit[];
  /** How many there are; the list may hold fewer. */
  readonly total: number;
  /** What the whole work changed. */
  readonly files: readonly ChangedFile[];
};
type History = { readonly history: readonly AddedByCommit[] | null; readonly missing: readonly Missing[] };

/** The files that one commit changed, against each of its parents; undefined where they were not read. */
type Lists = { readonly sha: string; readonly lists: readonly (readonly ListedFile[])[] | undefined };

/**
 * What each of the newest commits added, for what was added and taken away again. A single commit has nothing between
 * start and head. Without a token no commit is read, because each costs a request.
 */
export async function historyOf(
  octokit: Octokit,
  where: RepositoryRef,
  { commits, total, files }: Work,
  { hasToken, signal }: Reading,
): Promise<History> {
  const notRead = (why: string): Missing[] => [{ part: "history", why }];
  if (total <= 1) return { history: [], missing: [] };
  if (commits.length === 0) return { history: null, missing: [] };
  if (!hasToken)
    return { history: null, missing: notRead("what each commit added is read only with GITHUB_TOKEN") };
  let why: string | undefined;
  const read = await Promise.all(
    commits.slice(-MAX_COMMITS_READ).map(async (commit): Promise<Lists> => {
      try {
        return { sha: commit.sha, lists: await listsOf(octokit, where, commit, signal) };
      } catch (error) {
        why = whyOf(error, signal);
        return { sha: commit.sha, lists: undefined };
      }
    }),
  );
  const plain = new Set(files.filter(({ binary, patch }) => binary || patch === "").map(({ path }) => path));
  const mayAdd = (file: ListedFile) => file.status !== "removed" && !plain.has(file.filename);
  const unclear = read.flatMap(({ sha, lists = [] }) =>
    ownIn(lists)
      .filter((sides) => sides.some((file) => mayAdd(file) && isUnread(asChanged(file))))
      .map(([file]) => at(sha, file)),
  );
  const asked = unclear.slice(0, MAX_TEXTS_ASKED);
  const { blobs } = await readBlobs(octokit, where, asked, { bytesOf: () => 0, signal });
  const patchIn = (sha: string) => (file: ListedFile) => {
    const changed = asChanged(file);
    if (!isUnread(changed)) return changed.patch;
    const blob = blobs.get(at(sha, file));
    if (blob === BINARY || !mayAdd(file)) return "";
    return blob !== undefined && file.status === "added" ? withText(changed, blob).patch : undefined;
  };
  const history: AddedByCommit[] = [];
  let whole = 0;
  for (const { sha, lists } of read) {
    let isWhole = lists?.every((list) => list.length < MAX_FILES_AT_ONCE) ?? false;
    for (const sides of ownIn(lists ?? [])) {
      const patches = sides.map(patchIn(sha));
      const given = patches.filter((patch) => patch !== undefined);
      const [patch = "", ...others] = given;
      if (given.includes("")) continue;
      if (given.length < patches.length) isWhole = false;
      else history.push({ commit: sha, path: sides[0].filename, patch: others.reduce(inBoth, patch) });
    }
    if (isWhole) whole += 1;
  }
  const because =
    why ?? (whole < read.length ? "GitHub does not give the rest" : "a clone is read further back");
  return {
    history,
    missing: whole < total ? notRead(`what ${whole} of ${total} commits added was read: ${because}`) : [],
  };
}

const at = (sha: string, { filename }: ListedFile): string => `${sha}:${filename}`;

/** The files that a commit itself changed, each against every parent: where one parent has the same, the change is not its own. */
function ownIn(lists: readonly (readonly ListedFile[])[]): [ListedFile, ...ListedFile[]][] {
  const [own = [], ...others] = lists;
  const byName = others.map((list) => new Map(list.map((file) => [file.filename, file])));
  return own.flatMap((file): [ListedFile, ...ListedFile[]][] => {
    const sides = byName.flatMap((names) => names.get(file.filename) ?? []);
    return sides.length < others.length ? [] : [[file, ...sides]];
  });
}

async function listsOf(
  octokit: Octokit,
  where: RepositoryRef,
  { sha, parents }: ListedCommit,
  signal: AbortSignal,
): Promise<(readonly ListedFile[])[]> {
  const { data } = await octokit.rest.repos.getCommit({ ...where, ref: sha, request: { signal } });
  const further = await Promise.all(
    parents.slice(1).map(async (parent) => {
      const { data: change } = await octokit.rest.repos.compareCommitsWithBasehead({
        ...where,
        ...{ basehead: `${parent.sha}...${sha}`, per_page: 1, request: { signal } },
      });
      return change.files ?? [];
    }),
  );
  return [data.files ?? [], ...further];
}

/** The trees of each commit are not read, so a file without any line may be binary, or one whose mode alone changed. */
const asChanged = (file: ListedFile): ChangedFile =>
  changedFile(file, { before: undefined, after: undefined });

/** What a merge itself added to a file: lines that no parent held. */
function inBoth(patch: string, other: string): string {
  const added = new Set(other.split("\n").filter((line) => line.startsWith("+")));
  return patch
    .split("\n")
    .map((line) => (line.startsWith("+") && !added.has(line) ? ` ${line.slice(1)}` : line))
    .join("\n");
}
