import { DomainError } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import type { SubmissionSnapshot } from "../domain/submission/snapshot.ts";
import {
  isSame,
  parseRepositoryName,
  type RepositoryRef,
  type SubmissionRef,
} from "../domain/submission/url.ts";
import { branchesAhead } from "./branches.ts";
import { githubError } from "./failures.ts";
import type { Octokit } from "./octokit.ts";
import { isBot, isSameLogin } from "./people.ts";
import { besideOf, mergedInto, type Pull, pullsOf } from "./pulls.ts";
import { type Beside, NOTHING_BESIDE, readPullRequest } from "./read-pull-request.ts";
import { compareWith, getRepository, headOf, type Repository, readBranch } from "./read-repository.ts";
import type { Reading } from "./reading.ts";
import { findStart, type Start } from "./start.ts";

/** A pull request or a branch that may be the answer. `number` is null for a branch. */
type Possible = {
  readonly number: number | null;
  readonly branch: string;
  readonly sha: string;
  readonly author: string | null;
  readonly state: "open" | "draft" | "closed" | "merged" | "ahead";
  /** The date of its head, as the commit claims. */
  readonly headAt: string | null;
};
/** Several that may be the answer: a person has to choose. */
export type Choices = { readonly choices: readonly Possible[] };

const MAX_CHOICES_DATED = 10;

/**
 * Finds the work that answers the exercise, and reads it: what the address names, or else the candidate's own pull
 * request, or else the default branch against the start. Other people's and bots' work is named in `beside`.
 * @param startSha the commit on record at which the work began.
 * @throws DomainError when it cannot be read, or when nothing was handed in since the start.
 */
export async function readAnswer(
  octokit: Octokit,
  ref: SubmissionRef,
  startSha: string | undefined,
  reading: Reading,
): Promise<SubmissionSnapshot | Choices> {
  const { number, branch, range } = ref;
  if (number !== null) return readPullRequest(octokit, { ...ref, number }, reading);
  if (range) return readRange(octokit, ref, range, reading);
  if (branch !== undefined) {
    const repository = await getRepository(octokit, ref, reading.signal);
    return readNamed(octokit, repository, branch, startSha, NOTHING_BESIDE, reading);
  }
  const pulls = await pullsOf(octokit, ref, reading.signal);
  const { candidate } = reading;
  const own = pulls.all.filter(({ user }) =>
    candidate === undefined ? !isBot(user) : isSameLogin(candidate, user?.login),
  );
  const withdrawn = (pull: Pull) => pull.state === "closed" && pull.merged_at === null;
  const live = own.some((pull) => !withdrawn(pull)) ? own.filter((pull) => !withdrawn(pull)) : own;
  const beside = besideOf(pulls, { own, live, candidate });
  const [only, ...more] = live;
  if (only && more.length === 0)
    return readPullRequest(
      octokit,
      { owner: ref.owner, repo: ref.repo, number: only.number },
      reading,
      beside,
    );
  const into = startSha === undefined ? undefined : mergedInto(live);
  if (only && into === undefined) return { choices: await choicesOf(octokit, ref, live, reading.signal) };
  const texts = into === undefined ? beside.texts : [...beside.texts, into];
  return readDefault(octokit, ref, { startSha, beside: { ...beside, texts }, pulls: pulls.all }, reading);
}

async function choicesOf(
  octokit: Octokit,
  where: RepositoryRef,
  pulls: readonly Pull[],
  signal: AbortSignal,
): Promise<Possible[]> {
  return Promise.all(
    pulls.map(async ({ number, user, state, draft, merged_at, head }, n) => ({
      number,
      branch: head.ref,
      sha: head.sha,
      author: user?.login ?? null,
      state:
        merged_at !== null ? "merged" : state === "closed" ? "closed" : draft ? ("draft" as const) : "open",
      headAt: n < MAX_CHOICES_DATED ? await dateOf(octokit, where, head.sha, signal) : null,
    })),
  );
}

/** The date that a commit claims; null where it cannot be read. */
async function dateOf(
  octokit: Octokit,
  { owner, repo }: RepositoryRef,
  sha: string,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const { data } = await octokit.rest.repos.getCommit({ owner, repo, ref: sha, request: { signal } });
    return data.commit.committer?.date ?? null;
  } catch {
    return null;
  }
}

type Default = {
  readonly startSha: string | undefined;
  readonly beside: Beside;
  readonly pulls: readonly Pull[];
};

