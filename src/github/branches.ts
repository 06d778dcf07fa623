import { pluralize } from "../domain/pluralize.ts";
import type { RepositoryRef } from "../domain/submission/url.ts";
import type { Octokit } from "./octokit.ts";
import { PAGE } from "./parts.ts";

const MAX_BRANCHES_COMPARED = 5;

/** The branches with commits that a head does not hold. */
export async function branchesAhead(
  octokit: Octokit,
  where: RepositoryRef,
  { sha, not }: { readonly sha: string; readonly not: ReadonlySet<string> },
  signal: AbortSignal,
): Promise<{ branches: { name: string; by: number; sha: string }[]; notLookedAt: string[] }> {
  try {
    const { data } = await octokit.rest.repos.listBranches({ ...where, per_page: PAGE, request: { signal } });
    const others = data.filter(({ name, commit }) => !not.has(name) && commit.sha !== sha);
    const compared = await Promise.all(
      others.slice(0, MAX_BRANCHES_COMPARED).map(async ({ name, commit }) => {
        const { data: change } = await octokit.rest.repos.compareCommitsWithBasehead({
          ...where,
          ...{ basehead: `${sha}...${commit.sha}`, per_page: 1, request: { signal } },
        });
        return { name, by: change.ahead_by, sha: commit.sha };
      }),
    );
    const left = others.length - compared.length;
    return {
      branches: compared.filter(({ by }) => by > 0),
      notLookedAt: left > 0 ? [`${pluralize(left, "other branch", "other branches")} not looked at`] : [],
    };
  } catch {
    return { branches: [], notLookedAt: ["other branches could not be looked at"] };
  }
}
