import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { openBrowser } from "../support/browsing.ts";
import { useDatabase } from "../support/database.ts";
import { makeKey } from "../support/issuer.ts";
import {
  askToken,
  authorizeUrl,
  codeOf,
  newProgram,
  register,
  type SignInServer,
  startSignInServer,
} from "../support/sign-in-server.ts";

const EMAIL = "ada@example.test";
const REFRESHABLE = { grant_types: ["authorization_code", "refresh_token"], response_types: ["code"] };

/** What hosts register, and the address that they then sign in with. */
const REGISTRATIONS: Record<string, { metadata: object; redirect: string }> = {
  "Claude on the web": {
    metadata: {
      client_name: "Claude",
      redirect_uris: ["https://claude.ai/api/mcp/auth_callback"],
      token_endpoint_auth_method: "none",
      scope: "greenflag:read greenflag:write offline_access",
      ...REFRESHABLE,
    },
    redirect: "https://claude.ai/api/mcp/auth_callback",
  },
  "Claude Code": {
    metadata: {
      client_name: "Claude Code (greenflag)",
      redirect_uris: ["http://localhost:54545/callback"],
      token_endpoint_auth_method: "none",
      application_type: "native",
      ...REFRESHABLE,
    },
    redirect: "http://localhost:54545/callback",
  },
  ChatGPT: {
    metadata: {
      client_name: "ChatGPT",
      redirect_uris: ["https://chatgpt.com/connector_platform_oauth_redirect"],
      token_endpoint_auth_method: "none",
      ...REFRESHABLE,
    },
    redirect: "https://chatgpt.com/connector_platform_oauth_redirect",
  },
  "VS Code": {
    metadata: {
      client_name: "Visual Studio Code",
      client_uri: "https://code.visualstudio.com",
      grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
      response_types: ["code"],
      redirect_uris: [
        "https://insiders.vscode.dev/redirect",
        "https://vscode.dev/redirect",
        "http://127.0.0.1/",
        "http://127.0.0.1:33418/",
      ],
      token_endpoint_auth_method: "none",
      application_type: "native",
    },
    redirect: "http://127.0.0.1:40001/",
  },
  Cursor: {
    metadata: {
      client_name: "Cursor",
      redirect_uris: [
        "http://localhost:8787/callback",
        "https://www.cursor.com/agents/mcp/oauth/callback",
        "cursor://anysphere.cursor-mcp/oauth/callback",
      ],
      token_endpoint_auth_method: "none",
      ...REFRESHABLE,
    },
    redirect: "http://localhost:8787/callback",
  },
  "Gemini CLI": {
    metadata: {
      client_name: "Gemini CLI MCP Client",
      redirect_uris: ["http://localhost:7777/oauth/callback"],
      token_endpoint_auth_method: "none",
      ...REFRESHABLE,
    },
    redirect: "http://localhost:7777/oauth/callback",
  },
  "a program that says nothing but its address": {
    metadata: { redirect_uris: ["http://localhost:3000/cb"] },
    redirect: "http://localhost:3000/cb",
  },
};

const PUBLIC = { token_endpoint_auth_method: "none", ...REFRESHABLE };
const CHATGPT = {
  document: {
    client_id: "https://chatgpt.com/oauth/client.json",
    client_name: "ChatGPT",
    ...{ client_uri: "https://chatgpt.com/", ...REFRESHABLE },
    ...{ redirect_uris: ["https://chatgpt.com/connector_platform_oauth_redirect"] },
    ...{ token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "RS256" },
    ...{ token_endpoint_auth_methods_supported: ["none", "private_key_jwt"] },
    ...{ jwks_uri: "https://chatgpt.com/oauth/jwks.json" },
  },
  redirect: "https://chatgpt.com/connector_platform_oauth_redirect",
};
/** The documents by which hosts introduce themselves, as they were served in September 2026, each with its address. */
const DOCUMENTS: Record<string, { document: { client_id: string; client_name: string }; redirect: string }> =
  {
    "Claude Code": {
      document: {
        client_id: "https://claude.ai/oauth/claude-code-client-metadata",
        client_name: "Claude Code",
        ...{ client_uri: "https://claude.ai", ...PUBLIC },
        ...{ redirect_uris: ["http://localhost/callback", "http://127.0.0.1/callback"] },
      },
      redirect: "http://localhost:61234/callback",
    },
    "Claude on the web": {
      document: {
        client_id: "https://claude.ai/oauth/mcp-oauth-client-metadata",
        client_name: "Claude",
        ...{ client_uri: "https://claude.ai", ...PUBLIC },
        ...{ redirect_uris: ["https://claude.ai/api/mcp/auth_callback"] },
        ...{ grant_types: [...REFRESHABLE.grant_types, "urn:ietf:params:oauth:grant-type:jwt-bearer"] },
      },
      redirect: "https://claude.ai/api/mcp/auth_callback",
    },
    "VS Code": {
      document: {
        client_id: "https://vscode.dev/oauth/client-metadata.json",
        client_name: "Visual Studio Code",
        ...{ client_uri: "https://vscode.dev/product", application_type: "native", ...PUBLIC },
        ...{ grant_types: [...REFRESHABLE.grant_types, "urn:ietf:params:oauth:grant-type:device_code"] },
        ...{ redirect_uris: ["http://127.0.0.1:33418/", "https://vscode.dev/redirect"] },
      },
      redirect: "http://127.0.0.1:33418/",
    },
  };

const jsonAt = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), { headers: { "content-type": "application/json" }, ...init });

