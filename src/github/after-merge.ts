import { pluralize } from "../domain/pluralize.ts";
import type { RepositoryRef } from "../domain/submission/url.ts";
import type { Octokit } from "./octokit.ts";

/** A pull request that was merged: GitHub holds its head and its lists as they were then. */
type Merged = {
  readonly merge_commit_sha: string | null;
  readonly head: {
    readonly sha: string;
    readonly ref: string;
    readonly repo: { readonly owner: Owner } | null;
  };
  readonly base: { readonly ref: string };
};
type Owner = { readonly login: string };

/**
 * What came after a pull request was merged, on its own branch and on the one that it was merged into: no part of it, and
 * maybe of the work. A branch that is gone has nothing.
 */
export async function afterMerge(
  octokit: Octokit,
  where: RepositoryRef,
  { merge_commit_sha: merge, head, base }: Merged,
  signal: AbortSignal,
): Promise<string[]> {
  const since = async (sha: string, branch: string, name: string): Promise<string[]> => {
    try {
      const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
        ...where,
        ...{ basehead: `${sha}...${branch}`, per_page: 1, request: { signal } },
      });
      if (data.ahead_by === 0) return [];
      const [are, were] = data.ahead_by === 1 ? ["is", "was"] : ["are", "were"];
      return [
        `${pluralize(data.ahead_by, "commit")} on ${name} ${are} later than the merge, and ${were} not counted`,
      ];
    } catch (error) {
      const isGone = (error as { status?: number }).status === 404;
      return isGone ? [] : [`whether ${name} has commits later than the merge could not be looked at`];
    }
  };
  const whose = head.repo === null ? undefined : head.repo.owner.login;
  const texts = await Promise.all([
    ...(merge === null ? [] : [since(merge, base.ref, `branch ${base.ref}`)]),
    ...(whose === undefined ? [] : [since(head.sha, `${whose}:${head.ref}`, `branch ${head.ref}`)]),
  ]);
  return texts.flat();
}
