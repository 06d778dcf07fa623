import type {
  ChangedFile,
  Check,
  PullRequestSnapshot,
  SnapshotCommit,
} from "../domain/submission/snapshot.ts";
import type { PullRequestRef } from "../domain/submission/url.ts";
import type { Octokit } from "./client.ts";
import { failureOf, githubError } from "./failures.ts";

const PAGE = 100;
/** GitHub lists no more than this many commits of a pull request. */
const COMMIT_PAGES = 3;
const FILE_PAGES = 3;

/**
 * Reads a pull request in at most eight requests, everything pinned to the head that the first one names.
 * @throws DomainError when the pull request itself cannot be read; what else cannot is listed in `missing`.
 */
export async function readPullRequest(
  octokit: Octokit,
  ref: PullRequestRef,
  webOrigin: string,
  signal: AbortSignal,
): Promise<PullRequestSnapshot> {
  const where = { owner: ref.owner, repo: ref.repo };
  const request = { signal };
  const { data: pull } = await octokit.rest.pulls
    .get({ ...where, pull_number: ref.number, request })
    .catch((error: unknown) => Promise.reject(githubError(error, signal)));
  const missing: string[] = [];
  const part = async <T>(what: string, read: () => Promise<T[]>): Promise<T[]> => {
    try {
      return await read();
    } catch (error) {
      missing.push(`${what}: ${failureOf(error, signal).why}`);
      return [];
    }
  };
  const { sha } = pull.head;
  const [commits, files, checks] = await Promise.all([
    part("commits", () =>
      pages(COMMIT_PAGES, (page) =>
        octokit.rest.pulls.listCommits({ ...where, pull_number: ref.number, per_page: PAGE, page, request }),
      ),
    ),
    part("files", () =>
      pages(FILE_PAGES, (page) =>
        octokit.rest.pulls.listFiles({ ...where, pull_number: ref.number, per_page: PAGE, page, request }),
      ),
    ),
    part(
      "checks",
      async () =>
        (await octokit.rest.checks.listForRef({ ...where, ref: sha, per_page: PAGE, request })).data
          .check_runs,
    ),
  ]);
  return {
    ...ref,
    webUrl: `${webOrigin}/${ref.owner}/${ref.repo}`,
    title: pull.title,
    body: pull.body ?? "",
    author: pull.user?.login ?? "",
    state: pull.merged ? "merged" : pull.state === "closed" ? "closed" : "open",
    draft: pull.draft ?? false,
    branch: pull.head.ref,
    base: pull.base.ref,
    headSha: sha,
    baseSha: pull.base.sha,
    createdAt: pull.created_at,
    updatedAt: pull.updated_at,
    totals: {
      commits: pull.commits,
      files: pull.changed_files,
      added: pull.additions,
      removed: pull.deletions,
    },
    commits: commits.map(commitOf),
    files: files.map(fileOf),
    checks: checks.map(checkOf),
    missing,
  };
}

/** As many pages as there are, up to a limit; a short page is the last one. */
async function pages<T>(most: number, read: (page: number) => Promise<{ data: T[] }>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; page <= most; page += 1) {
    const { data } = await read(page);
    all.push(...data);
    if (data.length < PAGE) break;
  }
  return all;
}

type Of<F extends (...args: never[]) => Promise<{ data: unknown }>> = Awaited<ReturnType<F>>["data"];
type Pulls = Octokit["rest"]["pulls"];

const commitOf = ({ sha, commit, parents }: Of<Pulls["listCommits"]>[number]): SnapshotCommit => ({
  sha,
  message: commit.message,
  parents: parents.length,
  authoredAt: commit.author?.date ?? "",
});

const STATUS: Record<string, ChangedFile["status"]> = {
  added: "added",
  removed: "removed",
  modified: "modified",
  renamed: "renamed",
};

const fileOf = (file: Of<Pulls["listFiles"]>[number]): ChangedFile => ({
  path: file.filename,
  previousPath: file.previous_filename,
  status: STATUS[file.status] ?? "other",
  added: file.additions,
  removed: file.deletions,
  patch: file.patch,
});

const checkOf = (run: Of<Octokit["rest"]["checks"]["listForRef"]>["check_runs"][number]): Check => ({
  name: run.name,
  app: run.app?.name ?? "",
  status: run.status,
  conclusion: run.conclusion,
  completedAt: run.completed_at,
});
