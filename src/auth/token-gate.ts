import { DomainError } from "../domain/errors.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import type { SignedIn } from "../services/session.ts";
import { hashOfToken, isToken, TOKEN_PREFIX } from "../services/team/token-text.ts";
import type { TokenCheck } from "../services/team/tokens.ts";
import type { Gate } from "./gate.ts";
import { refusal } from "./refusal.ts";

export type TokenGateDeps = {
  readonly services: () => Promise<Services>;
  readonly log: Log;
  /** Whether each call needs a token, even while there is none: where others than this machine can connect. */
  readonly always: boolean;
};

const HOW =
  "Send it as the header Authorization: Bearer TOKEN. An admin makes one: greenflag token add EMAIL.";
const REFUSED = {
  missing: "This server takes calls with a personal token only.",
  unknown: "This token is not known here.",
  revoked: "This token was revoked.",
  expired: "This token has expired.",
  removed: "Whoever this token was made for is not on the team any more.",
} as const;

/** `Authorization: Bearer TOKEN`; schemes are not case-sensitive (RFC 9110, 11.1). */
const BEARER = /^bearer +(\S+)$/i;
/** Names under which a token stands in an address (RFC 6750, 2.3, and what people try). */
const TOKEN_PARAMETERS = new Set(["access_token", "token", "authorization"]);

/**
 * Lets in whoever a personal token stands for. As long as none was ever made, calls from this machine act for the
 * process's member. A token that is sent is checked even then: whoever sends one means to be its member.
 */
export function createTokenGate({ services, log, always }: TokenGateDeps): Gate {
  // One object a person: parts of a server are kept by it from call to call.
  const people = new Map<string, SignedIn>();
  const person = (member: string): SignedIn => {
    const signedIn = people.get(member) ?? { member };
    people.set(member, signedIn);
    return signedIn;
  };
  const marking = new Set<string>();

  /** Puts down the last use without keeping the call waiting. */
  function markUsed({ tokens, startUpkeep }: Services, token: string): void {
    if (marking.has(token)) return;
    marking.add(token);
    startUpkeep({ signal: new AbortController().signal })
      .then((at) => tokens.markUsed(at, token))
      .catch((error: unknown) => log.warn({ err: error }, "the last use of a token was not written down"))
      .finally(() => marking.delete(token));
  }

  async function check({ url, headers, signal }: Request): Promise<SignedIn | undefined | Response> {
    if (namesToken(url)) return tokenInAddress();
    const sent = headers.get("authorization");
    if (sent === null && always) return refused("missing");
    const token = sent === null ? undefined : BEARER.exec(sent)?.[1];
    if (sent !== null && (token === undefined || !isToken(token))) return refused("unknown");
    const made = await services();
    const at = await made.startUpkeep({ isRead: true, signal });
    if (token === undefined) return (await made.tokens.isAny(at)) ? refused("missing") : undefined;
    const found: TokenCheck = await made.tokens.check(at, hashOfToken(token));
    if ("refused" in found) return refused(found.refused);
    if (found.isUseNews) markUsed(made, found.token);
    return person(found.member);
  }

  return async (request) => {
    try {
      return await check(request);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      log.warn({ err: error }, "who calls could not be looked up");
      return refusal(503, "The database does not answer, so nobody can be let in. Try again in a moment.");
    }
  };
}

/** Whether an address holds a token, by the name of a parameter or by its text. */
function namesToken(url: string): boolean {
  if (!url.includes("?")) return false;
  const parameters = [...new URL(url).searchParams];
  return parameters.some(
    ([name, value]) => TOKEN_PARAMETERS.has(name.toLowerCase()) || value.includes(TOKEN_PREFIX),
  );
}

function refused(why: keyof typeof REFUSED): Response {
  const error = why === "missing" ? "" : `, error="invalid_token", error_description="${REFUSED[why]}"`;
  return refusal(401, `${REFUSED[why]} ${HOW}`, { "www-authenticate": `Bearer realm="greenflag"${error}` });
}

/** Addresses are kept in logs and histories, so a token that stood in one is not a secret any more. */
const tokenInAddress = (): Response =>
  refusal(
    400,
    `A token in an address is not taken, and others may have read it: revoke it (greenflag token revoke EMAIL). ${HOW}`,
    { "www-authenticate": 'Bearer realm="greenflag", error="invalid_request"' },
  );
