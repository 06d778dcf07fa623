import type { SubmissionSnapshot } from "../domain/submission/snapshot.ts";
import type { PullRequestRef, RepositoryRef } from "../domain/submission/url.ts";
import type { Octokit } from "./client.ts";
import { githubError } from "./failures.ts";
import { checksAt, commitOf, fileOf, PAGE, partly, runsOn, treeAt } from "./parts.ts";
import { readFiles } from "./read-files.ts";
import { leftOut, type Reading } from "./read-pull-request.ts";

/**
 * Reads a repository's default branch against the commit at which the work began, pinned to the head found first.
 * @throws DomainError when the repository or the comparison cannot be read; what else cannot is listed in `missing`.
 */
export async function readRepository(
  octokit: Octokit,
  ref: RepositoryRef,
  startSha: string,
  { webOrigin, hasToken, signal }: Reading,
): Promise<SubmissionSnapshot> {
  const where = { owner: ref.owner, repo: ref.repo };
  const { data: repo } = await octokit.rest.repos
    .get({ ...where, request: { signal } })
    .catch((error: unknown) => Promise.reject(githubError(error, signal)));
  const branch = repo.default_branch;
  const sha = await headOf(octokit, where, branch, signal);
  // Files come with the first page of a comparison, at most 300 of them, and commits at most 250.
  const { data: change } = await octokit.rest.repos
    .compareCommitsWithBasehead({ ...where, basehead: `${startSha}...${sha}`, request: { signal } })
    .catch((error: unknown) => Promise.reject(githubError(error, signal)));
  const { missing, part } = partly(signal);
  const [checks, { tree, truncated }, forcePushes, runs] = await Promise.all([
    part("checks", [], () => checksAt(octokit, where, sha, signal)),
    part("repository", { tree: [], truncated: false }, () => treeAt(octokit, where, sha, signal)),
    part("force pushes", null, () => forcePushesTo(octokit, where, branch, signal)),
    part("CI runs", [], () => runsOn(octokit, where, branch, signal)),
  ]);
  const files = (change.files ?? []).map(fileOf);
  const baseSha = change.merge_base_commit.sha;
  const manifests = await part("infrastructure", { before: [], after: [], left: 0 }, () =>
    readFiles(octokit, where, { head: sha, base: baseSha }, { tree, files }, { hasToken, signal }),
  );
  const sum = (key: "added" | "removed") => files.reduce((total, file) => total + file[key], 0);
  const shas = new Set(change.commits.map((commit) => commit.sha));
  return {
    source: "repository",
    repository: `${ref.owner}/${ref.repo}`,
    identities: [ref.owner, ...change.commits.flatMap((c) => c.author?.login ?? [])],
    number: null,
    webUrl: `${webOrigin}/${ref.owner}/${ref.repo}`,
    title: "",
    body: "",
    state: "none",
    draft: false,
    branch,
    base: startSha.slice(0, 12),
    headSha: sha,
    baseSha,
    createdAt: repo.created_at,
    pushedAt: repo.pushed_at,
    totals: {
      commits: change.total_commits,
      files: files.length,
      added: sum("added"),
      removed: sum("removed"),
    },
    commits: change.commits.map(commitOf),
    files,
    checks,
    runs: runs.filter((run) => shas.has(run.headSha)),
    forcePushes,
    tree,
    before: manifests.before,
    after: manifests.after,
    missing: [
      ...missing,
      ...(truncated ? ["repository: GitHub did not list every file"] : []),
      ...(files.length >= 300 ? ["files: GitHub compares no more than 300"] : []),
      ...leftOut(manifests.left, hasToken),
    ],
  };
}

/** @throws DomainError `unmet` for a repository without a commit. */
export async function headOf(
  octokit: Octokit,
  where: RepositoryRef,
  branch: string,
  signal: AbortSignal,
): Promise<string> {
  const { data } = await octokit.rest.git
    .getRef({ owner: where.owner, repo: where.repo, ref: `heads/${branch}`, request: { signal } })
    .catch((error: unknown) => Promise.reject(githubError(error, signal)));
  return data.object.sha;
}

async function forcePushesTo(
  octokit: Octokit,
  where: RepositoryRef,
  branch: string,
  signal: AbortSignal,
): Promise<number> {
  const { data } = await octokit.rest.repos.listActivities({
    ...where,
    ref: `refs/heads/${branch}`,
    activity_type: "force_push",
    per_page: PAGE,
    request: { signal },
  });
  return data.length;
}

/** The pull request in which the work is handed in: the newest open one, else the newest; undefined without any. */
export async function findPullRequest(
  octokit: Octokit,
  { owner, repo }: RepositoryRef,
  signal: AbortSignal,
): Promise<PullRequestRef | undefined> {
  const { data } = await octokit.rest.pulls
    .list({
      owner,
      repo,
      state: "all",
      sort: "created",
      direction: "desc",
      per_page: 10,
      request: { signal },
    })
    .catch((error: unknown) => Promise.reject(githubError(error, signal)));
  const newest = data.find((pull) => pull.state === "open") ?? data[0];
  return newest && { owner, repo, number: newest.number };
}
