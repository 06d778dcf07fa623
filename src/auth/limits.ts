import { createHash } from "node:crypto";
import { pluralize } from "../domain/pluralize.ts";
import { type Allowance, type Clock, createAllowances, perMinute, steadyClock } from "./allowance.ts";

const MINUTE = 60_000;

/**
 * Requests of one signed-in person to MCP: each call of a tool is one, and so is each completion while somebody types.
 * Ten a second are more than any host makes for a person, and few enough that one cannot take the server from others.
 */
const REQUESTS_OF_PERSON = perMinute(600);
/** Whatever is asked of the authorization server from one address: hosts fetch keys and documents for all their users. */
const AUTH_FROM_PEER = perMinute(300);
/** What failed from one address. After 20 at once it is one in half a minute: a person mistypes, a program guesses. */
const FAILURES_FROM_PEER: Allowance = { burst: 20, everyMs: MINUTE / 2 };
/** What is typed into the sign-in page from one address: an office that signs in on Monday morning, two forms each. */
const FORMS_FROM_PEER: Allowance = { burst: 60, everyMs: 10_000 };
/** The same for one mailbox, from wherever: asking for a code and typing it, a few times over. */
const FORMS_FOR_EMAIL: Allowance = { burst: 15, everyMs: MINUTE };
/** A host registers once for each person who connects it; hosted ones do it for everybody from a few addresses. */
const REGISTRATIONS_FROM_PEER: Allowance = { burst: 20, everyMs: MINUTE / 2 };
/** Each registration is a row that stays, so their number is bounded from however many addresses they come. */
const REGISTRATIONS_IN_ALL: Allowance = { burst: 100, everyMs: 36_000 };

type Rule = {
  /** An address, or with a slash at its end all below it. */
  readonly path: string;
  /** Whether every request counts, only what a form sends, or only what was refused afterwards. */
  readonly counts: "requests" | "posts" | "failures";
  readonly by: "peer" | "email" | "everybody";
  readonly allowance: Allowance;
};

/** What is limited before it is known who asks. */
const RULES: readonly Rule[] = [
  { path: "/mcp", counts: "failures", by: "peer", allowance: FAILURES_FROM_PEER },
  { path: "/upload", counts: "failures", by: "peer", allowance: FAILURES_FROM_PEER },
  { path: "/upload/", counts: "failures", by: "peer", allowance: FAILURES_FROM_PEER },
  { path: "/auth/", counts: "requests", by: "peer", allowance: AUTH_FROM_PEER },
  { path: "/auth/", counts: "failures", by: "peer", allowance: FAILURES_FROM_PEER },
  { path: "/auth/oauth2/register", counts: "requests", by: "peer", allowance: REGISTRATIONS_FROM_PEER },
  { path: "/auth/oauth2/register", counts: "requests", by: "everybody", allowance: REGISTRATIONS_IN_ALL },
  { path: "/sign-in", counts: "failures", by: "peer", allowance: FAILURES_FROM_PEER },
  { path: "/sign-in", counts: "posts", by: "peer", allowance: FORMS_FROM_PEER },
  { path: "/sign-in", counts: "posts", by: "email", allowance: FORMS_FOR_EMAIL },
];

export type Limits = {
  /**
   * Answers a request within the limits of where it comes from, or with 429 and when to try again. Whoever signs in
   * rightly is let through, however many fail beside them from the same address.
   */
  within(request: Request, peer: string, answer: () => Promise<Response>): Promise<Response>;
  /** The answer 429 where this person has asked too much; undefined where they may go on. */
  refusedPerson(member: string): Response | undefined;
};

/** The limits of this process, by a clock that only goes forward. Processes count by themselves. */
export function createLimits(now: Clock = steadyClock): Limits {
  const rules = RULES.map((rule) => ({ ...rule, take: createAllowances(rule.allowance, now) }));
  const takeForPerson = createAllowances(REQUESTS_OF_PERSON, now);

  return {
    async within(request, peer, answer) {
      const path = pathOf(request);
      const own = rules.filter((rule) => matches(rule.path, path));
      const isPost = request.method === "POST";
      const namesEmail = isPost && own.some(({ by }) => by === "email");
      const email = namesEmail ? await emailIn(request) : undefined;
      const keys = { peer, email, everybody: "" };
      /** Takes one from each limit of these kinds, up to the first that has none; the wait for that. */
      const take = (...kinds: readonly Rule["counts"][]): number => {
        for (const rule of own) {
          const key = kinds.includes(rule.counts) ? keys[rule.by] : undefined;
          const wait = key === undefined ? 0 : rule.take(key);
          if (wait > 0) return wait;
        }
        return 0;
      };
      const wait = isPost ? take("requests", "posts") : take("requests");
      if (wait > 0) return tooMany(path, wait);
      const response = await answer();
      if (!isFailure(request, path, response)) return response;
      const waitAfterFailure = take("failures");
      return waitAfterFailure > 0 ? tooMany(path, waitAfterFailure) : response;
    },
    refusedPerson(member) {
      const wait = takeForPerson(member);
      return wait > 0 ? tooMany("/mcp", wait) : undefined;
    },
  };
}

const REFUSED = new Set([400, 401, 403, 404, 410]);

/** A request to MCP without any token asks how to sign in, as every host does first; it tries nothing. */
const isFailure = (request: Request, path: string, { status }: Response): boolean =>
  path === "/mcp" ? status === 401 && request.headers.has("authorization") : REFUSED.has(status);

/** The path as a router may read it, so that no other way to write it goes around a limit. */
function pathOf(request: Request): string {
  const { pathname } = new URL(request.url);
  const collapsed = decoded(pathname).toLowerCase().replace(/\/+/g, "/");
  return collapsed.length > 1 ? collapsed.replace(/\/$/, "") : collapsed;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const matches = (rule: string, path: string): boolean =>
  rule.endsWith("/") ? path.startsWith(rule) : path === rule;

/** The hash of the e-mail that a request names in its body, as JSON or as a form; undefined where it names none. */
async function emailIn(request: Request): Promise<string | undefined> {
  const body = await request.clone().text();
  const email = emailOfJson(body) ?? new URLSearchParams(body).get("email");
  if (typeof email !== "string" || email === "") return undefined;
  return createHash("sha256").update(email.trim().toLowerCase()).digest("base64url");
}

function emailOfJson(body: string): unknown {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === "object" && read !== null && "email" in read ? read.email : undefined;
  } catch {
    return undefined;
  }
}

/** The refusal of who asked too much, in the shape that is read at this path, with the wait in whole seconds. */
function tooMany(path: string, waitMs: number): Response {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const text = `Too many requests. Try again in ${pluralize(seconds, "second")}.`;
  const init = { status: 429, headers: { "retry-after": String(seconds) } };
  if (path === "/mcp") {
    const error = { code: -32000, message: text, data: { retry_after_seconds: seconds } };
    return Response.json({ jsonrpc: "2.0", id: null, error }, init);
  }
  if (!path.startsWith("/auth/")) return new Response(text, init);
  const body = { error: "too_many_requests", error_description: text, retry_after_seconds: seconds };
  return Response.json(body, init);
}
