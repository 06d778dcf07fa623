import type { Missing, Part, SnapshotCommit, TreeEntry, WorkflowRun } from "../domain/submission/snapshot.ts";
import type { RepositoryRef } from "../domain/submission/url.ts";
import { whyOf } from "./failures.ts";
import type { Octokit } from "./octokit.ts";
import { isBot } from "./people.ts";

export const PAGE = 100;

/** Lets reading go on when a part of it fails. The part is listed in `missing`, in our own words. */
export function partly(signal: AbortSignal) {
  const missing: Missing[] = [];
  return {
    missing,
    async part<T>(what: Part, instead: T, read: () => Promise<T>): Promise<T> {
      try {
        return await read();
      } catch (error) {
        missing.push({ part: what, why: whyOf(error, signal) });
        return instead;
      }
    },
  };
}

export type Parts = ReturnType<typeof partly>;

/** Reads as many pages as `count` entries need, up to a limit. A page that is not full is the last one. */
export async function pages<T>(
  count: number,
  most: number,
  read: (page: number) => Promise<{ data: T[] }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; page <= Math.min(most, Math.ceil(count / PAGE)); page += 1) {
    const { data } = await read(page);
    all.push(...data);
    if (data.length < PAGE) break;
  }
  return all;
}

/** An entry of a tree with the SHA of what it holds. */
export type GitEntry = TreeEntry & { readonly sha: string };
export type Tree = { readonly tree: readonly GitEntry[]; readonly truncated: boolean };

/** Every file of a commit. `truncated` where GitHub did not list them all. */
export async function treeAt(
  octokit: Octokit,
  where: RepositoryRef,
  sha: string,
  signal: AbortSignal,
): Promise<Tree> {
  const { data } = await octokit.rest.git.getTree({
    ...where,
    tree_sha: sha,
    recursive: "1",
    request: { signal },
  });
  const tree = data.tree
    .filter((entry) => entry.type !== "tree")
    .map(({ path, mode, size, sha }): GitEntry => ({ path, mode, bytes: size, sha }));
  return { tree, truncated: data.truncated };
}

const MAX_RUN_PAGES = 3;

/** The newest 300 workflow runs of a branch, and how many it has. */
export async function runsOn(
  octokit: Octokit,
  where: RepositoryRef,
  branch: string,
  signal: AbortSignal,
): Promise<{ runs: WorkflowRun[]; total: number }> {
  const runs: WorkflowRun[] = [];
  let total = 1;
  for (let page = 1; page <= MAX_RUN_PAGES && runs.length < total; page += 1) {
    const { data } = await octokit.rest.actions.listWorkflowRunsForRepo({
      ...where,
      ...{ branch, per_page: PAGE, page, request: { signal } },
    });
    total = data.total_count;
    runs.push(
      ...data.workflow_runs.map((run) => ({
        workflow: run.name ?? "",
        headSha: run.head_sha,
        conclusion: run.conclusion,
        createdAt: run.created_at,
      })),
    );
    if (data.workflow_runs.length === 0) break;
  }
  return { runs, total };
}

type Of<F extends (...args: never[]) => Promise<{ data: unknown }>> = Awaited<ReturnType<F>>["data"];
type Pulls = Octokit["rest"]["pulls"];

/** A commit as GitHub lists it. */
export type ListedCommit = Of<Pulls["listCommits"]>[number];
/** A changed file as GitHub lists it. */
export type ListedFile = Of<Pulls["listFiles"]>[number];

/** Names in a commit that tell who wrote it. Blind mode removes them; a bot's is no person's name. */
export const authorsOf = ({ author, commit }: ListedCommit): string[] =>
  isBot(author)
    ? []
    : [author?.login, commit.author?.name, commit.author?.email].filter((name) => typeof name === "string");

export const commitOf = ({ sha, commit, parents }: ListedCommit): SnapshotCommit => ({
  sha,
  message: commit.message,
  parents: parents.length,
  authoredAt: commit.author?.date ?? "",
  committedAt: commit.committer?.date ?? "",
  verified: commit.verification?.verified ?? null,
});
