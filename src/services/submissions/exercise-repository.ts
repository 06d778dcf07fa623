import { setTimeout as wait } from "node:timers/promises";
import type { AllowFiles } from "../../domain/allow-files.ts";
import { DomainError } from "../../domain/errors.ts";
import { isHostAddress, parseSubmissionUrl, type RepositoryRef } from "../../domain/submission/url.ts";
import { headOfClone } from "../../git/read-clone.ts";
import type { Github } from "../../github/client.ts";

type Ask = { readonly signal: AbortSignal };

/**
 * Where the work is handed in, and the commit at which it begins. `startSha` is null for a pull request, which has its
 * own.
 */
export type ExerciseAddress = { readonly url: string; readonly startSha: string | null };

/** GitHub confirms a new repository before its files are copied, so its commit is asked for several times. */
const MAX_TRIES = 8;
const WAIT_BETWEEN_TRIES_MS = 500;

export const repositoryUrl = ({ webOrigin }: Github, { owner, repo }: RepositoryRef): string =>
  `${webOrigin}/${owner}/${repo}`;

/** The address of a branch, or of the whole repository. */
export const addressOfBranch = (github: Github, ref: RepositoryRef, branch?: string): string =>
  branch === undefined
    ? repositoryUrl(github, ref)
    : `${repositoryUrl(github, ref)}/tree/${branch.split("/").map(encodeURIComponent).join("/")}`;

/** A repository's full name on its host: `owner/name`. */
export const fullName = ({ owner, repo }: RepositoryRef): string => `${owner}/${repo}`;

/**
 * Makes the candidate's repository, or finds it. It looks before making one, and looks again after an unclear answer,
 * because a repeated request could make two.
 * @returns whether it was made now or found.
 * @throws DomainError `conflict` when another repository has the name.
 */
export async function ensureRepository(
  github: Github,
  template: RepositoryRef,
  target: RepositoryRef,
  ask: Ask,
): Promise<"made" | "found_made"> {
  const before = await github.findRepository(target, ask);
  if (!before && (await github.createFromTemplate(template, target, ask)) === "created") return "made";
  const repository = before ?? (await github.findRepository(target, ask));
  const [name, from] = [fullName(target), fullName(template)];
  if (repository?.private && repository.template?.toLowerCase() === from.toLowerCase()) return "found_made";
  throw new DomainError(
    "conflict",
    `${name} exists and is no private repository made from ${from}.`,
    "Rename or remove it on GitHub, or pass its address as repository to use it as it is.",
  );
}

/** The commit at which the work begins. Undefined while GitHub is still copying files into the repository. */
export async function startingCommitOf(
  github: Github,
  target: RepositoryRef,
  ask: Ask,
): Promise<string | undefined> {
  for (let n = 0; n < MAX_TRIES; n += 1) {
    if (n > 0) await wait(WAIT_BETWEEN_TRIES_MS, undefined, ask);
    const repository = await github.findRepository(target, ask);
    const sha = repository && (await github.startingCommit(target, repository.defaultBranch, ask));
    if (sha !== undefined) return sha;
  }
  return undefined;
}

/** The address of an existing repository, pull request or clone. Throws as the functions that read them. */
export async function existingAddress(
  github: Github,
  address: string,
  { allowFiles, signal }: Ask & { readonly allowFiles: AllowFiles },
): Promise<ExerciseAddress> {
  if (!isHostAddress(address, github.webOrigin))
    return {
      url: address,
      startSha: await headOfClone(address, { allowFiles, field: "repository", signal }),
    };
  const ref = parseSubmissionUrl(address, github.webOrigin, "repository");
  if (ref.number !== null) return { url: `${repositoryUrl(github, ref)}/pull/${ref.number}`, startSha: null };
  const repository = await github.findRepository(ref, { signal });
  const branch = ref.branch ?? ref.range?.head;
  const startSha =
    repository && (await github.startingCommit(ref, branch ?? repository.defaultBranch, { signal }));
  if (startSha !== undefined) return { url: addressOfBranch(github, ref, branch), startSha };
  throw new DomainError(
    "not_found",
    repository ? "repository: it has no commits yet." : "repository: GitHub shows no such repository.",
    "Check the address; a private repository needs GITHUB_TOKEN with access.",
  );
}
