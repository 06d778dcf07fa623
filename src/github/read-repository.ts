import { DomainError } from "../domain/errors.ts";
import type { SubmissionSnapshot } from "../domain/submission/snapshot.ts";
import {
  isSame,
  type PullRequestRef,
  parseRepositoryName,
  type RepositoryRef,
} from "../domain/submission/url.ts";
import { githubError } from "./failures.ts";
import type { Octokit } from "./octokit.ts";
import { authorsOf, checksAt, commitOf, fileOf, partly, pushesTo, runsOn, treeAt } from "./parts.ts";
import { readFiles } from "./read-files.ts";
import { leftOut } from "./read-pull-request.ts";
import type { Reading } from "./reading.ts";

const MAX_FILES_COMPARED = 300;

/**
 * Reads the default branch at its present head, compared with the commit at which the work began.
 * @throws DomainError when the repository or the comparison cannot be read. Other parts that cannot be read are listed
 *   in `missing`.
 */
export async function readRepository(
  octokit: Octokit,
  ref: RepositoryRef,
  startSha: string,
  reading: Reading,
): Promise<SubmissionSnapshot> {
  const { webOrigin, hasToken, signal } = reading;
  const { data: repo } = await octokit.rest.repos
    .get({ owner: ref.owner, repo: ref.repo, request: { signal } })
    .catch((error: unknown) => Promise.reject(githubError(error, signal)));
  const branch = repo.default_branch;
  const where = parseRepositoryName(repo.full_name, "repository");
  const sha = await headOf(octokit, where, branch, signal);
  // A comparison returns its files with the first page: at most 300 files and 250 commits.
  const { data: change } = await octokit.rest.repos
    .compareCommitsWithBasehead({ ...where, basehead: `${startSha}...${sha}`, request: { signal } })
    .catch((error: unknown) => Promise.reject(notComparable(error, signal)));
  const { missing, part } = partly(signal);
  const [checks, { tree, truncated }, pushes, runs] = await Promise.all([
    part("checks", [], () => checksAt(octokit, where, sha, signal)),
    part("repository", { tree: [], truncated: false }, () => treeAt(octokit, where, sha, signal)),
    part("pushes", null, () => pushesTo(octokit, where, branch, signal)),
    part("CI runs", [], () => runsOn(octokit, where, branch, signal)),
  ]);
  const files = (change.files ?? []).map(fileOf);
  const baseSha = change.merge_base_commit.sha;
  const manifests = await part("infrastructure", { before: [], after: [], unread: [] }, () =>
    readFiles(octokit, where, { head: sha, base: baseSha }, { tree, files }, reading),
  );
  const isWhole = files.length < MAX_FILES_COMPARED;
  const sum = (key: "added" | "removed") => files.reduce((total, file) => total + file[key], 0);
  const shas = new Set(change.commits.map((commit) => commit.sha));
  return {
    source: "repository",
    repository: `${where.owner}/${where.repo}`,
    ...(isSame(where, ref) ? {} : { askedAs: `${ref.owner}/${ref.repo}` }),
    identities: [ref.owner, where.owner, ...change.commits.flatMap(authorsOf)],
    number: null,
    webUrl: `${webOrigin}/${where.owner}/${where.repo}`,
    title: "",
    body: "",
    state: "none",
    draft: false,
    branch,
    base: startSha.slice(0, 12),
    headSha: sha,
    baseSha,
    createdAt: repo.created_at,
    pushedAt: pushes?.times.get(sha) ?? null,
    totals: {
      commits: change.total_commits,
      files: isWhole ? files.length : null,
      added: isWhole ? sum("added") : null,
      removed: isWhole ? sum("removed") : null,
    },
    commits: change.commits.map(commitOf),
    files,
    checks,
    runs: runs.filter((run) => shas.has(run.headSha)),
    forcePushes: pushes?.forced ?? null,
    tree,
    ...manifests,
    history: null,
    beside: [],
    missing: [
      ...missing,
      ...(truncated ? [{ part: "repository" as const, why: "GitHub did not list every file" }] : []),
      ...(!isWhole ? [{ part: "files" as const, why: "GitHub compares no more than 300" }] : []),
      ...leftOut(manifests.unread, hasToken),
    ],
  };
}

/** The error for commits that GitHub cannot compare. Both exist, so they have no common history. */
function notComparable(error: unknown, signal: AbortSignal): DomainError {
  if ((error as { status?: number }).status !== 404) return githubError(error, signal);
  return new DomainError(
    "precondition_failed",
    "The default branch and the commit at which the work began have no past in common.",
    "Ask the candidate to put the work on top of the starting commit, or give the address of a pull request.",
    { cause: error },
  );
}

/** The head of a branch. @throws DomainError `not_found` for a repository without a commit. */
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

/** The pull request with the submitted work: the newest open one, or else the newest. Undefined when there is none. */
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
