import type { ReadingKinds } from "../domain/submission/file-kinds.ts";
import type { SubmissionSnapshot } from "../domain/submission/snapshot.ts";
import type { RepositoryRef, SubmissionRef } from "../domain/submission/url.ts";
import { keepAnswers } from "./etag-cache.ts";
import {
  createFromTemplate,
  findRepository,
  invite,
  type RepositoryState,
  startingCommit,
} from "./exercise-repository.ts";
import { GarbledAnswer, githubError } from "./failures.ts";
import { type Choices, readAnswer } from "./find-answer.ts";
import type { Octokit } from "./octokit.ts";
import { ELSEWHERE, fetchOnSameHost } from "./same-host.ts";

type Ask = { readonly signal: AbortSignal };
/** `fileKinds` says which files are read whole and not only as a diff; `candidate` is the account on record. */
type ReadAsk = Ask & {
  readonly fileKinds: ReadingKinds;
  readonly candidate?: string | undefined;
};

/** What the program needs from a git host. Every failure is a domain error in our own words. */
export type Github = {
  /** How the host's web addresses begin, such as `https://github.com`. Only these are accepted. */
  readonly webOrigin: string;
  readonly hasToken: boolean;
  /** Finds the candidate's work by the address and the start on record, and reads it. */
  readAnswer(
    ref: SubmissionRef,
    startSha: string | undefined,
    ask: ReadAsk,
  ): Promise<SubmissionSnapshot | Choices>;
  findRepository(ref: RepositoryRef, ask: Ask): Promise<RepositoryState | undefined>;
  startingCommit(ref: RepositoryRef, branch: string, ask: Ask): Promise<string | undefined>;
  createFromTemplate(
    template: RepositoryRef,
    target: RepositoryRef,
    ask: Ask,
  ): Promise<"created" | "name_taken">;
  invite(ref: RepositoryRef, username: string, ask: Ask): Promise<"invited" | "already_in">;
};

export type GithubOptions = {
  readonly token: string | undefined;
  /** Base address of the REST interface. Differs for GitHub Enterprise and in tests. */
  readonly apiUrl: string;
  /** Time limit for one call of a method, in milliseconds. */
  readonly deadlineMs?: number;
};

const DEADLINE_MS = 20_000;
const MAX_WAIT_BEFORE_RETRY_S = 5;
/** Statuses after which a request is not repeated. */
const FINAL_STATUSES = [304, 400, 401, 403, 404, 406, 409, 410, ELSEWHERE, 422, 429, 451];
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A client for one GitHub host. octokit is loaded with the first request, because most sessions never make one. */
export function createGithub({ token, apiUrl, deadlineMs = DEADLINE_MS }: GithubOptions): Github {
  const webOrigin = webOriginOf(apiUrl);
  const hasToken = token !== undefined;
  let client: Promise<Octokit> | undefined;

  /**
   * Runs within the time limit. An abort ends octokit; a timeout signal would not, because octokit takes it for a
   * server fault and repeats the request.
   */
  async function within<T>(
    { signal }: Ask,
    work: (octokit: Octokit, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    client ??= makeOctokit(token, apiUrl);
    const octokit = await client;
    const deadline = new AbortController();
    const stop = () => deadline.abort();
    const timer = setTimeout(stop, deadlineMs);
    signal.addEventListener("abort", stop, { once: true });
    try {
      return await work(octokit, deadline.signal);
    } catch (error) {
      // An answer without the fields that GitHub's have.
      throw error instanceof TypeError ? githubError(error, deadline.signal) : error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }
  const reading = ({ fileKinds, candidate }: ReadAsk, signal: AbortSignal) => ({
    ...{ webOrigin, hasToken, fileKinds, candidate, signal },
  });
  return {
    webOrigin,
    hasToken,
    readAnswer: (ref, startSha, ask) =>
      within(ask, (octokit, signal) => readAnswer(octokit, ref, startSha, reading(ask, signal))),
    findRepository: (ref, ask) => within(ask, (octokit, signal) => findRepository(octokit, ref, signal)),
    startingCommit: (ref, branch, ask) =>
      within(ask, (octokit, signal) => startingCommit(octokit, ref, branch, signal)),
    createFromTemplate: (template, target, ask) =>
      within(ask, (octokit, signal) => createFromTemplate(octokit, template, target, signal)),
    invite: (ref, username, ask) => within(ask, (octokit, signal) => invite(octokit, ref, username, signal)),
  };
}

async function makeOctokit(token: string | undefined, apiUrl: string): Promise<Octokit> {
  const { Octokit } = await import("octokit");
  const soon = (seconds: number, _options: unknown, _client: unknown, tries: number) =>
    tries < 1 && seconds <= MAX_WAIT_BEFORE_RETRY_S;
  const octokit = new Octokit({
    ...(token === undefined ? {} : { auth: token }),
    baseUrl: apiUrl.replace(/\/+$/, ""),
    userAgent: "greenflag",
    log: quiet,
    request: { fetch: fetchOnSameHost },
    retry: { retries: 1, retryAfterBaseValue: 250, doNotRetry: FINAL_STATUSES },
    // Without an id of its own, the throttle would be shared by the whole process.
    throttle: { id: `greenflag ${apiUrl}`, onRateLimit: soon, onSecondaryRateLimit: soon },
  });
  refuseGarbled(octokit);
  keepAnswers(octokit);
  return octokit;
}

/** Everything that is asked for is JSON; the library hands on any other body as text. */
function refuseGarbled(octokit: Octokit): void {
  octokit.hook.after("request", ({ status, data }) => {
    if (status !== 204 && (typeof data !== "object" || data === null)) throw new GarbledAnswer();
  });
}

/**
 * The beginning of the web addresses that belong to a REST address: github.com for api.github.com, the same without
 * `api.` for Enterprise Cloud with data residency, and for an Enterprise server what stands before /api/v3 (GitHub's
 * page "Getting started with the REST API").
 */
function webOriginOf(apiUrl: string): string {
  const { protocol, host, pathname } = new URL(apiUrl);
  const webHost = host === "api.github.com" || host.endsWith(".ghe.com") ? host.replace(/^api\./, "") : host;
  return `${protocol}//${webHost}${pathname.replace(/\/+$/, "").replace(/\/api\/v3$/, "")}`;
}
