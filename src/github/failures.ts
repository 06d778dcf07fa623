import { DomainError } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import { ELSEWHERE } from "./same-host.ts";

type Headers = Record<string, string | number | undefined>;
type Fault = { type?: string; message?: string };
type Answer = {
  status?: number;
  response?: { headers?: Headers; data?: { message?: string; errors?: readonly Fault[] } };
  /** Of an answer to a query that says success and carries errors. */
  headers?: Headers;
  errors?: readonly Fault[];
};

/** An answer that says success and is no JSON, such as a sign-in page or one that was cut off. */
export class GarbledAnswer extends Error {
  constructor() {
    super("the body of a successful answer is no JSON");
    this.name = "GarbledAnswer";
  }
}

/** `until` is the instant from which GitHub answers again, where it says so. */
type Failure = { why: string; hint: string; ours: "not_found" | "unavailable"; until?: string };

/** A failure in our own words. GitHub's message only tells kinds apart, and is never shown. */
function failureOf(error: unknown, signal: AbortSignal): Failure {
  const answer = (typeof error === "object" && error !== null ? error : {}) as Answer;
  const { status, response } = answer;
  const headers = response?.headers ?? answer.headers ?? {};
  const faults = answer.errors ?? response?.data?.errors ?? [];
  const later = "Repeat the call in a few minutes.";
  if (signal.aborted) return { why: "GitHub did not answer in time", hint: later, ours: "unavailable" };
  if (isGarbled(error)) {
    const hint = `Something in between may answer in GitHub's place: check GITHUB_API_URL and any proxy. ${later}`;
    return { why: "GitHub's answer could not be read", hint, ours: "unavailable" };
  }
  if (status === 401)
    return { why: "GitHub refused the token", hint: "Set GITHUB_TOKEN to a valid one.", ours: "unavailable" };
  if (status === 403 || status === 429) return limited(status, response?.data?.message ?? "", headers);
  if (status === undefined && faults.length > 0) return failedQuery(faults, headers);
  if (status === 404 || status === 410) {
    return {
      why: "GitHub shows nothing at this address",
      hint: "Check the address; a private repository needs GITHUB_TOKEN with access.",
      ours: "not_found",
    };
  }
  if (status === ELSEWHERE) {
    const hint = "The repository was moved: give its address of today.";
    return { why: "GitHub sends this request elsewhere, where it is not sent on", hint, ours: "not_found" };
  }
  if (status === 409)
    return { why: "The repository has no commit yet", hint: "Push one first.", ours: "not_found" };
  if (status === 406 || status === 422)
    return {
      why: "GitHub would not give this part, which may be too large",
      hint: later,
      ours: "unavailable",
    };
  if (status !== undefined && status >= 500 && response)
    return { why: `GitHub failed (${status})`, hint: later, ours: "unavailable" };
  return { why: "GitHub could not be reached", hint: later, ours: "unavailable" };
}

/**
 * The library wraps what a request threw in an error of its own. So a TypeError comes from reading an answer without the
 * fields that GitHub's have.
 */
const isGarbled = (error: unknown): boolean =>
  error instanceof GarbledAnswer ||
  error instanceof TypeError ||
  (error instanceof Error && error.cause instanceof GarbledAnswer);

const notAllowed: Failure = {
  why: "GitHub does not allow it",
  hint: "GITHUB_TOKEN needs read access to the repository.",
  ours: "unavailable",
};

/**
 * GitHub's page "Rate limits for the REST API": a used-up limit says when it begins anew; a secondary limit may say how
 * long to wait, and otherwise asks for a minute.
 */
function limited(status: number, message: string, headers: Headers): Failure {
  const wait = Number(headers["retry-after"]);
  if (Number.isFinite(wait)) return pause(pluralize(wait, "second"));
  if (/secondary rate limit|abuse detection/i.test(message)) return pause("a minute");
  if (String(headers["x-ratelimit-remaining"]) === "0" || /rate limit exceeded/i.test(message))
    return usedUp(headers);
  if (status === 429) return pause("a minute");
  if (headers["x-github-sso"] !== undefined)
    return {
      why: "The organisation asks for single sign-on",
      hint: "Authorize GITHUB_TOKEN for the organisation in GitHub's token settings.",
      ours: "unavailable",
    };
  return notAllowed;
}

const pause = (time: string): Failure => ({
  why: "GitHub asks for a pause",
  hint: `Repeat the call in ${time}.`,
  ours: "unavailable",
});

function usedUp(headers: Headers): Failure {
  const reset = Number(headers["x-ratelimit-reset"]);
  const isDate = Number.isInteger(reset) && reset > 0 && reset < 1e11;
  const until = isDate ? new Date(reset * 1000).toISOString() : undefined;
  const when = until === undefined ? "in an hour" : `after ${until}`;
  return {
    why: "GitHub's hourly limit is used up",
    hint: `Repeat the call ${when}, or set GITHUB_TOKEN for a higher limit.`,
    ours: "unavailable",
    ...(until !== undefined && { until }),
  };
}

/** An answer to a GraphQL query that has the status of a success and carries errors, each with its type. */
function failedQuery(faults: readonly Fault[], headers: Headers): Failure {
  const types = faults.map(({ type }) => type ?? "");
  if (types.some((type) => type.startsWith("RATE_LIMIT"))) return usedUp(headers);
  if (faults.some(({ message }) => /secondary rate limit/i.test(message ?? ""))) return pause("a minute");
  if (types.some((type) => type === "FORBIDDEN" || type === "INSUFFICIENT_SCOPES")) return notAllowed;
  if (types.includes("NOT_FOUND"))
    return {
      why: "GitHub shows nothing at this address",
      hint: "A private repository needs GITHUB_TOKEN with access.",
      ours: "not_found",
    };
  return {
    why: "GitHub could not answer the query",
    hint: "Repeat the call in a few minutes.",
    ours: "unavailable",
  };
}

/** A failure as the reason for which a part is missing. */
export function whyOf(error: unknown, signal: AbortSignal): string {
  const { why, until } = failureOf(error, signal);
  return until === undefined ? why : `${why} until ${until}`;
}

/** The error for a failed request without which there is no answer at all. */
export function githubError(error: unknown, signal: AbortSignal): DomainError {
  const { why, hint, ours } = failureOf(error, signal);
  return new DomainError(ours, `${why}.`, hint, { cause: error });
}