describe.skipIf(inject("databaseUrl") === undefined)("the programs that hosts are", () => {
  const database = useDatabase();
  let store: Store;
  let server: SignInServer;
  let served: (url: string) => Response;
  beforeAll(async () => {
    store = await database.workspace();
    server = await startSignInServer(store, { fetchClientDocument: async (input) => served(String(input)) });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    served = () => new Response(null, { status: 404 });
    server.waitAnHour();
  });

  /** Signs in for the program, to the page where it is allowed. */
  async function signInFor(clientId: string, redirect: string) {
    const program = newProgram(clientId, redirect);
    const browser = openBrowser((url) => url.origin === new URL(redirect).origin);
    const first = await browser.go(authorizeUrl(server.publicUrl, program));
    await browser.submit({ email: EMAIL });
    const shown = await browser.submit({ email: EMAIL, code: server.codes.get(EMAIL) ?? "" });
    return { program, browser, first, shown };
  }
  async function tokenFor(clientId: string, redirect: string, more: Record<string, string> = {}) {
    const { program, browser, shown } = await signInFor(clientId, redirect);
    expect(shown.text).toContain(`<p class="host">${new URL(redirect).host}</p>`);
    const { url } = await browser.submit({ choice: "allow" });
    return askToken(server.publicUrl, {
      grant_type: "authorization_code",
      ...{ code: codeOf(url), redirect_uri: redirect, code_verifier: program.verifier, client_id: clientId },
      ...more,
    });
  }

  it.each(Object.entries(REGISTRATIONS))("%s registers and signs in", async (_, { metadata, redirect }) => {
    const { status, answer } = await register(server.publicUrl, metadata);
    expect([status, answer]).toMatchObject([201, { token_endpoint_auth_method: "none" }]);
    expect(await tokenFor(answer.client_id, redirect)).toMatchObject({ status: 200 });
  });

  it.each(Object.entries(DOCUMENTS))(
    "%s introduces itself by its document and signs in",
    async (_, { document, redirect }) => {
      served = (url) => (url === document.client_id ? jsonAt(document) : new Response(null, { status: 404 }));
      expect(await tokenFor(document.client_id, redirect)).toMatchObject({ status: 200 });
    },
  );

  it("ChatGPT introduces itself by its document, and signs its requests with the key that it names", async () => {
    const key = await makeKey("chatgpt", "RS256");
    const { client_id: id, jwks_uri: jwks } = CHATGPT.document;
    served = (url) => jsonAt(url === jwks ? { keys: [key.jwk] } : CHATGPT.document);
    const assertion = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: "RS256", kid: key.kid })
      .setIssuer(id)
      .setSubject(id)
      .setAudience(`${server.publicUrl}/auth/oauth2/token`)
      .setIssuedAt()
      .setExpirationTime("1 minute")
      .sign(key.private);
    const signed = {
      client_assertion: assertion,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    };
    expect(await tokenFor(id, CHATGPT.redirect, signed)).toMatchObject({ status: 200 });
    // It was allowed before, so it is let in without the page; without its key it gets no token all the same.
    const { program, shown } = await signInFor(id, CHATGPT.redirect);
    const unsigned = await askToken(server.publicUrl, {
      grant_type: "authorization_code",
      ...{ code: codeOf(shown.url), redirect_uri: CHATGPT.redirect },
      ...{ code_verifier: program.verifier, client_id: id },
    });
    expect(unsigned.status).toBeGreaterThanOrEqual(400);
  });

  const bad: Record<string, [address: string, answer: () => Response]> = {
    "is gone": ["https://gone.example/client.json", () => new Response("gone", { status: 410 })],
    redirects: [
      "https://moved.example/client.json",
      () => new Response(null, { status: 302, headers: { location: "https://x.example" } }),
    ],
    "is huge": [
      "https://huge.example/client.json",
      () =>
        jsonAt({
          ...CHATGPT.document,
          client_id: "https://huge.example/client.json",
          client_name: "x".repeat(6_000),
        }),
    ],
    "is another's": ["https://other.example/client.json", () => jsonAt(CHATGPT.document)],
    "is no JSON": [
      "https://html.example/client.json",
      () => new Response("<html>", { headers: { "content-type": "text/html" } }),
    ],
    "is at a private address": [
      "https://192.168.0.7/client.json",
      () => jsonAt({ ...CHATGPT.document, client_id: "https://192.168.0.7/client.json" }),
    ],
    "is on this machine": [
      "https://localhost/client.json",
      () => jsonAt({ ...CHATGPT.document, client_id: "https://localhost/client.json" }),
    ],
    "is not encrypted": [
      "http://plain.example/client.json",
      () => jsonAt({ ...CHATGPT.document, client_id: "http://plain.example/client.json" }),
    ],
  };
  it.each(Object.entries(bad))(
    "a program whose document %s is not connected",
    async (_, [address, answer]) => {
      let reads = 0;
      served = () => {
        reads += 1;
        return answer();
      };
      const browser = openBrowser(() => false);
      const shown = await browser.go(
        authorizeUrl(server.publicUrl, newProgram(address, "http://localhost:61234/callback")),
      );
      expect(shown.url.origin).toBe(server.publicUrl);
      expect(shown.text).toMatch(/cannot be connected|Try again in a minute/);
      if (/192|localhost|http:/.test(address)) expect(reads).toBe(0);
    },
  );

  it("a document on a private address is not fetched by the program's own fetch", async () => {
    const { fetchClientMetadataResource } = await import("@better-auth/cimd/node");
    await expect(fetchClientMetadataResource("https://localhost:1/client.json")).rejects.toThrow(
      /public-routable/,
    );
  });
});
