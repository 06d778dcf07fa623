import type { RepositoryRef } from "../domain/submission/url.ts";
import { githubError } from "./failures.ts";
import type { Octokit } from "./octokit.ts";
import { PAGE } from "./parts.ts";
import { loginsOf, otherThan, pullsNamed } from "./people.ts";
import type { Beside } from "./read-pull-request.ts";

const MAX_PULL_PAGES = 3;

/** A pull request as GitHub lists it. */
export type Pull = Awaited<ReturnType<typeof pullsOf>>["all"][number];

/** Says so where all pull requests were merged into the default branch, which holds them then. */
export function mergedInto(pulls: readonly Pull[]): string | undefined {
  const isIn = ({ merged_at, base }: Pull) => merged_at !== null && base.ref === base.repo.default_branch;
  return pulls.length > 0 && pulls.every(isIn)
    ? `${pullsNamed(pulls.map(({ number }) => number).sort((a, b) => a - b))} were merged into ${pulls[0]?.base.ref}, which was read`
    : undefined;
}

/** The newest pull requests of a repository, and whether these are all. */
export async function pullsOf(octokit: Octokit, { owner, repo }: RepositoryRef, signal: AbortSignal) {
  const read = async (page: number) => {
    const { data } = await octokit.rest.pulls.list({
      ...{ owner, repo, state: "all", sort: "created", direction: "desc" },
      ...{ per_page: PAGE, page, request: { signal } },
    });
    return data;
  };
  try {
    const all = await read(1);
    let isWhole = all.length < PAGE;
    for (let page = 2; page <= MAX_PULL_PAGES && !isWhole; page += 1) {
      const more = await read(page);
      all.push(...more);
      isWhole = more.length < PAGE;
    }
    return { all, isWhole };
  } catch (error) {
    throw githubError(error, signal);
  }
}

/** The pull requests that are not the answer, by their authors. */
export function besideOf(
  { all, isWhole }: { readonly all: readonly Pull[]; readonly isWhole: boolean },
  of: {
    readonly own: readonly Pull[];
    readonly live: readonly Pull[];
    readonly candidate: string | undefined;
  },
): Beside {
  const others = all.filter((pull) => !of.own.includes(pull));
  const byWhom = new Map<string, number[]>();
  for (const { user, number } of others) {
    const who = otherThan(of.candidate, user) ?? "somebody else";
    byWhom.set(who, [...(byWhom.get(who) ?? []), number]);
  }
  const notCounted = (numbers: readonly number[], why: string) =>
    `${pullsNamed(numbers)} ${numbers.length === 1 ? "is" : "are"} ${why}, and ${numbers.length === 1 ? "was" : "were"} not counted`;
  const withdrawn = of.own.filter((pull) => !of.live.includes(pull)).map(({ number }) => number);
  return {
    texts: [
      ...[...byWhom].map(([who, numbers]) => notCounted(numbers, `by ${who}`)),
      ...(withdrawn.length > 0 ? [notCounted(withdrawn, "closed without being merged")] : []),
      ...(isWhole ? [] : [`pull requests before the newest ${all.length} were not looked at`]),
    ],
    people: loginsOf(others.map(({ user }) => user)),
  };
}
