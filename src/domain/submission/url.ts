import { DomainError } from "../errors.ts";

/** A repository on a git host. Both parts were checked, so they cannot redirect a request. */
export type RepositoryRef = { readonly owner: string; readonly repo: string };

/** A pull request of a repository. */
export type PullRequestRef = RepositoryRef & { readonly number: number };

/** What a submission's address names. `number` is null for a whole repository. */
export type SubmissionRef = RepositoryRef & { readonly number: number | null };

const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/;
const REPO = /^[A-Za-z0-9._-]{1,100}$/;
const MAX_NUMBER = 1_000_000_000;
const ADDRESS =
  /^https?:\/\/[^/\\]+\/([^/\\?#]+)\/([^/\\?#]+?)(?:\.git)?(?:\/|\/pull\/(\d{1,10})(?:\/(?:files|commits|checks)?)?)?(?:[?#].*)?$/;

/**
 * Reads the address of a pull request or a repository, without any request.
 * @param webHost the only host that is accepted, with its port if it has one, such as `github.com`.
 * @param field the argument that held the address.
 * @throws DomainError `invalid` naming the accepted form.
 */
export function parseSubmissionUrl(address: string, webHost: string, field = "url"): SubmissionRef {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : undefined;
  const wrong = (why: string) =>
    new DomainError(
      "invalid",
      `${field}: ${why}`,
      `Give a pull request as https://${webHost}/OWNER/REPOSITORY/pull/NUMBER, or a repository as https://${webHost}/OWNER/REPOSITORY.`,
    );
  if (!url) throw wrong("this is no address.");
  if (url.host !== webHost) throw wrong(`only ${webHost} is read.`);
  const local = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::|$)/.test(webHost);
  if (url.protocol !== "https:" && !(local && url.protocol === "http:"))
    throw wrong("the address must begin with https://.");
  if (url.username !== "" || url.password !== "")
    throw wrong("an address with a user name or password is not read.");
  // The URL parser resolves `..` and back-slashes, so the typed text itself must have the plain form.
  const parts = ADDRESS.exec(address.trim());
  const [, owner = "", repo = "", digits] = parts ?? [];
  if (!parts) throw wrong("this is not the address of a pull request or a repository.");
  requireNames(owner, repo, wrong);
  const number = digits === undefined ? null : Number(digits);
  if (number !== null && (number < 1 || number > MAX_NUMBER)) throw wrong("the number is not a valid one.");
  return { owner, repo, number };
}

/** Reads `OWNER/NAME`, the form that the operator and templates use. Throws as `parseSubmissionUrl`. */
export function parseRepositoryName(name: string, field: string): RepositoryRef {
  const [owner = "", repo = "", ...more] = name.split("/");
  const wrong = (why: string) => new DomainError("invalid", `${field}: ${why}`, "Give it as OWNER/NAME.");
  if (more.length > 0) throw wrong("this is not OWNER/NAME.");
  requireNames(owner, repo, wrong);
  return { owner, repo };
}

/** Whether two references name the same repository. Letter case does not count. */
export const isSame = (a: RepositoryRef, b: RepositoryRef): boolean =>
  `${a.owner}/${a.repo}`.toLowerCase() === `${b.owner}/${b.repo}`.toLowerCase();

function requireNames(owner: string, repo: string, wrong: (why: string) => DomainError): void {
  if (!OWNER.test(owner)) throw wrong("the owner is not a valid name.");
  if (!REPO.test(repo) || repo === "." || repo === "..") throw wrong("the repository is not a valid name.");
}

/** @throws DomainError `invalid` for a text that cannot be a user name. */
export function requireUsername(name: string): string {
  if (OWNER.test(name)) return name;
  throw new DomainError(
    "invalid",
    "github_username: this is not a valid name.",
    "Letters, digits and hyphens, 39 at most, without @ and without an address.",
  );
}
