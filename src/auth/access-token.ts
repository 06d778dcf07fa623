import { type JWTVerifyGetKey, jwtVerify } from "jose";
import * as z from "zod";
import { withIncluded } from "../domain/token-scopes.ts";

/** Whose access tokens are taken. */
export type Issuer = {
  /** As `iss` has it, letter by letter. */
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  /** Whether it is the authorization server inside, whose tokens have one form, or a company's own provider. */
  readonly isOwn: boolean;
};

/** What a token says, once it is known to be genuine, in time and meant for this server. */
export type AccessToken = {
  /** In lower case. Undefined where the issuer names none, or does not vouch for it. */
  readonly email: string | undefined;
  readonly scopes: readonly string[];
  /** When it was given out; undefined where the issuer does not say. */
  readonly issuedAt: Date | undefined;
  /** Seconds since 1970 up to which it is taken, the leeway for clocks that differ included. */
  readonly expiresAt: number;
};

/** How far the issuer's clock may be from ours. */
const LEEWAY_SECONDS = 30;

/** Signatures with a public key only: with a shared secret, whoever knows the public key could make one. */
const ALGORITHMS = [
  ...["EdDSA", "Ed25519", "ES256", "ES384", "ES512"],
  ...["PS256", "PS384", "PS512", "RS256", "RS384", "RS512"],
];

const Claims = z.object({
  exp: z.number(),
  iat: z.number().optional(),
  email: z.email().toLowerCase().optional().catch(undefined),
  email_verified: z.unknown().optional(),
  /** RFC 9068 has `scope`; some providers write `scp`, as text or as a list. */
  scope: z.string().optional(),
  scp: z.union([z.string(), z.array(z.string())]).optional(),
});

/** Claims of an id token: OpenID Connect Core 1.0, sections 2, 3.1.3.6 and 3.3.2.11. */
const ID_TOKEN_CLAIMS = ["nonce", "at_hash", "c_hash", "s_hash"];

/**
 * Checks a JWT access token as RFC 9068, section 4, has it: signature by a key of the issuer, `iss`, `aud`, `exp` and
 * `nbf`. The type in its header is `at+jwt`. A company's provider may say `JWT` or nothing, as most do: then its audience
 * keeps its other tokens out (an id token is meant for the client, RFC 8725, section 3.12), and so do the claims by which
 * an id token or a refresh token shows. Keys and addresses that the token itself brings are not looked at.
 * @param audience the address of this server's MCP endpoint, exactly as the token has to name it
 * @throws errors of `jose` and Error for a token that is not taken; KeysUnavailable when it cannot be checked now.
 */
export async function readAccessToken(
  token: string,
  { issuer, keys, isOwn }: Issuer,
  audience: string,
): Promise<AccessToken> {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    requiredClaims: ["exp"],
    clockTolerance: LEEWAY_SECONDS,
    ...(isOwn ? { typ: "at+jwt" } : {}),
  });
  if (!isOwn) requireForeignType(protectedHeader.typ);
  requireAccessClaims(payload);
  const { exp, iat, email, email_verified, scope, scp = [] } = Claims.parse(payload);
  // Our own server signs nobody in before their address is verified; of a provider we cannot know, unless it says so.
  const isVouchedFor = isOwn ? email_verified !== false : email_verified === true;
  const scopes = scope ?? scp;
  return {
    email: isVouchedFor ? email : undefined,
    scopes: withIncluded(typeof scopes === "string" ? scopes.split(" ") : scopes),
    issuedAt: iat === undefined ? undefined : new Date(iat * 1000),
    expiresAt: exp + LEEWAY_SECONDS,
  };
}

function requireForeignType(typ: string | undefined): void {
  const type = typ?.toLowerCase().replace(/^application\//, "");
  if (type !== undefined && type !== "at+jwt" && type !== "jwt")
    throw new Error("the token has another type");
}

/** Keycloak names the kind of a token in a claim `typ`, Cognito in `token_use`. */
function requireAccessClaims(claims: Readonly<Record<string, unknown>>): void {
  const isAccess =
    ID_TOKEN_CLAIMS.every((claim) => claims[claim] === undefined) &&
    (claims.typ === undefined || claims.typ === "Bearer") &&
    (claims.token_use === undefined || claims.token_use === "access");
  if (!isAccess) throw new Error("the token is not an access token");
}
