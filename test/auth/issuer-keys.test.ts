import type { RequestListener } from "node:http";
import { decodeProtectedHeader } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadIssuerKeys } from "../../src/auth/issuer-keys.ts";
import { createSigningKeys, KeysUnavailable } from "../../src/auth/signing-keys.ts";
import { useDatabase } from "../support/database.ts";
import { makeKey, startIssuer, type TestIssuer } from "../support/issuer.ts";
import { bearer, initialize, type PublicServer, startPublicServer } from "../support/public-server.ts";

const METADATA = "/.well-known/openid-configuration";
const KEYS = "/keys";
const MINUTE_MS = 60_000;

const database = useDatabase();
let issuer: TestIssuer;
beforeEach(async () => {
  issuer = await startIssuer();
});
afterEach(() => issuer.stop());

describe("over HTTP", () => {
  let server: PublicServer;
  beforeEach(async () => {
    server = await startPublicServer(await database.workspace(), issuer.url);
  });
  afterEach(() => server.close());
  const send = async (token?: string) =>
    server.post(initialize(), bearer(token ?? (await issuer.token(server.publicUrl))));

  it("the keys are read once for many requests, and only when the first token comes", async () => {
    await server.post(initialize());
    expect(issuer.asked).toEqual([]);
    const all = await Promise.all(Array.from({ length: 8 }, () => send()));
    expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await send()).status).toBe(200);
    expect(issuer.asked).toEqual([METADATA, KEYS]);
  });

  it("a new key is found at once, and a made-up one does not make the server ask each time", async () => {
    await send();
    await issuer.rotate("second");
    expect((await send()).status).toBe(200);
    expect(issuer.reads()).toBe(2);
    for (const kid of ["x1", "x2", "x3"]) {
      const token = await issuer.token(server.publicUrl, { key: await makeKey(kid) });
      expect((await send(token)).status).toBe(401);
    }
    expect(issuer.reads()).toBe(2);
    expect((await send()).status).toBe(200);
  });

  it("tokens with many made-up keys at once make it ask once", async () => {
    await send();
    const keys = await Promise.all(["x1", "x2", "x3", "x4"].map((kid) => makeKey(kid)));
    const tokens = await Promise.all(keys.map((key) => issuer.token(server.publicUrl, { key })));
    const all = await Promise.all(tokens.map((token) => send(token)));
    expect(all.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(issuer.reads()).toBe(2);
  });

  it("a provider that is down when the server starts makes nobody sign in again, and is not asked each time", async () => {
    issuer.answer({ [METADATA]: (_, response) => response.writeHead(502).end() });
    const answers = [await send(), await send(), await send()];
    for (const { status, challenge, headers, text } of answers) {
      expect([status, challenge, headers.get("retry-after")]).toEqual([503, null, "30"]);
      expect(text).toMatch(/sign-in provider does not answer/);
    }
    expect(issuer.asked).toEqual([METADATA]);
  });

  it("a provider that goes down later keeps nobody out whose token is good", async () => {
    const token = await issuer.token(server.publicUrl);
    expect((await send(token)).status).toBe(200);
    await issuer.stop();
    expect((await send(token)).status).toBe(200);
    expect((await send()).status).toBe(200);
    await issuer.start();
  });
});

