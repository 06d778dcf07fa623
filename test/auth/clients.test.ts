import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as Client1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as Http1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../support/database.ts";
import { startIssuer, type TestIssuer } from "../support/issuer.ts";
import { type PublicServer, startPublicServer } from "../support/public-server.ts";
import { seeded } from "../support/seeded.ts";

const database = useDatabase();
let issuer: TestIssuer;
let server: PublicServer;
beforeAll(async () => {
  issuer = await startIssuer();
  server = await startPublicServer(await seeded(await database.workspace()), issuer.url);
});
beforeEach(() => {
  issuer.asked.splice(0);
  issuer.answer({});
});
afterAll(async () => {
  await server.close();
  await issuer.stop();
});

const CALLBACK = "http://127.0.0.1:9/callback";
/** What a host keeps of its person's sign-in; where it sends them is noted. */
function person() {
  const sentTo: URL[] = [];
  let tokens: { access_token: string; token_type: string } | undefined;
  let verifier = "";
  return {
    sentTo,
    holds(access_token: string): void {
      tokens = { access_token, token_type: "Bearer" };
    },
    provider: {
      redirectUrl: CALLBACK,
      clientMetadata: { redirect_uris: [CALLBACK], client_name: "Test host" },
      clientInformation: () => ({ client_id: "test-host" }),
      tokens: () => tokens,
      saveTokens(saved: { access_token: string; token_type: string }) {
        tokens = saved;
      },
      redirectToAuthorization: (url: URL) => void sentTo.push(url),
      saveCodeVerifier(saved: string) {
        verifier = saved;
      },
      codeVerifier: () => verifier,
    },
  };
}
type Person = ReturnType<typeof person>;

const info = { name: "test-host", version: "1" };
const HOSTS = {
  "2.x, 2026-07-28": (who: Person) => {
    const client = new Client(info, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
    const transport = new StreamableHTTPClientTransport(new URL(server.url), { authProvider: who.provider });
    return {
      client,
      connect: () => client.connect(transport),
      finish: (code: string) => transport.finishAuth(code),
    };
  },
  "2.x, earlier protocol": (who: Person) => {
    const client = new Client(info);
    const transport = new StreamableHTTPClientTransport(new URL(server.url), { authProvider: who.provider });
    return {
      client,
      connect: () => client.connect(transport),
      finish: (code: string) => transport.finishAuth(code),
    };
  },
  "1.x": (who: Person) => {
    const client = new Client1(info);
    const transport = new Http1(new URL(server.url), { authProvider: who.provider });
    const connect = () => client.connect(transport as Parameters<typeof client.connect>[0]);
    return { client, connect, finish: (code: string) => transport.finishAuth(code) };
  },
};

describe.each(Object.entries(HOSTS))("a host with SDK %s", (_, host) => {
  const NOTE = { application: "MLE-1", kind: "note", text: "Called today." };

  it("works with a good token", async () => {
    const who = person();
    who.holds(await issuer.token(server.publicUrl));
    const { client, connect } = host(who);
    await connect();
    expect((await client.listTools()).tools.length).toBeGreaterThan(20);
    const answer = await client.callTool({ name: "get_candidate", arguments: { application: "MLE-1" } });
    expect(JSON.stringify(answer)).toContain("Okafor");
    await client.close();
  });

  it("is led by the refusal to the provider, asks for this server and both scopes, and then works", async () => {
    const who = person();
    const first = host(who);
    await expect(first.connect()).rejects.toThrow(/unauthorized/i);
    const [sent] = who.sentTo;
    expect(sent?.origin + (sent?.pathname ?? "")).toBe(`${issuer.url}/authorize`);
    expect(Object.fromEntries(sent?.searchParams ?? [])).toMatchObject({
      resource: `${server.publicUrl}/mcp`,
      client_id: "test-host",
      code_challenge_method: "S256",
      scope: expect.stringContaining("greenflag:read greenflag:write"),
    });

    const access_token = await issuer.token(server.publicUrl);
    const asked: string[] = [];
    issuer.answer({
      "/token": async (request, response) => {
        for await (const piece of request) asked.push(String(piece));
        response
          .writeHead(200, { "content-type": "application/json" })
          .end(JSON.stringify({ access_token, token_type: "Bearer", expires_in: 3_600 }));
      },
    });
    await first.finish("a-code");
    expect(new URLSearchParams(asked.join("")).get("resource")).toBe(`${server.publicUrl}/mcp`);
    const { client, connect } = host(who);
    await connect();
    const answer = await client.callTool({ name: "add_document", arguments: NOTE });
    expect(answer.isError ?? false).toBe(false);
    await client.close();
  });

  it("with a token for reading sends its person to the provider once they change something", async () => {
    const who = person();
    who.holds(await issuer.token(server.publicUrl, { claims: { scope: "greenflag:read" } }));
    const { client, connect } = host(who);
    await connect();
    await client.callTool({ name: "get_pipeline", arguments: {} });
    expect(who.sentTo).toEqual([]);
    await expect(client.callTool({ name: "add_document", arguments: NOTE })).rejects.toThrow();
    expect(who.sentTo[0]?.searchParams.get("scope")).toContain("greenflag:write");
    await client.close();
  });

  it("whose person was removed is told so, and not sent anywhere", async () => {
    const who = person();
    who.holds(await issuer.token(server.publicUrl, { claims: { email: "eve@example.test" } }));
    await expect(host(who).connect()).rejects.toThrow(/nobody on this team has that e-mail|403/);
    expect(who.sentTo).toEqual([]);
  });
});
