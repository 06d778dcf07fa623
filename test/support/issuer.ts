import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";

/** How a token differs from a good one; a claim that is undefined is left out. */
export type Token = {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** By default, the key that the issuer signs with now. */
  readonly key?: SigningKey;
};
type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];
export type SigningKey = {
  readonly kid: string;
  readonly alg: string;
  readonly private: PrivateKey;
  readonly jwk: JWK;
};

export async function makeKey(kid: string, alg = "ES256"): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, private: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}

/** A company's sign-in provider on the loopback, with the parts that a resource server sees. */
export async function startIssuer() {
  let key = await makeKey("first");
  let served = [key.jwk];
  const asked: string[] = [];
  let answers: Record<string, RequestListener> = {};
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const json = (body: unknown) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    const own = answers[path];
    if (own) return own(request, response);
    if (path === "/.well-known/openid-configuration") return json(metadata());
    if (path === "/keys") return json({ keys: served });
    return response.writeHead(404).end();
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const metadata = () => ({
    issuer: url,
    jwks_uri: `${url}/keys`,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    registration_endpoint: `${url}/register`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256"],
    code_challenge_methods_supported: ["S256"],
  });

  return {
    url,
    /** The paths that were asked for, in order. */
    asked,
    get key() {
      return key;
    },
    /** How often the keys were read. */
    reads: () => asked.filter((path) => path === "/keys").length,
    /** Signs with a new key from now on. */
    async rotate(kid: string): Promise<void> {
      key = await makeKey(kid);
      served = [key.jwk];
    },
    /** Answers these paths in another way. */
    answer(by: Record<string, RequestListener>): void {
      answers = by;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start: () => listen(port),
    /** An access token for the server at `publicUrl`, for an hour, as a good issuer writes it. */
    token(publicUrl: string, { claims = {}, header = {}, key: by = key }: Token = {}): Promise<string> {
      const at = Math.floor(Date.now() / 1_000);
      const payload: JWTPayload = {
        ...{
          iss: url,
          aud: `${publicUrl}/mcp`,
          sub: "u-1",
          iat: at,
          exp: at + 3_600,
          client_id: "test-client",
        },
        ...{
          email: "ada@example.test",
          email_verified: true,
          scope: "openid greenflag:read greenflag:write",
        },
        ...claims,
      };
      return new SignJWT(payload)
        .setProtectedHeader({ typ: "at+jwt", alg: by.alg, kid: by.kid, ...header })
        .sign(by.private);
    },
  };
}
export type TestIssuer = Awaited<ReturnType<typeof startIssuer>>;
