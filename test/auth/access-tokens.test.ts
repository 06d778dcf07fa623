import { createSecretKey } from "node:crypto";
import { exportSPKI, importJWK, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../support/database.ts";
import { makeKey, startIssuer, type TestIssuer, type Token } from "../support/issuer.ts";
import { bearer, initialize, type PublicServer, startPublicServer } from "../support/public-server.ts";

const database = useDatabase();
let issuer: TestIssuer;
let server: PublicServer;
beforeAll(async () => {
  issuer = await startIssuer();
  server = await startPublicServer(await database.workspace(), issuer.url);
});
beforeEach(() => issuer.asked.splice(0));
afterAll(async () => {
  await server.close();
  await issuer.stop();
});

const send = (token: string) => server.post(initialize(), bearer(token));
const sendGood = async (token: Token = {}) => send(await issuer.token(server.publicUrl, token));
const seconds = (ahead: number) => Math.floor(Date.now() / 1_000) + ahead;

/** What a client is told that has to sign in, or to sign in again. */
const whereToSignIn = () => [
  `resource_metadata="${server.publicUrl}/.well-known/oauth-protected-resource/mcp"`,
  'scope="greenflag:read greenflag:write"',
];

describe("a request with a good access token", () => {
  it("is answered", async () => {
    expect((await sendGood()).status).toBe(200);
  });

  it.each([
    ["whose type is application/at+jwt", { header: { typ: "application/at+jwt" } }],
    ["of a provider that calls it a JWT", { header: { typ: "JWT" } }],
    ["of a provider that names no type", { header: { typ: undefined } }],
    ["that is for several services", { claims: { aud: ["https://other.example.test", "RESOURCE"] } }],
    ["whose provider lists its scopes as scp", { claims: { scope: undefined, scp: ["greenflag:write"] } }],
    ["whose clock is a little behind", { claims: { exp: seconds(-5) } }],
    ["of a clock that is a little ahead", { claims: { nbf: seconds(5) } }],
  ])("%s is answered", async (_, { header = {}, claims = {} }: Token) => {
    const aud = Array.isArray(claims.aud)
      ? ["https://other.example.test", `${server.publicUrl}/mcp`]
      : undefined;
    expect((await sendGood({ header, claims: { ...claims, ...(aud && { aud }) } })).status).toBe(200);
  });

  it.each(["RS256", "PS384", "EdDSA", "ES512"])("signed with %s is answered", async (alg) => {
    const other = await startIssuer();
    const key = await makeKey("one", alg);
    other.answer({ "/keys": (_, response) => response.end(JSON.stringify({ keys: [key.jwk] })) });
    const its = await startPublicServer(await database.workspace(), other.url);
    const token = await other.token(its.publicUrl, { key });
    expect((await its.post(initialize(), bearer(token))).status).toBe(200);
    await its.close();
    await other.stop();
  });
});

describe("a request without a token", () => {
  it("is told where to sign in, and of no error", async () => {
    const { status, challenge } = await server.post(initialize());
    expect(status).toBe(401);
    for (const part of whereToSignIn()) expect(challenge).toContain(part);
    expect(challenge).not.toContain("error");
  });

  it("is not helped by one in the address", async () => {
    const token = await issuer.token(server.publicUrl);
    for (const name of ["access_token", "token", "authorization"]) {
      const { status, challenge } = await server.post(initialize(), {}, `?${name}=${token}`);
      expect(status).toBe(401);
      expect(challenge).not.toContain("error");
    }
  });

  it("is refused whatever it asks for, and by every method", async () => {
    for (const method of ["GET", "DELETE"]) {
      const { status } = await fetch(server.url, { method, headers: { accept: "text/event-stream" } });
      expect(status).toBe(401);
    }
    expect((await server.post({ jsonrpc: "2.0", id: 1, method: "tools/list" })).status).toBe(401);
  });
});

describe("a token that is not taken", () => {
  async function refused(token: string): Promise<void> {
    const { status, challenge, text } = await send(token);
    expect(status).toBe(401);
    expect(challenge).toContain('error="invalid_token"');
    for (const part of whereToSignIn()) expect(challenge).toContain(part);
    expect(text).not.toContain(token);
  }

  it.each(["x", "a.b.c", "e30.e30.", `${"A".repeat(9_000)}.e30.x`, "null", "ey=.ey=.ey="])(
    "is garbage: %.20s",
    (token) => refused(token),
  );

  it("comes with another scheme than Bearer", async () => {
    const { status, challenge } = await server.post(initialize(), { authorization: "Basic YWRhOng=" });
    expect(status).toBe(401);
    expect(challenge).toContain('error="invalid_token"');
  });

  it.each<[string, Token]>([
    ["has expired", { claims: { exp: seconds(-3_600) } }],
    ["never expires", { claims: { exp: undefined } }],
    ["is not valid yet", { claims: { nbf: seconds(3_600) } }],
    ["is for another service", { claims: { aud: "https://other.example.test/mcp" } }],
    ["is for nobody in particular", { claims: { aud: undefined } }],
    ["comes from an issuer with a longer name", { claims: { iss: "https://issuer.example.test" } }],
    ["names no issuer", { claims: { iss: undefined } }],
    ["has a type of its own", { header: { typ: "logout+jwt" } }],
    ["has the type of a DPoP proof", { header: { typ: "dpop+jwt" } }],
    ["asks for an extension that nobody knows", { header: { crit: ["x"], x: 1 } }],
  ])("%s", async (_, token) => {
    await refused(await issuer.token(server.publicUrl, token).catch(() => unsigned(token)));
  });

  /** What jose does not write itself. */
  const unsigned = ({ header = {} }: Token): string => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "ES256", kid: "first", typ: "at+jwt", ...header })}.${part({})}.AAAA`;
  };

  it("is for this server by another name", async () => {
    const { publicUrl } = server;
    const others = [
      publicUrl,
      `${publicUrl}/`,
      `${publicUrl}/mcp/`,
      `${publicUrl}/MCP`,
      `${publicUrl}/mcp?x`,
    ];
    for (const aud of others) await refused(await issuer.token(publicUrl, { claims: { aud } }));
  });

  it("names the issuer with a slash more", async () => {
    await refused(await issuer.token(server.publicUrl, { claims: { iss: `${issuer.url}/` } }));
  });

  it.each<[string, Record<string, unknown>]>([
    ["an id token, by its nonce", { nonce: "n" }],
    ["an id token, by the hash of an access token", { at_hash: "h" }],
    ["an id token, by the hash of a code", { c_hash: "h" }],
    ["an id token of Keycloak", { typ: "ID" }],
    ["a refresh token of Keycloak", { typ: "Refresh" }],
    ["an id token of Cognito", { token_use: "id" }],
  ])("is %s", async (_, claims) => {
    await refused(await issuer.token(server.publicUrl, { header: { typ: "JWT" }, claims }));
  });

  it("is an id token, which is meant for the client", async () => {
    await refused(
      await issuer.token(server.publicUrl, { header: { typ: "JWT" }, claims: { aud: "test-client" } }),
    );
  });

  it("is not signed (alg none)", async () => {
    const good = await issuer.token(server.publicUrl);
    const [, payload = ""] = good.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    await refused(new UnsecuredJWT(claims).encode());
    for (const alg of ["none", "None", "NONE", ""]) {
      const header = Buffer.from(JSON.stringify({ alg, typ: "at+jwt", kid: "first" })).toString("base64url");
      await refused(`${header}.${payload}.`);
      await refused(`${header}.${payload}.${good.split(".")[2]}`);
    }
  });

  it("is signed with the public key as if it were a secret", async () => {
    const { jwk } = issuer.key;
    const publicKey = await importJWK(jwk, "ES256", { extractable: true });
    if (publicKey instanceof Uint8Array) throw new Error("a public key is no secret");
    const [, payload = ""] = (await issuer.token(server.publicUrl)).split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    for (const secret of [await exportSPKI(publicKey), JSON.stringify(jwk), jwk.x ?? ""]) {
      const token = new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "first", typ: "at+jwt" });
      await refused(await token.sign(createSecretKey(Buffer.from(secret.padEnd(32)))));
    }
  });

  it("was changed after it was signed", async () => {
    const [header, payload = "", signature] = (await issuer.token(server.publicUrl)).split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const other = Buffer.from(JSON.stringify({ ...claims, email: "eve@example.test" })).toString("base64url");
    await refused(`${header}.${other}.${signature}`);
  });

  it("is signed by somebody who brings the key along, or says where it is", async () => {
    const foreign = await makeKey("first");
    const hostile = await startIssuer();
    for (const header of [
      { jwk: foreign.jwk },
      { jku: `${hostile.url}/keys` },
      { x5u: `${hostile.url}/keys` },
      { jku: `${hostile.url}/keys`, kid: "other" },
      { x5c: ["AAAA"] },
    ])
      await refused(await issuer.token(server.publicUrl, { key: foreign, header }));
    expect(hostile.asked).toEqual([]);
    await hostile.stop();
  });
});

describe("a token of somebody", () => {
  it("whose e-mail is written in capitals is theirs", async () => {
    expect((await sendGood({ claims: { email: "Ada@Example.TEST" } })).status).toBe(200);
  });

  it.each<[string, Record<string, unknown>]>([
    ["unverified", { email_verified: false }],
    ["not said to be verified", { email_verified: undefined }],
    ["said to be verified in another way than yes or no", { email_verified: "false" }],
    ["missing", { email: undefined }],
    ["no address", { email: "ada" }],
    ["a list", { email: ["ada@example.test"] }],
  ])("whose e-mail is %s is refused with words, and not asked to sign in again", async (_, claims) => {
    const { status, challenge, text } = await sendGood({ claims });
    expect([status, challenge]).toEqual([403, null]);
    expect(text).toMatch(/does not say that your e-mail is verified/);
  });

  it("outside the team is refused with words, and not asked to sign in again", async () => {
    const { status, challenge, text } = await sendGood({ claims: { email: "eve@example.test" } });
    expect([status, challenge]).toEqual([403, null]);
    expect(text).toMatch(/signed in as eve@example\.test.*An admin can add you/);
  });
});
