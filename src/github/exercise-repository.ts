import { DomainError } from "../domain/errors.ts";
import type { RepositoryRef } from "../domain/submission/url.ts";
import { githubError } from "./failures.ts";
import type { Octokit } from "./octokit.ts";
import { headOf } from "./read-repository.ts";

/**
 * A repository that was found. `name` is its `owner/name` of today. `template` is the `owner/name` of the template that it was made from.
 */
export type RepositoryState = {
  readonly name: string;
  readonly defaultBranch: string;
  readonly template: string | null;
  readonly private: boolean;
};

const once = (signal: AbortSignal) => ({ signal, retries: 0 });

/** Looks for a repository. Undefined when the token can see none. Throws `unavailable` when GitHub fails. */
export async function findRepository(
  octokit: Octokit,
  { owner, repo }: RepositoryRef,
  signal: AbortSignal,
): Promise<RepositoryState | undefined> {
  try {
    const { data } = await octokit.rest.repos.get({ owner, repo, request: { signal } });
    return {
      name: data.full_name,
      defaultBranch: data.default_branch,
      template: data.template_repository?.full_name ?? null,
      private: data.private,
    };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw githubError(error, signal);
  }
}

/**
 * Makes a private repository from a template. The request is made only once. After an unclear answer, the caller finds
 * out by looking for the repository, never by repeating the request.
 * @throws DomainError `not_found` when the template does not exist or is no template; `unavailable` when GitHub does
 *   not confirm.
 */
export async function createFromTemplate(
  octokit: Octokit,
  template: RepositoryRef,
  target: RepositoryRef,
  signal: AbortSignal,
): Promise<"created" | "name_taken"> {
  try {
    await octokit.rest.repos.createUsingTemplate({
      template_owner: template.owner,
      template_repo: template.repo,
      owner: target.owner,
      name: target.repo,
      private: true,
      include_all_branches: false,
      request: once(signal),
    });
    return "created";
  } catch (error) {
    const status = statusOf(error);
    if (status === 422) return "name_taken";
    if (status !== 404) throw githubError(error, signal);
    throw new DomainError(
      "not_found",
      `GitHub shows no template repository ${template.owner}/${template.repo}.`,
      "Push the exercise's starter there, mark it as a template in its settings, and give the token access.",
      { cause: error },
    );
  }
}

/** The commit at which the work begins. Undefined while GitHub is still copying files into the repository. */
export async function startingCommit(
  octokit: Octokit,
  where: RepositoryRef,
  branch: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return await headOf(octokit, where, branch, signal);
  } catch (error) {
    if (error instanceof DomainError && [404, 409].includes(statusOf(error.cause) ?? 0)) return undefined;
    throw error;
  }
}

/** Invites a user with push access. The request is made only once. Inviting a member of the repository is no error. */
export async function invite(
  octokit: Octokit,
  { owner, repo }: RepositoryRef,
  username: string,
  signal: AbortSignal,
): Promise<"invited" | "already_in"> {
  try {
    const { status } = await octokit.rest.repos.addCollaborator({
      owner,
      repo,
      username,
      permission: "push",
      request: once(signal),
    });
    return (status as number) === 204 ? "already_in" : "invited";
  } catch (error) {
    const status = statusOf(error);
    if (status !== 404 && status !== 422) throw githubError(error, signal);
    throw new DomainError(
      "not_found",
      "github_username: GitHub knows no such user, or does not let them be invited.",
      "Ask the candidate for the exact name, then repeat the call with it.",
      { cause: error },
    );
  }
}

const statusOf = (error: unknown): number | undefined => (error as { status?: number } | undefined)?.status;
