import { setTimeout as wait } from "node:timers/promises";
import { DomainError } from "../../domain/errors.ts";
import { parseSubmissionUrl, type RepositoryRef } from "../../domain/submission/url.ts";
import { headOfClone } from "../../git/read-clone.ts";
import type { Github } from "../../github/client.ts";

type Ask = { readonly signal: AbortSignal };

/** Where work is handed in, and the commit at which it begins; null for a pull request, which carries its own. */
export type Place = { readonly url: string; readonly startSha: string | null };

/** GitHub answers before the files of a new repository are there. */
const TRIES = 8;
const TRY_MS = 500;

export const addressIn = ({ webOrigin }: Github, { owner, repo }: RepositoryRef): string =>
  `${webOrigin}/${owner}/${repo}`;

/**
 * Makes the candidate's repository, or finds it made. Looks before it makes, and after an unclear answer looks again:
 * asking twice could make two.
 * @returns what was done, in a sentence.
 * @throws DomainError `conflict` when the name is taken by something else.
 */
export async function ensureRepository(
  github: Github,
  template: RepositoryRef,
  target: RepositoryRef,
  ask: Ask,
): Promise<string> {
  const [name, from] = [`${target.owner}/${target.repo}`, `${template.owner}/${template.repo}`];
  const known = await github.findRepository(target, ask);
  if (!known && (await github.createFromTemplate(template, target, ask)) === "created")
    return `Made the private repository ${name} from ${from}.`;
  const there = known ?? (await github.findRepository(target, ask));
  if (there?.private && there.template?.toLowerCase() === from.toLowerCase())
    return `${name} was there already, from the same template.`;
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
  for (let n = 0; n < TRIES; n += 1) {
    if (n > 0) await wait(TRY_MS, undefined, ask);
    const repository = await github.findRepository(target, ask);
    const sha = repository && (await github.startingCommit(target, repository.defaultBranch, ask));
    if (sha !== undefined) return sha;
  }
  return undefined;
}

/** A repository, pull request or clone that exists already. Throws as the readers of each do. */
export async function existingPlace(
  github: Github,
  named: string,
  { allowFiles, signal }: Ask & { readonly allowFiles: boolean },
): Promise<Place> {
  if (!/^[a-z]+:/i.test(named))
    return { url: named, startSha: await headOfClone(named, { allowFiles, field: "repository", signal }) };
  const ref = parseSubmissionUrl(named, github.webHost, "repository");
  if (ref.number !== null) return { url: `${addressIn(github, ref)}/pull/${ref.number}`, startSha: null };
  const repository = await github.findRepository(ref, { signal });
  const startSha = repository && (await github.startingCommit(ref, repository.defaultBranch, { signal }));
  if (startSha !== undefined) return { url: addressIn(github, ref), startSha };
  throw new DomainError(
    "not_found",
    repository ? "repository: it has no commits yet." : "repository: GitHub shows no such repository.",
    "Check the address; a private repository needs GITHUB_TOKEN with access.",
  );
}
