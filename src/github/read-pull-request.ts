import type { SubmissionSnapshot } from "../domain/submission/snapshot.ts";
import {
  isSame,
  type PullRequestRef,
  parseRepositoryName,
  type RepositoryRef,
} from "../domain/submission/url.ts";
import { afterMerge } from "./after-merge.ts";
import { githubError } from "./failures.ts";
import { historyOf } from "./history.ts";
import type { Octokit } from "./octokit.ts";
import { authorsOf, commitOf, type ListedCommit, type ListedFile, PAGE, pages, partly } from "./parts.ts";
import { commitsByOthers, loginsOf, otherThan } from "./people.ts";
import { pushesOf } from "./pushes.ts";
import { pushesMissing, readChanges, readHead, runsFor } from "./read-changes.ts";
import type { Reading } from "./reading.ts";

/** GitHub lists at most 250 commits and 3,000 files of a pull request. */
const MAX_COMMITS_LISTED = 250;
const MAX_COMMIT_PAGES = 3;
const MAX_FILE_PAGES = 30;

type Lists = { readonly commits: readonly ListedCommit[]; readonly files: readonly ListedFile[] };

/** Other work that was seen, with the names of its people. */
export type Beside = { readonly texts: readonly string[]; readonly people: readonly string[] };
export const NOTHING_BESIDE: Beside = { texts: [], people: [] };

/**
 * Reads a pull request at the head that the first request returns: ten requests for 100 files.
 * @throws DomainError when the pull request itself cannot be read. Other parts that cannot be read are listed in
 *   `missing`.
 */
export async function readPullRequest(
  octokit: Octokit,
  ref: PullRequestRef,
  reading: Reading,
  beside: Beside = NOTHING_BESIDE,
): Promise<SubmissionSnapshot> {
  const { webOrigin, candidate, signal } = reading;
  const { data: pull } = await octokit.rest.pulls
    .get({ owner: ref.owner, repo: ref.repo, pull_number: ref.number, request: { signal } })
    .catch((error: unknown) => Promise.reject(githubError(error, signal)));
  const where = parseRepositoryName(pull.base.repo.full_name, "repository");
  const one = { ...where, pull_number: ref.number, per_page: PAGE, request: { signal } };
  const parts = partly(signal);
  const { missing, part } = parts;
  const { sha } = pull.head;
  const head = { sha, branch: pull.head.ref, isNamed: true, candidate };
  const [listedCommits, listedFiles, { checks, tree, runs }, baseSha, pushes] = await Promise.all([
    part("commits", [], () =>
      pages(pull.commits, MAX_COMMIT_PAGES, (page) => octokit.rest.pulls.listCommits({ ...one, page })),
    ),
    part("files", [], () =>
      pages(pull.changed_files, MAX_FILE_PAGES, (page) => octokit.rest.pulls.listFiles({ ...one, page })),
    ),
    readHead(octokit, where, head, { parts, signal }),
    part("starting point", pull.base.sha, async () => {
      const { mergeBase } = await comparison(octokit, where, pull.base.sha, sha, 1, signal);
      return mergeBase;
    }),
    part("pushes", null, () =>
      pushesOf(octokit, pull.head.repo?.full_name, head, { ...where, number: ref.number }, signal),
    ),
  ]);
  // A pull request's lists change with its head, so after a push the comparison of the two fixed commits is used
  // instead.
  const isMoved = hasMoved(pull, listedCommits, listedFiles);
  const { commits, files } = isMoved
    ? await part<Lists>("files", { commits: [], files: [] }, () =>
        comparison(octokit, where, baseSha, sha, PAGE, signal),
      )
    : { commits: listedCommits, files: listedFiles };
  const { isWhole, ...changes } = await readChanges(
    octokit,
    where,
    {
      ...{ base: baseSha, head: sha, listed: files, after: tree },
      isWhole: files.length === pull.changed_files,
      whyCut: `${files.length} of ${pull.changed_files} were read`,
    },
    parts,
    reading,
  );
  const work = { commits, total: pull.commits, files: changes.files };
  const { history, missing: unsearched } = await historyOf(octokit, where, work, reading);
  const later = pull.merged ? await afterMerge(octokit, where, pull, signal) : [];
  const other = otherThan(candidate, pull.user);
  return {
    source: "pull_request",
    repository: `${where.owner}/${where.repo}`,
    ...(isSame(where, ref) ? {} : { askedAs: `${ref.owner}/${ref.repo}` }),
    identities: [
      ...[ref.owner, where.owner],
      ...loginsOf([pull.user, pull.head.repo?.owner]),
      ...commits.flatMap(authorsOf),
      ...beside.people,
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
    pushedAt: pushes?.at ?? null,
    totals: {
      commits: pull.commits,
      files: pull.changed_files,
      added: pull.additions,
      removed: pull.deletions,
    },
    commits: commits.map(commitOf),
    checks,
    runs: runsFor(runs, commits),
    forcePushes: pushes?.forced ?? null,
    tree: tree?.tree ?? [],
    ...changes,
    history,
    beside: [
      ...(other === undefined ? [] : [`this pull request is by ${other}`]),
      ...commitsByOthers(commits, candidate),
      ...later,
      ...beside.texts,
    ],
    missing: [
      ...missing,
      ...unsearched,
      ...pushesMissing(pushes),
      ...(pull.head.repo
        ? []
        : [{ part: "fork" as const, why: "its repository is gone; GitHub still has the commits" }]),
    ],
  };
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
