import { DomainError } from "../domain/errors.ts";
import type { SubmissionSnapshot } from "../domain/submission/snapshot.ts";
import { isSame, parseRepositoryName, type RepositoryRef } from "../domain/submission/url.ts";
import { isCounted } from "./changed-files.ts";
import { githubError } from "./failures.ts";
import { historyOf } from "./history.ts";
import type { Octokit } from "./octokit.ts";
import { authorsOf, commitOf, type ListedCommit, type ListedFile, partly } from "./parts.ts";
import { commitsByOthers } from "./people.ts";
import { pushesTo } from "./pushes.ts";
import { type Head, NO_BRANCH, pushesMissing, readChanges, readHead, runsFor } from "./read-changes.ts";
import type { Beside } from "./read-pull-request.ts";
import type { Reading } from "./reading.ts";
import { EMPTY_TREE, type Start } from "./start.ts";

/** A comparison lists no more files; there may be more where it lists as many. */
const MAX_FILES_COMPARED = 300;

export type Repository = Awaited<ReturnType<typeof getRepository>>;

/** The repository, and its name of today. @throws DomainError when it cannot be read. */
export async function getRepository(octokit: Octokit, ref: RepositoryRef, signal: AbortSignal) {
  const { data } = await octokit.rest.repos
    .get({ owner: ref.owner, repo: ref.repo, request: { signal } })
    .catch((error: unknown) => Promise.reject(githubError(error, signal)));
  const where = parseRepositoryName(data.full_name, "repository");
  return { ...data, where, ...(isSame(where, ref) ? {} : { askedAs: `${ref.owner}/${ref.repo}` }) };
}

/** A change between two commits, as GitHub compares them. Where the start is nothing, it is the whole head. */
export type Comparison = {
  readonly baseSha: string;
  readonly commits: readonly ListedCommit[];
  readonly totalCommits: number;
  readonly files: readonly ListedFile[];
};

/**
 * Compares a head with where the work began. GitHub returns 300 files and 250 commits at most.
 * @throws DomainError `precondition_failed` where the two have no past in common.
 */
export async function compareWith(
  octokit: Octokit,
  where: RepositoryRef,
  { sha: start, commits }: Pick<Start, "sha" | "commits">,
  head: string,
  signal: AbortSignal,
): Promise<Comparison> {
  if (commits)
    return { baseSha: start, commits: [...commits].reverse(), totalCommits: commits.length, files: [] };
  const { data } = await octokit.rest.repos
    .compareCommitsWithBasehead({ ...where, basehead: `${start}...${head}`, request: { signal } })
    .catch((error: unknown) => Promise.reject(notComparable(error, signal)));
  return {
    baseSha: data.merge_base_commit.sha,
    commits: data.commits,
    totalCommits: data.total_commits,
    files: data.files ?? [],
  };
}

type Work = {
  readonly repository: Repository;
  readonly head: Head;
  readonly start: Start;
  readonly change: Comparison;
  readonly beside: Beside;
};

/** Reads a branch at its present head, compared with where the work began. What cannot be read is in `missing`. */
export async function readBranch(
  octokit: Octokit,
  { repository, head, start, change, beside }: Work,
  reading: Reading,
): Promise<SubmissionSnapshot> {
  const { webOrigin, candidate, signal } = reading;
  const { where, askedAs } = repository;
  const { baseSha, commits, files } = change;
  const parts = partly(signal);
  const { missing, part } = parts;
  const [{ checks, tree, runs }, pushes] = await Promise.all([
    readHead(octokit, where, head, { parts, signal }),
    head.isNamed
      ? part("pushes", null, () => pushesTo(octokit, where, { ...head, candidate }, signal))
      : { forced: null, at: null, why: NO_BRANCH },
  ]);
  const isNew = baseSha === EMPTY_TREE;
  const { isWhole, ...changes } = await readChanges(
    octokit,
    where,
    {
      ...{ base: baseSha, head: head.sha, listed: files, after: tree },
      ...(isNew && { before: { tree: [], truncated: false } }),
      isWhole: !isNew && files.length < MAX_FILES_COMPARED,
      whyCut: "GitHub compares no more than 300, and the trees were not listed whole",
    },
    parts,
    reading,
  );
  const work = { commits, total: change.totalCommits, files: changes.files };
  const { history, missing: unsearched } = await historyOf(octokit, where, work, reading);
  const isLinesCounted = isWhole && changes.files.every(isCounted);
  const sum = (key: "added" | "removed") =>
    isLinesCounted ? changes.files.reduce((total, file) => total + file[key], 0) : null;
  const parted = !isNew && baseSha !== start.sha;
  return {
    source: "repository",
    repository: `${where.owner}/${where.repo}`,
    ...(askedAs !== undefined && { askedAs }),
    identities: [
      ...[where.owner, ...(askedAs === undefined ? [] : [askedAs.split("/")[0] ?? ""])],
      ...commits.flatMap(authorsOf),
      ...beside.people,
    ],
    number: null,
    webUrl: `${webOrigin}/${where.owner}/${where.repo}`,
    ...{ title: "", body: "", state: "none", draft: false },
    branch: head.branch,
    base: isNew ? "nothing" : baseSha.slice(0, 12),
    baseWhy: parted
      ? `${start.why}; the branch does not hold it, so compared with where they part`
      : start.why,
    headSha: head.sha,
    baseSha,
    createdAt: repository.created_at,
    pushedAt: pushes?.at ?? null,
    totals: {
      commits: change.totalCommits,
      files: isWhole ? changes.files.length : null,
      added: sum("added"),
      removed: sum("removed"),
    },
    commits: commits.map(commitOf),
    checks,
    runs: runsFor(runs, commits),
    forcePushes: pushes?.forced ?? null,
    tree: tree?.tree ?? [],
    ...changes,
    history,
    beside: [...commitsByOthers(commits, candidate), ...beside.texts],
    missing: [...missing, ...unsearched, ...pushesMissing(pushes)],
  };
}

/** The error for commits that GitHub cannot compare. Both exist, so they have no common history. */
function notComparable(error: unknown, signal: AbortSignal): DomainError {
  if ((error as { status?: number }).status !== 404) return githubError(error, signal);
  return new DomainError(
    "precondition_failed",
    "The branch and the commit at which the work began have no past in common.",
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
