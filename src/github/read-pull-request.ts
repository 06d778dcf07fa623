import { pluralize } from "../domain/pluralize.ts";
import type { Missing, SubmissionSnapshot } from "../domain/submission/snapshot.ts";
import {
  isSame,
  type PullRequestRef,
  parseRepositoryName,
  type RepositoryRef,
} from "../domain/submission/url.ts";
import { githubError } from "./failures.ts";
import type { Octokit } from "./octokit.ts";
import {
  authorsOf,
  checksAt,
  commitOf,
  fileOf,
  PAGE,
  type Pushes,
  pages,
  partly,
  pushesTo,
  runsOn,
  treeAt,
} from "./parts.ts";
import { readFiles } from "./read-files.ts";
import type { Reading } from "./reading.ts";

/** GitHub lists at most 250 commits and 3,000 files of a pull request. */
const MAX_COMMITS_LISTED = 250;
const MAX_COMMIT_PAGES = 3;
const MAX_FILE_PAGES = 30;

type Change = Pick<Awaited<ReturnType<typeof comparison>>, "commits" | "files">;
const NOTHING: Change = { commits: [], files: [] };

/**
 * Reads a pull request at the head that the first request returns: ten requests for 100 files.
 * @throws DomainError when the pull request itself cannot be read. Other parts that cannot be read are listed in
 *   `missing`.
 */
export async function readPullRequest(
  octokit: Octokit,
  ref: PullRequestRef,
  reading: Reading,
): Promise<SubmissionSnapshot> {
  const { webOrigin, hasToken, signal } = reading;
  const { data: pull } = await octokit.rest.pulls
    .get({ owner: ref.owner, repo: ref.repo, pull_number: ref.number, request: { signal } })
    .catch((error: unknown) => Promise.reject(githubError(error, signal)));
  const where = parseRepositoryName(pull.base.repo.full_name, "repository");
  const one = { ...where, pull_number: ref.number, per_page: PAGE, request: { signal } };
  const { missing, part } = partly(signal);
  const { sha } = pull.head;
  const [listedCommits, listedFiles, checks, { tree, truncated }, baseSha, pushes, runs] = await Promise.all([
    part("commits", [], () =>
      pages(pull.commits, MAX_COMMIT_PAGES, (page) => octokit.rest.pulls.listCommits({ ...one, page })),
    ),
    part("files", [], () =>
      pages(pull.changed_files, MAX_FILE_PAGES, (page) => octokit.rest.pulls.listFiles({ ...one, page })),
    ),
    part("checks", [], () => checksAt(octokit, where, sha, signal)),
    part("repository", { tree: [], truncated: false }, () => treeAt(octokit, where, sha, signal)),
    part("starting point", pull.base.sha, async () => {
      const { mergeBase } = await comparison(octokit, where, pull.base.sha, sha, 1, signal);
      return mergeBase;
    }),
    part("pushes", null, () => pushesOf(octokit, pull, { ...where, number: ref.number }, signal)),
    part("CI runs", [], () => runsOn(octokit, where, pull.head.ref, signal)),
  ]);
  // A pull request's lists change with its head, so after a push the comparison of the two fixed commits is used
  // instead.
  const { commits, files } = hasMoved(pull, listedCommits, listedFiles)
    ? await part<Change>("files", NOTHING, () => comparison(octokit, where, baseSha, sha, PAGE, signal))
    : { commits: listedCommits, files: listedFiles };
  const changed = files.map(fileOf);
  const manifests = await part("infrastructure", { before: [], after: [], unread: [] }, () =>
    readFiles(octokit, where, { head: sha, base: baseSha }, { tree, files: changed }, reading),
  );
  const shas = new Set(commits.map((commit) => commit.sha));
  return {
    source: "pull_request",
    repository: `${where.owner}/${where.repo}`,
    ...(isSame(where, ref) ? {} : { askedAs: `${ref.owner}/${ref.repo}` }),
    identities: [
      ...[ref.owner, where.owner, pull.user?.login, pull.head.repo?.owner.login].filter(
        (n) => n !== undefined,
      ),
      ...commits.flatMap(authorsOf),
    ],
    number: ref.number,
    webUrl: `${webOrigin}/${where.owner}/${where.repo}`,
    title: pull.title,
    body: pull.body ?? "",
    state: pull.merged ? "merged" : pull.state === "closed" ? "closed" : "open",
    draft: pull.draft ?? false,
    branch: pull.head.ref,
    base: pull.base.ref,
    headSha: sha,
    baseSha,
    createdAt: pull.created_at,
    pushedAt: pushes?.times.get(sha) ?? null,
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
    forcePushes: pushes?.forced ?? null,
    tree,
    ...manifests,
    history: null,
    beside: [],
    missing: [
      ...missing,
      ...(truncated ? [{ part: "repository" as const, why: "GitHub did not list every file" }] : []),
      ...leftOut(manifests.unread, hasToken),
      ...(pull.head.repo
        ? []
        : [{ part: "fork" as const, why: "its repository is gone; GitHub still has the commits" }]),
    ],
  };
}

/** The `missing` entries for manifests that were not read. */
export function leftOut({ length: left }: readonly string[], hasToken: boolean): Missing[] {
  if (left === 0) return [];
  const remedy = hasToken ? "" : "; with GITHUB_TOKEN one query reads them";
  const why = `${pluralize(left, "manifest was", "manifests were")} not read${remedy}`;
  return [{ part: "infrastructure", why }];
}

/** Whether the lists belong to a later head than the one that is read. */
function hasMoved(
  { commits: count, head }: { commits: number; head: { sha: string } },
  commits: readonly { sha: string }[],
  files: readonly { contents_url: string }[],
): boolean {
  const whole = commits.length === count && count > 0 && count <= MAX_COMMITS_LISTED;
  return (
    commits.length > count ||
    (whole && !commits.some(({ sha }) => sha === head.sha)) ||
    files.some((file) => !file.contents_url.endsWith(`ref=${head.sha}`))
  );
}

async function comparison(
  octokit: Octokit,
  where: RepositoryRef,
  base: string,
  head: string,
  commits: number,
  signal: AbortSignal,
) {
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
    ...where,
    basehead: `${base}...${head}`,
    per_page: commits,
    request: { signal },
  });
  return { commits: data.commits, files: data.files ?? [], mergeBase: data.merge_base_commit.sha };
}

type Pull = {
  readonly head: {
    readonly ref: string;
    readonly repo: { readonly full_name: string } | null;
  };
};

/**
 * The pushes to the branch. If the branch's repository is gone or closed to us, the force pushes among the pull
 * request's events.
 */
async function pushesOf(
  octokit: Octokit,
  { head }: Pull,
  { number, ...where }: PullRequestRef,
  signal: AbortSignal,
): Promise<Pushes> {
  if (head.repo) {
    try {
      const fork = parseRepositoryName(head.repo.full_name, "head");
      return await pushesTo(octokit, fork, head.ref, signal);
    } catch {
      // The pull request's events, read below, may still be available.
    }
  }
  const { data } = await octokit.rest.issues.listEvents({
    ...where,
    issue_number: number,
    per_page: PAGE,
    request: { signal },
  });
  return { forced: data.filter(({ event }) => event === "head_ref_force_pushed").length, times: new Map() };
}
