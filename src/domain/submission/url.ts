import { DomainError } from "../errors.ts";
import { cloneCommands } from "./other-hosts.ts";

/** A repository on a git host. Both parts were checked, so they cannot redirect a request. */
export type RepositoryRef = { readonly owner: string; readonly repo: string };

/** A pull request of a repository. */
export type PullRequestRef = RepositoryRef & { readonly number: number };

/**
 * What a submission's address names. `number` is null where it is no pull request: then one branch, or a comparison of
 * two commits, or else the whole repository.
 */
export type SubmissionRef = RepositoryRef & {
  readonly number: number | null;
  readonly branch?: string;
  readonly range?: CommitRange;
};

/** Two commits, each by a branch, a tag or a SHA. */
type CommitRange = { readonly base: string; readonly head: string };

const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/;
const REPO = /^[A-Za-z0-9._-]{1,100}$/;
/** What git allows as a name of a branch (git-check-ref-format), but for two dots in a row, which are looked for apart. */
const BRANCH = /^(?![-/.])[^\s\p{Cc}~^:?*[\\]{1,200}$/u;
const MAX_NUMBER = 1_000_000_000;
/** The tabs of a pull request, each maybe with commits behind it. */
const TABS = new Set(["files", "changes", "commits", "checks", "conflicts"]);
const COMMITS = /^[0-9a-f.]{1,90}$/i;
const SSH = /^(?:ssh:\/\/)?[\w.-]{1,40}@([\w.-]{1,255})(?::\d{1,5})?[:/]([^\s?#\\]{1,300})$/;
const KNOWN_HOST = /^(?:www\.)?(?:github|gitlab|bitbucket|codeberg)\.(?:com|org)\//i;

/** Whether a text is meant as an address on a host, and not as a path on this machine. */
export const isHostAddress = (text: string, webOrigin: string): boolean => {
  const typed = text.trim();
  return (
    /^[a-z]{2,}:/i.test(typed) ||
    SSH.test(typed) ||
    KNOWN_HOST.test(typed) ||
    typed.startsWith(`${new URL(webOrigin).host}/`)
  );
};

/**
 * Reads the address of a pull request, a branch, a comparison or a repository, without any request.
 * @param webOrigin how every accepted address begins, such as `https://github.com`.
 * @param field the argument that held the address.
 * @throws DomainError `invalid` naming the accepted form, or how the work is read from another host.
 */
export function parseSubmissionUrl(address: string, webOrigin: string, field = "url"): SubmissionRef {
  const typed = address.trim();
  const web = new URL(webOrigin);
  const forms = `Give a pull request as ${webOrigin}/OWNER/REPOSITORY/pull/NUMBER, or a repository as ${webOrigin}/OWNER/REPOSITORY.`;
  const wrong = (why: string, hint = forms) => new DomainError("invalid", `${field}: ${why}`, hint);
  const https = webForm(typed);
  if (https !== undefined) {
    if (https.host === web.host)
      throw wrong("this is not a web address.", `Give it as ${https.origin}${https.pathname}.`);
    throw elsewhere(https, web, field, wrong);
  }
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  if (!url) throw wrong("this is no address.");
  if (url.host !== web.host) throw elsewhere(url, web, field, wrong);
  const local = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::|$)/.test(web.host);
  if (url.protocol !== "https:" && !(local && url.protocol === "http:"))
    throw wrong("the address must begin with https://.");
  if (url.username !== "" || url.password !== "")
    throw wrong("an address with a user name or password is not read.");
  // The URL parser resolves `..` and back-slashes, so the typed text itself must have the plain form.
  const [owner = "", name = "", ...rest] = segmentsOf(typed, web) ?? [];
  const repo = name.replace(/\.git$/, "");
  if (owner === "" || repo === "") throw wrong("this is not the address of a pull request or a repository.");
  requireNames(owner, repo, wrong);
  const part = partNamed(rest);
  if (!part) throw wrong("this is not the address of a pull request or a repository.");
  if (part.number !== null && (part.number < 1 || part.number > MAX_NUMBER))
    throw wrong("the number is not a valid one.");
  return { owner, repo, ...part };
}

/** The web address of what was typed without one: over SSH, or without `https://`. */
function webForm(typed: string): URL | undefined {
  const [, host, path = ""] = SSH.exec(typed) ?? [];
  const text = host === undefined ? (KNOWN_HOST.test(typed) ? typed : undefined) : `${host}/${path}`;
  const address = `https://${text?.replace(/\.git\/?$/, "")}`;
  return text !== undefined && URL.canParse(address) ? new URL(address) : undefined;
}

/** The error for an address on another host: with the commands that make a clone, where the host is a known one. */
function elsewhere(url: URL, web: URL, field: string, wrong: (why: string) => DomainError): DomainError {
  const commands = cloneCommands(url);
  if (commands === undefined || !/^https?:$/.test(url.protocol)) return wrong(`only ${web.host} is read.`);
  return new DomainError(
    "invalid",
    `${field}: only ${web.host} is read over the network, and any other host from a clone.`,
    { do: "read_from_clone", field, commands },
  );
}

function segmentsOf(typed: string, web: URL): string[] | undefined {
  const [, path] = /^https?:\/\/[^/\\?#]+(\/[^\\?#]*)/i.exec(typed) ?? [];
  const prefix = web.pathname.replace(/\/$/, "");
  if (path === undefined || !path.startsWith(`${prefix}/`)) return undefined;
  const segments = path.slice(prefix.length + 1).split("/");
  while (segments.at(-1) === "") segments.pop();
  return segments;
}

/** What follows the name of a repository; undefined where it is nothing that is read. */
function partNamed([kind, ...rest]: readonly string[]): Omit<SubmissionRef, "owner" | "repo"> | undefined {
  if (kind === undefined || (kind === "pulls" && rest.length === 0)) return { number: null };
  if (kind === "pull") {
    const [digits = "", tab, commits, ...more] = rest;
    const isTab = (tab === undefined || TABS.has(tab)) && (commits === undefined || COMMITS.test(commits));
    return /^\d{1,10}$/.test(digits) && isTab && more.length === 0 ? { number: Number(digits) } : undefined;
  }
  const name = decoded(rest.join("/"));
  if (kind === "tree" || kind === "commits")
    return isBranch(name) ? { number: null, branch: name } : undefined;
  if (kind !== "compare") return undefined;
  const [base = "", head = "", ...more] = name.split(/\.{2,3}/);
  return isBranch(base) && isBranch(head) && more.length === 0
    ? { number: null, range: { base, head } }
    : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

const isBranch = (name: string): boolean => BRANCH.test(name) && !name.includes("..") && !name.endsWith("/");

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
