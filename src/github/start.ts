import { parseRepositoryName, type RepositoryRef } from "../domain/submission/url.ts";
import type { Octokit } from "./octokit.ts";
import { type ListedCommit, PAGE } from "./parts.ts";
import { isSameLogin } from "./people.ts";

/** The tree without any file, by git's definition. */
export const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const MAX_HISTORY_PAGES = 10;

/**
 * Where the work began, and why there. With `commits` it began with nothing: they are the whole history, newest first.
 */
export type Start = {
  readonly sha: string;
  readonly why: string;
  readonly commits?: readonly ListedCommit[];
};

type Repository = {
  readonly owner: { readonly login: string };
  readonly parent?: { readonly full_name: string; readonly default_branch: string };
  readonly template_repository?: { readonly full_name: string } | null;
};

type Asked = {
  readonly sha: string;
  /** Whether a start is on record, which is the head itself. */
  readonly recorded: boolean;
  readonly candidate: string | undefined;
  readonly signal: AbortSignal;
};

/**
 * Finds where the work began when no start is on record, or only the head itself: where a fork left its parent, the first
 * commit of what was made from a template, or nothing at all where the whole history is the candidate's own. Undefined
 * where none of these is known.
 */
export async function findStart(
  octokit: Octokit,
  where: RepositoryRef,
  repository: Repository,
  { sha, recorded, candidate, signal }: Asked,
): Promise<Start | undefined> {
  const because = recorded ? "the start on record is the head itself" : "no start is on record";
  const { parent, template_repository: template } = repository;
  if (parent) {
    const left = await whereItLeft(octokit, where, parent, sha, signal);
    return left === undefined || left === sha
      ? undefined
      : { sha: left, why: `${because}; compared with where the fork left ${parent.full_name}` };
  }
  const history = await historyOf(octokit, where, sha, signal);
  const first = history?.at(-1);
  if (!history || !first || history.filter(({ parents }) => parents.length === 0).length !== 1)
    return undefined;
  if (template)
    return first.sha === sha
      ? undefined
      : {
          sha: first.sha,
          why: `${because}; compared with the first commit, made from the template ${template.full_name}`,
        };
  if (recorded && !isSameLogin(candidate, repository.owner.login)) return undefined;
  return {
    sha: EMPTY_TREE,
    why: `${because}, and the history begins in this repository: read from the first commit on`,
    commits: history,
  };
}

async function whereItLeft(
  octokit: Octokit,
  where: RepositoryRef,
  parent: { readonly full_name: string; readonly default_branch: string },
  sha: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const base = `${parseRepositoryName(parent.full_name, "parent").owner}:${parent.default_branch}`;
  try {
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      ...where,
      ...{ basehead: `${base}...${sha}`, per_page: 1, request: { signal } },
    });
    return data.merge_base_commit.sha;
  } catch {
    // A private parent that the token does not see, or no common history.
    return undefined;
  }
}

/** All commits up to a head, newest first. Undefined where there are more than are listed. */
async function historyOf(
  octokit: Octokit,
  where: RepositoryRef,
  sha: string,
  signal: AbortSignal,
): Promise<ListedCommit[] | undefined> {
  const commits: ListedCommit[] = [];
  for (let page = 1; page <= MAX_HISTORY_PAGES; page += 1) {
    const { data } = await octokit.rest.repos.listCommits({
      ...where,
      ...{ sha, per_page: PAGE, page, request: { signal } },
    });
    commits.push(...data);
    if (data.length < PAGE) return commits;
  }
  return undefined;
}
