import { DomainError } from "../errors.ts";

/** A pull request on a git host. Every part has been checked: none can turn a request elsewhere. */
export type PullRequestRef = { readonly owner: string; readonly repo: string; readonly number: number };

const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/;
const REPO = /^[A-Za-z0-9._-]{1,100}$/;
const MAX_NUMBER = 1_000_000_000;

/**
 * Reads the address of a pull request. Nothing is requested for one that is wrong.
 * @param webHost the host that may be named, with its port if it has one, such as `github.com`.
 * @throws DomainError `invalid` naming the form that is accepted.
 */
export function parseSubmissionUrl(address: string, webHost: string): PullRequestRef {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : undefined;
  const wrong = (why: string) =>
    new DomainError(
      "invalid",
      `url: ${why}`,
      `Give a pull request as https://${webHost}/OWNER/REPOSITORY/pull/NUMBER.`,
    );
  if (!url) throw wrong("this is no address.");
  if (url.host !== webHost) throw wrong(`only ${webHost} is read.`);
  const local = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::|$)/.test(webHost);
  if (url.protocol !== "https:" && !(local && url.protocol === "http:"))
    throw wrong("the address must begin with https://.");
  if (url.username !== "" || url.password !== "")
    throw wrong("an address with a user name or password is not read.");
  // The parser folds `..` and back-slashes away; what was typed must be the plain form already.
  const typed =
    /^https?:\/\/[^/\\]+\/([^/\\?#]+)\/([^/\\?#]+)\/pull\/(\d{1,10})(?:\/(?:files|commits|checks)?)?(?:[?#].*)?$/.exec(
      address.trim(),
    );
  const [, owner = "", repo = "", digits = ""] = typed ?? [];
  if (!typed) throw wrong("this is not the address of a pull request.");
  if (!OWNER.test(owner)) throw wrong("the owner is not a valid name.");
  if (!REPO.test(repo) || repo === "." || repo === "..") throw wrong("the repository is not a valid name.");
  const number = Number(digits);
  if (number < 1 || number > MAX_NUMBER) throw wrong("the number is not a valid one.");
  return { owner, repo, number };
}
