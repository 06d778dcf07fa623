import type { PullRequestSnapshot } from "../domain/submission/snapshot.ts";
import type { PullRequestRef } from "../domain/submission/url.ts";

/** What the rest of the program asks of GitHub. */
export type Github = {
  /** The host whose pages are named in addresses, such as `github.com`. */
  readonly webHost: string;
  /** @throws DomainError when the pull request itself cannot be read; a part that cannot is listed as missing. */
  readPullRequest(
    ref: PullRequestRef,
    options: { readonly signal: AbortSignal },
  ): Promise<PullRequestSnapshot>;
};

export type GithubOptions = {
  readonly token: string | undefined;
  /** Base of the REST interface; another one for Enterprise and for tests. */
  readonly apiUrl: string;
  /** Longest that one reading may take, in milliseconds. */
  readonly deadlineMs?: number;
};

const DEADLINE_MS = 20_000;
const QUICK_S = 5;
/** Answers that will not change by asking again. */
const FINAL = [304, 400, 401, 403, 404, 406, 409, 410, 422, 429, 451];
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A reader of one GitHub. octokit is loaded with the first request, since most sessions never make one. */
export function createGithub({ token, apiUrl, deadlineMs = DEADLINE_MS }: GithubOptions): Github {
  const webUrl = webUrlOf(apiUrl);
  let made: Promise<Octokit> | undefined;
  const octokit = () => {
    made ??= makeOctokit(token, apiUrl);
    return made;
  };
  return {
    webHost: webUrl.host,
    async readPullRequest(ref, { signal }) {
      const { readPullRequest } = await import("./read-pull-request.ts");
      const client = await octokit();
      // octokit takes a timeout signal for a server fault and tries again; an abort of our own ends it at once.
      const deadline = new AbortController();
      const stop = () => deadline.abort();
      const timer = setTimeout(stop, deadlineMs);
      signal.addEventListener("abort", stop, { once: true });
      try {
        return await readPullRequest(client, ref, webUrl.origin, deadline.signal);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
      }
    },
  };
}

export type Octokit = InstanceType<Awaited<typeof import("octokit")>["Octokit"]>;

async function makeOctokit(token: string | undefined, apiUrl: string): Promise<Octokit> {
  const { Octokit } = await import("octokit");
  const soon = (seconds: number, _options: unknown, _client: unknown, tries: number) =>
    tries < 1 && seconds <= QUICK_S;
  return new Octokit({
    ...(token === undefined ? {} : { auth: token }),
    baseUrl: apiUrl.replace(/\/+$/, ""),
    userAgent: "greenflag",
    log: quiet,
    retry: { retries: 1, retryAfterBaseValue: 250, doNotRetry: FINAL },
    // Buckets are shared by the whole process unless they are given a name of their own.
    throttle: { id: `greenflag ${apiUrl}`, onRateLimit: soon, onSecondaryRateLimit: soon },
  });
}

/** Where people read what the interface serves: api.github.com is github.com, an Enterprise host is itself. */
function webUrlOf(apiUrl: string): URL {
  const url = new URL(apiUrl);
  return url.host === "api.github.com" ? new URL("https://github.com") : new URL(url.origin);
}
