import { DomainError } from "../errors.ts";

/** A repository on a git host. Every part has been checked: none can turn a request elsewhere. */
export type RepositoryRef = { readonly owner: string; readonly repo: string };

/** A pull request in one. */
export type PullRequestRef = RepositoryRef & { readonly number: number };

/** What an address of a submission names; `number` is null for a whole repository. */
export type SubmissionRef = RepositoryRef & { readonly number: number | null };

const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/;
const REPO = /^[A-Za-z0-9._-]{1,100}$/;
const MAX_NUMBER = 1_000_000_000;
const ADDRESS =
  /^https?:\/\/[^/\\]+\/([^/\\?#]+)\/([^/\\?#]+?)(?:\.git)?(?:\/|\/pull\/(\d{1,10})(?:\/(?:files|commits|checks)?)?)?(?:[?#].*)?$/;

/**
 * Reads the address of a pull request or a repository. Nothing is requested for one that is wrong.
 * @param webHost the host that may be named, with its port if it has one, such as `github.com`.
 * @param field the argument that held it.
 * @throws DomainError `invalid` naming the form that is accepted.
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
  // The parser folds `..` and back-slashes away; what was typed must be the plain form already.
  const parts = ADDRESS.exec(address.trim());
  const [, owner = "", repo = "", digits] = parts ?? [];
  if (!parts) throw wrong("this is not the address of a pull request or a repository.");
  requireNames(owner, repo, wrong);
  const number = digits === undefined ? null : Number(digits);
  if (number !== null && (number < 1 || number > MAX_NUMBER)) throw wrong("the number is not a valid one.");
  return { owner, repo, number };
}

/** Reads `OWNER/NAME`, as the operator or a template names a repository. Throws as `parseSubmissionUrl`. */
export function parseRepositoryName(name: string, field: string): RepositoryRef {
  const [owner = "", repo = "", ...more] = name.split("/");
  const wrong = (why: string) => new DomainError("invalid", `${field}: ${why}`, "Give it as OWNER/NAME.");
  if (more.length > 0) throw wrong("this is not OWNER/NAME.");
  requireNames(owner, repo, wrong);
  return { owner, repo };
}

/** Whether two references name one repository: letter case does not count in names. */
export const isSame = (a: RepositoryRef, b: RepositoryRef): boolean =>
  `${a.owner}/${a.repo}`.toLowerCase() === `${b.owner}/${b.repo}`.toLowerCase();

function requireNames(owner: string, repo: string, wrong: (why: string) => DomainError): void {
  if (!OWNER.test(owner)) throw wrong("the owner is not a valid name.");
  if (!REPO.test(repo) || repo === "." || repo === "..") throw wrong("the repository is not a valid name.");
}

/** @throws DomainError `invalid` for what cannot be the name of a user. */
export function requireUsername(name: string): string {
  if (OWNER.test(name)) return name;
  throw new DomainError(
    "invalid",
    "github_username: this is not a valid name.",
    "Letters, digits and hyphens, 39 at most, without @ and without an address.",
  );
}
