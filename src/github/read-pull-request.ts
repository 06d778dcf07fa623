import type { SubmissionSnapshot } from "../domain/submission/snapshot.ts";
import type { PullRequestRef } from "../domain/submission/url.ts";
import type { Octokit } from "./client.ts";
import { githubError } from "./failures.ts";
import { checksAt, commitOf, fileOf, PAGE, pages, partly, runsOn, treeAt } from "./parts.ts";
import { readFiles } from "./read-files.ts";

/** GitHub lists no more than 250 commits of a pull request. */
const COMMIT_PAGES = 3;
const FILE_PAGES = 10;

export type Reading = {
  readonly webOrigin: string;
  readonly hasToken: boolean;
  readonly signal: AbortSignal;
};

/**
 * Reads a pull request, everything pinned to the head that the first request names: ten requests for 100 files.
 * @throws DomainError when the pull request itself cannot be read; what else cannot is listed in `missing`.
 */
export async function readPullRequest(
  octokit: Octokit,
  ref: PullRequestRef,
  { webOrigin, hasToken, signal }: Reading,
): Promise<SubmissionSnapshot> {
  const where = { owner: ref.owner, repo: ref.repo };
  const one = { ...where, pull_number: ref.number, per_page: PAGE, request: { signal } };
  const { data: pull } = await octokit.rest.pulls
    .get({ ...where, pull_number: ref.number, request: { signal } })
    .catch((error: unknown) => Promise.reject(githubError(error, signal)));
  const { missing, part } = partly(signal);
  const { sha } = pull.head;
  const [commits, files, checks, { tree, truncated }, baseSha, forcePushes, runs] = await Promise.all([
    part("commits", [], () =>
      pages(pull.commits, COMMIT_PAGES, (page) => octokit.rest.pulls.listCommits({ ...one, page })),
    ),
    part("files", [], () =>
      pages(pull.changed_files, FILE_PAGES, (page) => octokit.rest.pulls.listFiles({ ...one, page })),
    ),
    part("checks", [], () => checksAt(octokit, where, sha, signal)),
    part("repository", { tree: [], truncated: false }, () => treeAt(octokit, where, sha, signal)),
    part("starting point", pull.base.sha, () => mergeBase(octokit, where, pull.base.sha, sha, signal)),
    part("force pushes", null, () => forcePushesOf(octokit, ref, signal)),
    part("CI runs", [], () => runsOn(octokit, where, pull.head.ref, signal)),
  ]);
  const changed = files.map(fileOf);
  const manifests = await part("infrastructure", { before: [], after: [], left: 0 }, () =>
    readFiles(octokit, where, { head: sha, base: baseSha }, { tree, files: changed }, { hasToken, signal }),
  );
  const shas = new Set(commits.map((commit) => commit.sha));
  return {
    source: "pull_request",
    repository: `${ref.owner}/${ref.repo}`,
    identities: [ref.owner, pull.user?.login, pull.head.repo?.owner.login].filter((n) => n !== undefined),
    number: ref.number,
    webUrl: `${webOrigin}/${ref.owner}/${ref.repo}`,
    title: pull.title,
    body: pull.body ?? "",
    state: pull.merged ? "merged" : pull.state === "closed" ? "closed" : "open",
    draft: pull.draft ?? false,
    branch: pull.head.ref,
    base: pull.base.ref,
    headSha: sha,
    baseSha,
    createdAt: pull.created_at,
    pushedAt: pull.head.repo?.pushed_at ?? null,
    totals: {
      commits: pull.commits,
      files: pull.changed_files,
      added: pull.additions,
      removed: pull.deletions,
    },
    commits: commits.map(commitOf),
    files: changed,
    checks,
    runs: runs.filter((run) => shas.has(run.headSha)),
    forcePushes,
    tree,
    before: manifests.before,
    after: manifests.after,
    missing: [
      ...missing,
      ...(truncated ? ["repository: GitHub did not list every file"] : []),
      ...leftOut(manifests.left, hasToken),
      ...(pull.head.repo ? [] : ["fork: its repository is gone; GitHub still has the commits"]),
    ],
  };
}

/** What is said when not every manifest was read. */
export const leftOut = (left: number, hasToken: boolean): string[] =>
  left === 0
    ? []
    : [
        `infrastructure: ${left} manifests were not read${hasToken ? "" : "; with GITHUB_TOKEN one query reads them"}`,
      ];

async function mergeBase(
  octokit: Octokit,
  where: { owner: string; repo: string },
  base: string,
  head: string,
  signal: AbortSignal,
): Promise<string> {
  const basehead = `${base}...${head}`;
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
    ...where,
    basehead,
    per_page: 1,
    request: { signal },
  });
  return data.merge_base_commit.sha;
}

async function forcePushesOf(octokit: Octokit, ref: PullRequestRef, signal: AbortSignal): Promise<number> {
  const { owner, repo, number } = ref;
  const { data } = await octokit.rest.issues.listEvents({
    owner,
    repo,
    issue_number: number,
    per_page: PAGE,
    request: { signal },
  });
  return data.filter((event) => event.event === "head_ref_force_pushed").length;
}
