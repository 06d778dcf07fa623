import type {
  ChangedFile,
  Check,
  Missing,
  Part,
  SnapshotCommit,
  TreeEntry,
  WorkflowRun,
} from "../domain/submission/snapshot.ts";
import type { RepositoryRef } from "../domain/submission/url.ts";
import { failureOf } from "./failures.ts";
import type { Octokit } from "./octokit.ts";

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
        missing.push({ part: what, why: failureOf(error, signal).why });
        return instead;
      }
    },
  };
}

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

/** The check runs of one commit, as the host reports them. */
export async function checksAt(
  octokit: Octokit,
  where: RepositoryRef,
  ref: string,
  signal: AbortSignal,
): Promise<Check[]> {
  const { data } = await octokit.rest.checks.listForRef({
    ...where,
    ref,
    per_page: PAGE,
    request: { signal },
  });
  return data.check_runs.map((run) => ({
    name: run.name,
    app: run.app?.name ?? "",
    status: run.status,
    conclusion: run.conclusion,
    completedAt: run.completed_at,
  }));
}

export async function treeAt(
  octokit: Octokit,
  where: RepositoryRef,
  sha: string,
  signal: AbortSignal,
): Promise<{ tree: TreeEntry[]; truncated: boolean }> {
  const { data } = await octokit.rest.git.getTree({
    ...where,
    tree_sha: sha,
    recursive: "1",
    request: { signal },
  });
  const tree = data.tree
    .filter((entry) => entry.type !== "tree")
    .map((entry): TreeEntry => ({ path: entry.path, mode: entry.mode, bytes: entry.size }));
  return { tree, truncated: data.truncated };
}

export async function runsOn(
  octokit: Octokit,
  where: RepositoryRef,
  branch: string,
  signal: AbortSignal,
): Promise<WorkflowRun[]> {
  const { data } = await octokit.rest.actions.listWorkflowRunsForRepo({
    ...where,
    branch,
    per_page: PAGE,
    request: { signal },
  });
  return data.workflow_runs.map((run) => ({
    workflow: run.name ?? "",
    headSha: run.head_sha,
    conclusion: run.conclusion,
    createdAt: run.created_at,
  }));
}

/** Pushes to a branch, as the host recorded them. The candidate cannot change them by setting a clock. */
export type Pushes = { readonly forced: number; readonly times: ReadonlyMap<string, string> };

/** The newest hundred pushes to a branch: the number of forced ones, and the time at which each head arrived. */
export async function pushesTo(
  octokit: Octokit,
  where: RepositoryRef,
  branch: string,
  signal: AbortSignal,
): Promise<Pushes> {
  const { data } = await octokit.rest.repos.listActivities({
    ...where,
    ref: `refs/heads/${branch}`,
    per_page: PAGE,
    request: { signal },
  });
  return {
    forced: data.filter((activity) => activity.activity_type === "force_push").length,
    times: new Map(data.map((activity) => [activity.after, activity.timestamp])),
  };
}

type Of<F extends (...args: never[]) => Promise<{ data: unknown }>> = Awaited<ReturnType<F>>["data"];
type Pulls = Octokit["rest"]["pulls"];

/** Names in a commit that tell who wrote it. Blind mode removes them. */
export const authorsOf = ({ author, commit }: Of<Pulls["listCommits"]>[number]): string[] =>
  [author?.login, commit.author?.name, commit.author?.email].filter((name) => typeof name === "string");

export const commitOf = ({ sha, commit, parents }: Of<Pulls["listCommits"]>[number]): SnapshotCommit => ({
  sha,
  message: commit.message,
  parents: parents.length,
  authoredAt: commit.author?.date ?? "",
  committedAt: commit.committer?.date ?? "",
  verified: commit.verification?.verified ?? null,
});

const STATUS: Record<string, ChangedFile["status"]> = {
  added: "added",
  removed: "removed",
  modified: "modified",
  renamed: "renamed",
};

export const fileOf = (file: Of<Pulls["listFiles"]>[number]): ChangedFile => ({
  path: file.filename,
  previousPath: file.previous_filename,
  status: STATUS[file.status] ?? "other",
  added: file.additions,
  removed: file.deletions,
  // GitHub gives no diff of a binary file, and of one that is too large.
  binary: file.patch === undefined && file.additions + file.deletions === 0 && file.status !== "renamed",
  patch: file.patch ?? (file.status === "renamed" && file.changes === 0 ? "" : undefined),
});