/** Reads the default branch; or the one other branch that has work, where the default branch is still at the start. */
async function readDefault(
  octokit: Octokit,
  ref: RepositoryRef,
  { startSha, beside, pulls }: Default,
  reading: Reading,
): Promise<SubmissionSnapshot | Choices> {
  const { signal } = reading;
  const repository = await getRepository(octokit, ref, signal);
  const { where, default_branch: branch } = repository;
  const sha = await headOf(octokit, where, branch, signal);
  const named = new Set(pulls.filter(({ head }) => isOf(head.repo, where)).map(({ head }) => head.ref));
  const ahead = await branchesAhead(octokit, where, { sha, not: named.add(branch) }, signal);
  const [only, ...more] = ahead.branches;
  const texts = [...beside.texts, ...ahead.notLookedAt];
  if (sha !== startSha || !only) {
    const others = ahead.branches.map(
      ({ name, by }) =>
        `branch ${name} is ${pluralize(by, "commit")} ahead of ${branch}, and was not counted`,
    );
    const whole = { ...beside, texts: [...texts, ...others] };
    return readNamed(octokit, repository, branch, startSha, whole, reading, sha);
  }
  if (more.length > 0)
    return {
      choices: ahead.branches.map(({ name, sha }) => ({
        ...{ number: null, branch: name, sha, author: null, state: "ahead", headAt: null },
      })),
    };
  const moved = `the default branch, ${branch}, is still at the start, so ${only.name} was read`;
  return readNamed(
    octokit,
    repository,
    only.name,
    startSha,
    { ...beside, texts: [...texts, moved] },
    reading,
  );
}

const isOf = (repository: { readonly full_name: string } | null, where: RepositoryRef): boolean =>
  repository !== null && isSame(parseRepositoryName(repository.full_name, "head"), where);

/** Reads one branch against the start on record, or against the one that is found. */
async function readNamed(
  octokit: Octokit,
  repository: Repository,
  branch: string,
  startSha: string | undefined,
  beside: Beside,
  reading: Reading,
  headSha?: string,
): Promise<SubmissionSnapshot> {
  const { candidate, signal } = reading;
  const { where } = repository;
  const sha = headSha ?? (await headOf(octokit, where, branch, signal));
  const recorded = startSha !== undefined;
  const start: Start | undefined =
    recorded && startSha !== sha
      ? { sha: startSha, why: "the start on record" }
      : await startOf(octokit, repository, { sha, recorded, candidate, signal });
  if (!start) throw recorded ? nothingSince() : noStart();
  const change = await compareWith(octokit, where, start, sha, signal);
  if (change.totalCommits === 0) throw nothingSince();
  return readBranch(
    octokit,
    { repository, head: { sha, branch, isNamed: true }, start, change, beside },
    reading,
  );
}

async function startOf(
  octokit: Octokit,
  repository: Repository,
  asked: Parameters<typeof findStart>[3],
): Promise<Start | undefined> {
  try {
    return await findStart(octokit, repository.where, repository, asked);
  } catch (error) {
    throw githubError(error, asked.signal);
  }
}

/** Reads what an address of a comparison names, each side a branch, a tag or a SHA. */
async function readRange(
  octokit: Octokit,
  ref: RepositoryRef,
  { base, head }: { readonly base: string; readonly head: string },
  reading: Reading,
): Promise<SubmissionSnapshot> {
  const { signal } = reading;
  const repository = await getRepository(octokit, ref, signal);
  const shaOf = async (name: string) => {
    const { data } = await octokit.rest.repos
      .getCommit({ ...repository.where, ref: name, per_page: 1, request: { signal } })
      .catch((error: unknown) => Promise.reject(githubError(error, signal)));
    return data.sha;
  };
  const [from, to] = await Promise.all([shaOf(base), shaOf(head)]);
  const start = { sha: from, why: "the start that the address names" };
  const change = await compareWith(octokit, repository.where, start, to, signal);
  if (change.totalCommits === 0) throw nothingSince();
  // What GitHub records of a branch is asked for by its name.
  const isNamed = !to.startsWith(head);
  const work = {
    repository,
    head: { sha: to, branch: head, isNamed },
    start,
    change,
    beside: NOTHING_BESIDE,
  };
  return readBranch(octokit, work, reading);
}

const nothingSince = (): DomainError =>
  new DomainError(
    "precondition_failed",
    "url: there is no commit after the start, so nothing was stored: the work is not pushed yet, or was there already " +
      "when it was registered.",
    { do: "state_start" },
  );

const noStart = (): DomainError =>
  new DomainError(
    "precondition_failed",
    "url: the candidate has no pull request there, and it is not known at which commit the work began.",
    { do: "state_start" },
  );
