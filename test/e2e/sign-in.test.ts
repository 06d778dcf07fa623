import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as Client1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as Http1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { type LocalSmtp, startSmtp } from "../../examples/smtp/server.ts";
import { openBrowser } from "../support/browsing.ts";
import { freshEnv, run, serve } from "../support/clients.ts";
import { makeDatabase } from "../support/own-database.ts";
import { AUTH_SECRET, codeFor } from "../support/sign-in-server.ts";
import { startTlsProxy } from "../support/tls-proxy.ts";

const EMAIL = "ben@example.test";
const CALLBACK = "http://localhost:7777/callback";

const ERAS = ["1.x", "2.x, earlier protocol", "2.x, 2026-07-28"] as const;
type SdkEra = (typeof ERAS)[number];

/** What a host keeps between starts, as the SDKs ask for it. */
function keeping() {
  const kept: {
    client?: unknown;
    tokens?: Record<string, unknown>;
    verifier?: string;
    url?: URL;
    discovery?: unknown;
  } = {};
  const provider = {
    redirectUrl: CALLBACK,
    clientMetadata: {
      client_name: "A host",
      redirect_uris: [CALLBACK],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
    state: () => "the-state",
    clientInformation: () => kept.client,
    saveClientInformation: (client: unknown) => {
      kept.client = client;
    },
    tokens: () => kept.tokens,
    saveTokens: (tokens: Record<string, unknown>) => {
      kept.tokens = tokens;
    },
    saveCodeVerifier: (verifier: string) => {
      kept.verifier = verifier;
    },
    codeVerifier: () => kept.verifier ?? "",
    discoveryState: () => kept.discovery,
    saveDiscoveryState: (discovery: unknown) => {
      kept.discovery = discovery;
    },
    redirectToAuthorization: (url: URL) => {
      kept.url = url;
    },
  };
  return { kept, provider };
}
type Host = ReturnType<typeof keeping>;

describe.skipIf(inject("databaseUrl") === undefined)("sign-in of the built program behind TLS", () => {
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  let proxy: Awaited<ReturnType<typeof startTlsProxy>>;
  let smtp: LocalSmtp;
  let env: Record<string, string>;
  let server: Awaited<ReturnType<typeof serve>>;

  const start = async () => {
    server = await serve(env);
    proxy.port = Number(new URL(server.url).port);
  };
  beforeAll(async () => {
    [proxy, smtp] = await Promise.all([startTlsProxy(), startSmtp()]);
    database = await makeDatabase(inject("databaseUrl") ?? "", `greenflag_sign_in_${process.pid}`);
    env = freshEnv({
      DATABASE_URL: database.url,
      GREENFLAG_PUBLIC_URL: proxy.url,
      GREENFLAG_AUTH_SECRET: AUTH_SECRET,
      SMTP_URL: smtp.url,
      GREENFLAG_MAIL_FROM: "hiring@acme.example",
    });
    await run(["member", "add", EMAIL, "--name", "Ben Okri", "--access", "interviewer"], env);
    await start();
  });
  afterAll(async () => {
    await server.stop();
    await Promise.all([proxy.close(), smtp.close(), database.drop()]);
  });
  beforeEach(() => {
    smtp.fault = undefined;
  });

  /** Connects a client of this SDK, with what its host kept. */
  async function connect(era: SdkEra, { provider }: Host) {
    const url = new URL(`${proxy.url}/mcp`);
    // biome-ignore lint/suspicious/noExplicitAny: the same provider serves both SDKs, whose types differ in name only
    const options: any = { fetch: proxy.fetch, authProvider: provider };
    if (era === "1.x") {
      const client = new Client1({ name: "a-host", version: "1" });
      const transport = new Http1(url, options);
      return { client, transport, done: client.connect(transport as Parameters<typeof client.connect>[0]) };
    }
    const pinned = { versionNegotiation: { mode: { pin: "2026-07-28" } } };
    const client = new Client(
      { name: "a-host", version: "1" },
      (era === "2.x, 2026-07-28" ? pinned : {}) as object,
    );
    const transport = new StreamableHTTPClientTransport(url, options);
    return { client, transport, done: client.connect(transport) };
  }

  /** What a person does in the browser that the host opened. */
  async function allowInBrowser(url: URL | undefined): Promise<URL> {
    const browser = openBrowser(({ port }) => port === "7777", proxy.fetch);
    await browser.go(url ?? "");
    await browser.submit({ email: EMAIL });
    await browser.submit({ email: EMAIL, code: codeFor(smtp, EMAIL) });
    return (await browser.submit({ choice: "allow" })).url;
  }

  /** Who the tools answer. */
  async function memberAt(era: SdkEra, host: Host): Promise<unknown> {
    const { client, done } = await connect(era, host);
    await done;
    const answer = (await client.callTool({ name: "get_agenda", arguments: {} })) as {
      structuredContent?: unknown;
    };
    await client.close();
    return (answer.structuredContent as { member?: unknown }).member;
  }

  it("is what doctor says that a call needs, where nobody has a token", async () => {
    const { stdout } = await run(["doctor"], env);
    expect(stdout).toContain("tokens: none; every call over HTTP needs one, or a sign-in");
  });

  it.each(ERAS)(
    "goes from an address alone to the member's own tools, over a restart too (%s)",
    async (era) => {
      const host = keeping();
      const first = await connect(era, host);
      await expect(first.done).rejects.toThrow();
      const back = await allowInBrowser(host.kept.url);
      expect(back.searchParams.get("state")).toBe("the-state");
      const [code, iss] = [back.searchParams.get("code") ?? "", back.searchParams.get("iss") ?? ""];
      expect(iss).toBe(proxy.url);
      await first.transport.finishAuth(code, iss);
      expect(JSON.stringify(await memberAt(era, host))).toContain(EMAIL);
      await server.stop();
      await start();
      const before = host.kept.tokens;
      expect(JSON.stringify(await memberAt(era, host))).toContain(EMAIL);
      expect(host.kept.tokens).toBe(before);
      // The host's access token has run out: it gets the next by itself.
      host.kept.tokens = { ...before, access_token: "run-out" };
      expect(JSON.stringify(await memberAt(era, host))).toContain(EMAIL);
      expect(host.kept.tokens).not.toMatchObject({ refresh_token: before?.refresh_token });
    },
  );

  it("takes no token that was signed under another secret, and lets hosts renew theirs", async () => {
    const host = keeping();
    const first = await connect("2.x, 2026-07-28", host);
    await first.done.catch(() => {});
    const { searchParams } = await allowInBrowser(host.kept.url);
    await first.transport.finishAuth(searchParams.get("code") ?? "", searchParams.get("iss") ?? "");
    const before = host.kept.tokens;
    await server.stop();
    env = { ...env, GREENFLAG_AUTH_SECRET: "another-".repeat(5) };
    await start();
    const headers = { authorization: `Bearer ${before?.access_token}`, "content-type": "application/json" };
    const refused = await proxy.fetch(`${proxy.url}/mcp`, { method: "POST", headers, body: "{}" });
    expect(refused.status).toBe(401);
    expect(JSON.stringify(await memberAt("2.x, 2026-07-28", host))).toContain(EMAIL);
    expect(host.kept.tokens).not.toEqual(before);
  });

  it("sends the code in plain words, without a link", async () => {
    const host = keeping();
    await (await connect("2.x, 2026-07-28", host)).done.catch(() => {});
    await allowInBrowser(host.kept.url);
    const { mail, from } = smtp.received.at(-1) ?? {};
    expect(from).toBe("hiring@acme.example");
    expect(mail?.subject).toMatch(/^Your code to sign in: \d{8}$/);
    expect(mail?.text).toContain("If you did not ask for it");
    expect(`${mail?.text}${mail?.html}`).not.toMatch(/https?:|href/);
  });

  it.each(["garbage", "hang at greeting", "550 at recipient"] as const)(
    "says that the mail server fails (%s)",
    async (fault) => {
      const host = keeping();
      await (await connect("2.x, 2026-07-28", host)).done.catch(() => {});
      const browser = openBrowser(() => false, proxy.fetch);
      await browser.go(host.kept.url ?? "");
      smtp.fault = fault;
      const shown = await browser.submit({ email: "somebody@example.test" });
      expect([shown.status, shown.text]).toEqual([
        503,
        expect.stringContaining("The code could not be sent"),
      ]);
      expect(shown.text).not.toContain("555 0100");
    },
  );

  it("keeps its cookies to https and its own pages", async () => {
    const browser = openBrowser(
      () => false,
      async (input, init) => {
        const response = await proxy.fetch(input, init);
        for (const cookie of response.headers.getSetCookie())
          expect(cookie).toMatch(/^__Secure-greenflag\.[^;]+;.*HttpOnly; Secure; SameSite=Lax/i);
        return response;
      },
    );
    const host = keeping();
    await (await connect("1.x", host)).done.catch(() => {});
    await browser.go(host.kept.url ?? "");
    await browser.submit({ email: EMAIL });
    await browser.submit({ email: EMAIL, code: codeFor(smtp, EMAIL) });
    expect(browser.cookies(proxy.url).size).toBeGreaterThan(0);
  });

  it.each([
    ["GREENFLAG_AUTH_SECRET", ["GREENFLAG_AUTH_SECRET"]],
    ["DATABASE_URL", ["DATABASE_URL"]],
    ["SMTP_URL", ["SMTP_URL", "GREENFLAG_MAIL_FROM", "provider"]],
    ["GREENFLAG_MAIL_FROM", ["SMTP_URL", "GREENFLAG_MAIL_FROM", "provider"]],
  ])("does not start without %s, and says what is missing", async (name, words) => {
    const { [name]: _, ...rest } = env;
    const { code, stderr } = await run(["serve"], rest);
    expect(code).toBe(1);
    for (const word of words) expect(stderr).toContain(word);
  });
});
