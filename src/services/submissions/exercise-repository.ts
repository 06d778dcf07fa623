import { setTimeout as wait } from "node:timers/promises";
import type { AllowFiles } from "../../domain/allow-files.ts";
import { DomainError } from "../../domain/errors.ts";
import { parseSubmissionUrl, type RepositoryRef } from "../../domain/submission/url.ts";
import { headOfClone } from "../../git/read-clone.ts";
import type { Github } from "../../github/client.ts";

type Ask = { readonly signal: AbortSignal };

/** Where the work is handed in, and the commit at which it begins; null for a pull request, which carries its own. */
export type ExerciseAddress = { readonly url: string; readonly startSha: string | null };

/** GitHub answers before the files of a new repository are there. */
const MAX_TRIES = 8;
const WAIT_BETWEEN_TRIES_MS = 500;

export const repositoryUrl = ({ webOrigin }: Github, { owner, repo }: RepositoryRef): string =>
  `${webOrigin}/${owner}/${repo}`;

/** A repository as its host names it: `owner/name`. */
export const fullName = ({ owner, repo }: RepositoryRef): string => `${owner}/${repo}`;

/**
 * Makes the candidate's repository, or finds it made. Looks before it makes, and after an unclear answer looks again:
 * asking twice could make two.
 * @returns whether it was made now or found made.
 * @throws DomainError `conflict` when the name is taken by something else.
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

/** The commit at which the work begins; undefined while GitHub is still filling the repository. */
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

/** A repository, pull request or clone that exists already. Throws as the readers of each do. */
export async function existingAddress(
  github: Github,
  address: string,
  { allowFiles, signal }: Ask & { readonly allowFiles: AllowFiles },
): Promise<ExerciseAddress> {
  if (!/^[a-z]+:/i.test(address))
    return {
      url: address,
      startSha: await headOfClone(address, { allowFiles, field: "repository", signal }),
    };
  const ref = parseSubmissionUrl(address, github.webHost, "repository");
  if (ref.number !== null) return { url: `${repositoryUrl(github, ref)}/pull/${ref.number}`, startSha: null };
  const repository = await github.findRepository(ref, { signal });
  const startSha = repository && (await github.startingCommit(ref, repository.defaultBranch, { signal }));
  if (startSha !== undefined) return { url: repositoryUrl(github, ref), startSha };
  throw new DomainError(
    "not_found",
    repository ? "repository: it has no commits yet." : "repository: GitHub shows no such repository.",
    "Check the address; a private repository needs GITHUB_TOKEN with access.",
  );
}
