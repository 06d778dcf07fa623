import {
  bearerAuthChallengeResponse,
  getOAuthProtectedResourceMetadataUrl,
  OAuthError,
  OAuthErrorCode,
  verifyBearerToken,
} from "@modelcontextprotocol/server";
import { errors } from "jose";
import { DomainError } from "../domain/errors.ts";
import { READ_SCOPE, TOKEN_SCOPES } from "../domain/token-scopes.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import type { SignedIn } from "../services/session.ts";
import { type AccessToken, type Issuer, readAccessToken } from "./access-token.ts";
import { rememberChecked } from "./checked-tokens.ts";
import type { Gate } from "./gate.ts";
import { refusal } from "./refusal.ts";
import { KeysUnavailable } from "./signing-keys.ts";

export type BearerGateDeps = {
  readonly issuer: Issuer;
  /** The address of this server's MCP endpoint, as clients know it. */
  readonly resource: string;
  readonly services: () => Promise<Services>;
  readonly log: Log;
};

const RETRY_SECONDS = "30";

/**
 * Lets in whoever brings an access token of the issuer, as the member with its verified e-mail, who is looked up at each
 * request. 401 asks a client to sign in. 403 says why signing in again does not help, or which scope is missing. 503 says
 * that the token cannot be checked now.
 */
export function createBearerGate({ issuer, resource, services, log }: BearerGateDeps): Gate {
  const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(new URL(resource));
  const challenge = { requiredScopes: [...TOKEN_SCOPES], resourceMetadataUrl };

  const check = rememberChecked((token) => readAccessToken(token, issuer, resource));

  async function read(token: string): Promise<AccessToken> {
    try {
      return await check(token);
    } catch (error) {
      if (error instanceof KeysUnavailable) throw error;
      log.debug({ why: reasonOf(error) }, "an access token was refused");
      const isOld = error instanceof errors.JWTExpired;
      const why = isOld ? "The access token has expired" : "The access token is not valid for this server";
      throw new OAuthError(OAuthErrorCode.InvalidToken, why);
    }
  }

  /** @throws OAuthError with the challenge that answers it, KeysUnavailable */
  async function verify(header: string): Promise<AccessToken> {
    let accessToken: AccessToken | undefined;
    const verifier = {
      async verifyAccessToken(token: string) {
        accessToken = await read(token);
        const { scopes, expiresAt } = accessToken;
        return { token, clientId: "", scopes: [...scopes], expiresAt };
      },
    };
    await verifyBearerToken(header, { verifier, requiredScopes: [READ_SCOPE] });
    if (accessToken === undefined) throw new Error("the token was not looked at");
    return accessToken;
  }

  // One object for each person and scopes: parts of a server are kept by it from call to call.
  const people = new Map<string, SignedIn>();
  function signedIn(member: string, scopes: readonly string[]): SignedIn {
    const key = [member, ...scopes].join(" ");
    const person = people.get(key) ?? { member, scopes };
    people.set(key, person);
    return person;
  }

  /** The member on the team now: whoever was removed since they signed in is not found. */
  async function memberOf(
    { email, scopes, issuedAt }: AccessToken,
    signal: AbortSignal,
  ): Promise<SignedIn | Response> {
    if (email === undefined) return refusal(403, UNVERIFIED);
    const { startUpkeep, upkeep } = await services();
    const at = await startUpkeep({ isRead: true, signal });
    const member = await upkeep.memberByEmail(at, email);
    if (!member) return refusal(403, notOnTheTeam(email));
    const { id, signedOutAt } = member;
    if (signedOutAt !== null && (issuedAt === undefined || issuedAt <= signedOutAt))
      throw new OAuthError(
        OAuthErrorCode.InvalidToken,
        "You were signed out after this access token was given out",
      );
    return signedIn(id, scopes);
  }

  return async (request) => {
    const header = request.headers.get("authorization");
    if (header === null) return signInFirst(challenge);
    try {
      return await memberOf(await verify(header), request.signal);
    } catch (error) {
      if (error instanceof OAuthError) return bearerAuthChallengeResponse(error, challenge);
      const isOutside = error instanceof DomainError && error.code === "unavailable";
      if (!isOutside && !(error instanceof KeysUnavailable)) throw error;
      return refusal(503, error instanceof DomainError ? error.message : NO_KEYS, {
        "retry-after": RETRY_SECONDS,
      });
    }
  };
}

/** For the log: which check failed, and nothing that the token says of its person. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed) return `${error.code}: ${error.claim}`;
  if (error instanceof errors.JOSEError) return error.code;
  return error instanceof Error ? error.message : "unknown";
}

const NO_KEYS =
  "The sign-in provider does not answer, so nobody's token can be checked now. Repeat this in a minute.";
const UNVERIFIED =
  "The sign-in provider does not say that your e-mail is verified, so nobody can tell who you are here. " +
  "Access tokens have to hold the claims email and email_verified: true; whoever runs the provider can add them.";
const notOnTheTeam = (email: string): string =>
  `You are signed in as ${email}, and nobody on this team has that e-mail. An admin can add you, ` +
  "or sign in with the address that they know.";

type Challenge = { readonly requiredScopes: readonly string[]; readonly resourceMetadataUrl: string };

/** A request without a token gets no error code: RFC 6750, section 3.1. */
function signInFirst({ requiredScopes, resourceMetadataUrl }: Challenge): Response {
  const challenge = `Bearer resource_metadata="${resourceMetadataUrl}", scope="${requiredScopes.join(" ")}"`;
  const headers = { "www-authenticate": challenge };
  return refusal(401, "Sign in first: this server takes access tokens of its sign-in provider.", headers);
}