describe("the keys of a provider", () => {
  let clock = 0;
  const keysOf = (load = () => loadIssuerKeys(issuer.url)) => createSigningKeys(load, () => clock);
  type Keys = ReturnType<typeof keysOf>;
  const find = async (keys: Keys) => {
    const token = await issuer.token("https://hiring.example.test");
    const [, payload = "", signature = ""] = token.split(".");
    return keys({ ...decodeProtectedHeader(token), alg: "ES256" }, { payload, signature });
  };

  it("are found half a minute after the provider is there again", async () => {
    const keys = keysOf();
    await issuer.stop();
    await expect(find(keys)).rejects.toBeInstanceOf(KeysUnavailable);
    await issuer.start();
    clock += 29_000;
    await expect(find(keys)).rejects.toBeInstanceOf(KeysUnavailable);
    clock += 1_000;
    await find(keys);
  });

  it("are read again after ten minutes, so that a withdrawn one is not taken any more", async () => {
    const keys = keysOf();
    await find(keys);
    const withdrawn = issuer.key;
    await issuer.rotate("second");
    clock += 11 * MINUTE_MS;
    await find(keys);
    const old = keys({ alg: "ES256", kid: withdrawn.kid }, { payload: "", signature: "" });
    await expect(old).rejects.toThrow(/no applicable key/);
  });

  it("are used for an hour while the provider is down, and not longer", async () => {
    const keys = keysOf();
    await find(keys);
    await issuer.stop();
    clock += 59 * MINUTE_MS;
    await find(keys);
    clock += 2 * MINUTE_MS;
    await expect(find(keys)).rejects.toBeInstanceOf(KeysUnavailable);
    await issuer.start();
  });
});

describe("documents of a provider that are not right", () => {
  const json =
    (body: unknown): RequestListener =>
    (_, response) =>
      void response.end(JSON.stringify(body));
  const redirect =
    (to: string): RequestListener =>
    (_, response) =>
      void response.writeHead(302, { location: to }).end();
  const huge: RequestListener = (_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const more = () => {
      while (!response.destroyed && response.write(" ".repeat(64 * 1_024)));
    };
    response.on("drain", more);
    more();
  };
  const silent: RequestListener = () => {};
  const slow: RequestListener = (_, response) => void response.writeHead(200).write("{");
  const load = (patience?: number) => loadIssuerKeys(issuer.url, patience);

  it.each([METADATA, KEYS])("%s that redirects is not followed", async (path) => {
    const elsewhere = await startIssuer();
    issuer.answer({ [path]: redirect(`${elsewhere.url}${path}`) });
    await expect(load()).rejects.toThrow();
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.stop();
  });

  it.each([METADATA, KEYS])("%s that never ends is not read on", async (path) => {
    issuer.answer({ [path]: huge });
    await expect(load()).rejects.toThrow(/too long/);
  });

  it.each([METADATA, KEYS])("%s that does not come is not waited for", async (path) => {
    issuer.answer({ [path]: silent });
    await expect(load(200)).rejects.toThrow(/timeout/);
    issuer.answer({ [path]: slow });
    await expect(load(200)).rejects.toThrow(/timeout/);
  });

  it("of another issuer are refused, and so are those without one", async () => {
    for (const metadata of [
      { issuer: "https://other.example.test", jwks_uri: `${issuer.url}${KEYS}` },
      { issuer: `${issuer.url}/`, jwks_uri: `${issuer.url}${KEYS}` },
      { jwks_uri: `${issuer.url}${KEYS}` },
      [],
    ]) {
      issuer.answer({ [METADATA]: json(metadata) });
      await expect(load()).rejects.toThrow();
    }
    expect(issuer.reads()).toBe(0);
  });

  it("with keys at an address that others can read on the way are refused", async () => {
    for (const jwks_uri of [
      "http://keys.example.test/keys",
      "file:///etc/passwd",
      "data:application/json,{}",
    ]) {
      issuer.answer({ [METADATA]: json({ issuer: issuer.url, jwks_uri }) });
      await expect(load()).rejects.toThrow(/not at an https address/);
    }
  });

  it("with no keys in them, or not JSON, are refused", async () => {
    for (const keys of [{}, { keys: "x" }, { keys: [{}] }, []]) {
      issuer.answer({ [KEYS]: json(keys) });
      await expect(load()).rejects.toThrow();
    }
    issuer.answer({ [KEYS]: (_, response) => void response.end("<html>") });
    await expect(load()).rejects.toThrow();
  });
});
