import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type GateSettings, gateFor } from "../../src/auth/gate-for.ts";
import { createLog } from "../../src/log.ts";
import { useDatabase } from "../support/database.ts";
import { startIssuer, type TestIssuer } from "../support/issuer.ts";
import { bearer, initialize, type PublicServer, startPublicServer } from "../support/public-server.ts";

const database = useDatabase();
let issuer: TestIssuer;
let server: PublicServer;
beforeAll(async () => {
  issuer = await startIssuer();
  server = await startPublicServer(await database.workspace(), issuer.url);
});
afterAll(async () => {
  await server.close();
  await issuer.stop();
});

describe("the document that says where to sign in", () => {
  it("names this server, the provider and the scopes, at both of its addresses", async () => {
    for (const path of [
      "/.well-known/oauth-protected-resource",
      "/.well-known/oauth-protected-resource/mcp",
    ]) {
      const answer = await fetch(server.publicUrl + path);
      expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
      expect(await answer.json()).toMatchObject({
        resource: `${server.publicUrl}/mcp`,
        authorization_servers: [issuer.url],
        scopes_supported: ["greenflag:read", "greenflag:write"],
      });
    }
  });

  it("is not there for another path, and no other document claims to be an authorization server", async () => {
    for (const path of [
      "oauth-protected-resource/other",
      "oauth-authorization-server",
      "openid-configuration",
    ])
      expect((await fetch(`${server.publicUrl}/.well-known/${path}`)).status).toBe(404);
  });
});

describe("a public server", () => {
  const ask = (headers: Record<string, string>, path = "/healthz", method = "GET") =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(server.publicUrl);
      const asked = request({ hostname, port, path, method, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.on("error", reject);
      asked.end();
    });

  it("answers by its public name and by those of this machine, and by no other", async () => {
    expect(await ask({ host: new URL(server.publicUrl).host })).toBe(200);
    expect(await ask({ host: "localhost" })).toBe(200);
    expect(await ask({ host: "evil.example" })).toBe(403);
  });

  it("refuses calls that a page of another site makes, with a good token too", async () => {
    const token = bearer(await issuer.token(server.publicUrl));
    for (const origin of ["https://evil.example", "null", "http://localhost:6274"])
      expect(await ask({ ...token, origin }, "/mcp", "POST")).toBe(403);
    const own = await server.post(initialize(), { ...token, origin: server.publicUrl });
    expect(own.status).toBe(200);
  });
});

describe("the settings of sign-in", () => {
  const services = () => Promise.reject(new Error("no request is made"));
  const log = createLog("silent");
  const PUBLIC = { publicUrl: "https://hiring.example.test" };
  const PROVIDER = { oidcIssuer: "https://issuer.example.test" };
  const ownKeys = async () => ({ keys: [] });

  it.each<[string, GateSettings, object, RegExp]>([
    ["a provider without a public address", PROVIDER, {}, /OIDC_ISSUER is set without GREENFLAG_PUBLIC_URL/],
    ["a provider beside sign-in here", { ...PUBLIC, ...PROVIDER }, { ownKeys }, /and so is a way to sign in/],
    ["a public address where nobody could sign in", PUBLIC, {}, /nobody could sign in/],
  ])("refuse %s", (_, settings, more, words) => {
    expect(() => gateFor(settings, { services, log, ...more })).toThrow(words);
  });

  const asked = (token?: string) =>
    new Request("https://hiring.example.test/mcp", token === undefined ? {} : { headers: bearer(token) });

  it("let everybody in on this machine, where there is no public address", async () => {
    expect(await gateFor({}, { services, log })(asked())).toBeUndefined();
  });

  it("send a personal token to its own gate, and everything else to sign in", async () => {
    const personal = async () => ({ member: "by token" });
    const gate = gateFor(PUBLIC, { services, log, personal, ownKeys });
    expect(await gate(asked("greenflag_abc"))).toEqual({ member: "by token" });
    for (const token of [undefined, "x.greenflag_abc", "e30.e30.greenflag_"])
      expect(await gate(asked(token))).toMatchObject({ status: 401 });
  });
});

describe("the log", () => {
  it("says why a token was refused, and nothing of whose it is", async () => {
    const log = createLog("silent");
    const debug = vi.spyOn(log, "debug");
    const load = {
      services: async () => server.services,
      log,
      ownKeys: async () => ({ keys: [issuer.key.jwk] }),
    };
    const gate = gateFor({ publicUrl: server.publicUrl }, load);
    const claims = { iss: server.publicUrl, aud: "https://other.example.test" };
    const token = await issuer.token(server.publicUrl, { claims });
    await gate(new Request(`${server.publicUrl}/mcp`, { headers: bearer(token) }));
    expect(debug.mock.calls).toEqual([
      [{ why: "ERR_JWT_CLAIM_VALIDATION_FAILED: aud" }, "an access token was refused"],
    ]);
  });
});

describe("tokens of the authorization server inside", () => {
  it("have the type of an access token, and the e-mail that was verified there", async () => {
    const { publicUrl } = server;
    const gate = gateFor(
      { publicUrl },
      {
        services: async () => server.services,
        log: createLog("silent"),
        ownKeys: async () => ({ keys: [issuer.key.jwk] }),
      },
    );
    const statusOf = async (token: Parameters<TestIssuer["token"]>[1]) => {
      const claims = { iss: publicUrl, ...token?.claims };
      const headers = bearer(await issuer.token(publicUrl, { ...token, claims }));
      const who = await gate(new Request(`${publicUrl}/mcp`, { headers }));
      return who instanceof Response ? who.status : 200;
    };
    expect(await statusOf({})).toBe(200);
    expect(await statusOf({ claims: { email_verified: undefined } })).toBe(200);
    expect(await statusOf({ claims: { email_verified: false } })).toBe(403);
    expect(await statusOf({ claims: { iss: issuer.url } })).toBe(401);
    for (const typ of ["JWT", undefined, "id+jwt"]) expect(await statusOf({ header: { typ } })).toBe(401);
  });
});
