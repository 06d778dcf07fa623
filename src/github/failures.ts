import { DomainError } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import { ELSEWHERE } from "./same-host.ts";

type Answer = { status?: number; response?: { headers?: Record<string, string | number | undefined> } };

/** An answer that says success and is no JSON, such as a sign-in page or one that was cut off. */
export class GarbledAnswer extends Error {
  constructor() {
    super("the body of a successful answer is no JSON");
    this.name = "GarbledAnswer";
  }
}

/** A failure in our own words. GitHub's message is never used. */
export function failureOf(
  error: unknown,
  signal: AbortSignal,
): { why: string; hint: string; ours: "invalid" | "not_found" | "unavailable" } {
  const { status, response } = (typeof error === "object" && error !== null ? error : {}) as Answer;
  const headers = response?.headers ?? {};
  const later = "Repeat the call in a few minutes.";
  if (signal.aborted) return { why: "GitHub did not answer in time", hint: later, ours: "unavailable" };
  if (isGarbled(error)) {
    const hint = `Something in between may answer in GitHub's place: check GITHUB_API_URL and any proxy. ${later}`;
    return { why: "GitHub's answer could not be read", hint, ours: "unavailable" };
  }
  if (status === 401)
    return { why: "GitHub refused the token", hint: "Set GITHUB_TOKEN to a valid one.", ours: "unavailable" };
  if (status === 403 || status === 429) return limited(headers);
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

function limited(headers: Record<string, string | number | undefined>): ReturnType<typeof failureOf> {
  const reset = Number(headers["x-ratelimit-reset"]);
  const wait = Number(headers["retry-after"]);
  const exhausted = String(headers["x-ratelimit-remaining"]) === "0" && Number.isFinite(reset);
  if (exhausted) {
    const hint = `Repeat the call after ${new Date(reset * 1000).toISOString()}, or set GITHUB_TOKEN for a higher limit.`;
    return { why: "GitHub's hourly limit is used up", hint, ours: "unavailable" };
  }
  if (Number.isFinite(wait))
    return {
      why: "GitHub asks for a pause",
      hint: `Repeat the call in ${pluralize(wait, "second")}.`,
      ours: "unavailable",
    };
  if (headers["x-github-sso"] !== undefined)
    return {
      why: "The organisation asks for single sign-on",
      hint: "Authorize GITHUB_TOKEN for the organisation in GitHub's token settings.",
      ours: "unavailable",
    };
  return {
    why: "GitHub does not allow it",
    hint: "GITHUB_TOKEN needs read access to the repository.",
    ours: "unavailable",
  };
}

/** The error for a failed request without which there is no answer at all. */
export function githubError(error: unknown, signal: AbortSignal): DomainError {
  const { why, hint, ours } = failureOf(error, signal);
  return new DomainError(ours, `${why}.`, hint, { cause: error });
}
