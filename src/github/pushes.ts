import { type PullRequestRef, parseRepositoryName, type RepositoryRef } from "../domain/submission/url.ts";
import { whyOf } from "./failures.ts";
import type { Octokit } from "./octokit.ts";
import { PAGE } from "./parts.ts";
import { isBot, isSameLogin } from "./people.ts";

/**
 * Pushes to a branch, as the host recorded them. The candidate cannot change them by setting a clock. `at` is when the
 * head arrived; null where there is no such record, and then `why` says why.
 */
export type Pushes = { readonly forced: number | null; readonly at: string | null; readonly why?: string };

type Head = { readonly branch: string; readonly sha: string; readonly candidate: string | undefined };

/** The kinds of activity by which somebody brings commits to a branch. A merge on GitHub is none: the team may make it. */
const PUSHES = new Set(["push", "force_push", "branch_creation"]);

/** The newest hundred activities of a branch: the number of forced pushes, and when its head arrived first. */
export async function pushesTo(
  octokit: Octokit,
  where: RepositoryRef,
  { branch, sha, candidate }: Head,
  signal: AbortSignal,
): Promise<Pushes> {
  const { data } = await octokit.rest.repos.listActivities({
    ...where,
    ref: `refs/heads/${branch}`,
    per_page: PAGE,
    request: { signal },
  });
  const forced =
    data.length < PAGE ? data.filter((activity) => activity.activity_type === "force_push").length : null;
  const arrivals = data.filter((activity) => activity.after === sha);
  const pushes = arrivals.filter(({ activity_type }) => PUSHES.has(activity_type));
  const first = pushes.sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp))[0];
  if (!first) {
    const why =
      arrivals.length > 0
        ? "the head came by a merge on GitHub, which is no push"
        : "GitHub's record of pushes does not hold this head";
    return { forced, at: null, why };
  }
  const { actor } = first;
  if (isBot(actor)) return { forced, at: null, why: "the head was pushed by a bot" };
  if (candidate !== undefined && actor && !isSameLogin(candidate, actor.login))
    return { forced, at: null, why: "the head was pushed by another account than the candidate's" };
  return { forced, at: first.timestamp };
}

/**
 * The pushes to the branch of a pull request. Where its repository is gone or closed to us, the forced ones among the
 * pull request's events.
 */
export async function pushesOf(
  octokit: Octokit,
  fork: string | undefined,
  head: Head,
  { number, ...where }: PullRequestRef,
  signal: AbortSignal,
): Promise<Pushes> {
  let why = "the repository that it was pushed to is gone";
  if (fork !== undefined) {
    try {
      const pushes = await pushesTo(octokit, parseRepositoryName(fork, "head"), head, signal);
      if (pushes.at !== null || pushes.forced !== null) return pushes;
    } catch (error) {
      why = `GitHub's record of pushes was not read (${whyOf(error, signal)})`;
    }
  }
  const { data } = await octokit.rest.issues.listEvents({
    ...where,
    issue_number: number,
    per_page: PAGE,
    request: { signal },
  });
  const forces = data.filter(({ event }) => event === "head_ref_force_pushed");
  const at = forces.find(({ commit_id }) => commit_id === head.sha)?.created_at ?? null;
  return { forced: data.length < PAGE ? forces.length : null, at, ...(at === null && { why }) };
}
