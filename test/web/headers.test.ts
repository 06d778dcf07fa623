import { afterEach, describe, expect, it } from "vitest";
import { useDatabase } from "../support/database.ts";
import { type Asked, type HttpServer, mcpRequest, startHttp } from "../support/http.ts";

const MIA = "mia@example.test";
const database = useDatabase();
let server: HttpServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const initialize = {
  ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};
const EVERY: readonly (Asked & { what: string; status: number })[] = [
  { what: "an answer of MCP", status: 200, ...mcpRequest(initialize, { authorization: `Bearer ${MIA}` }) },
  { what: "a challenge", status: 401, ...mcpRequest(initialize) },
  { what: "a health check", status: 200, path: "/healthz" },
  { what: "an unknown address", status: 404, path: "/nothing" },
  { what: "a foreign host", status: 403, path: "/healthz", headers: { host: "evil.example" } },
  { what: "a foreign site", status: 403, path: "/mcp", headers: { origin: "https://evil.example" } },
  { what: "a forbidden method", status: 405, path: "/mcp", method: "TRACE" },
  { what: "a target that is no address", status: 400, path: "*", method: "OPTIONS" },
];

describe("the headers of every answer", () => {
  it.each(EVERY)("are those that protect people, on $what", async ({ status, what, ...asked }) => {
    server = await startHttp(await database.workspace(), [MIA], {
      publicUrl: "https://greenflag.example.test",
    });
    const { headers, ...answer } = await server.send(asked);
    expect(answer.status).toBe(status);
    expect(headers).toMatchObject({
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      "referrer-policy": "no-referrer",
      "strict-transport-security": "max-age=31536000",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    expect(headers["cache-control"]).toMatch(/no-store|no-cache/);
    for (const name of ["server", "x-powered-by", "access-control-allow-origin"])
      expect(headers).not.toHaveProperty(name);
  });

  it("do not bind browsers to https where there is none", async () => {
    server = await startHttp(await database.workspace(), []);
    expect((await server.send({ path: "/healthz" })).headers).not.toHaveProperty("strict-transport-security");
  });

  it("let scripts of other sites read how to sign in, and only that", async () => {
    server = await startHttp(await database.workspace(), []);
    const origin = "https://inspector.example";
    const asked = { path: "/.well-known/oauth-protected-resource/mcp", headers: { origin } };
    const preflight = await server.send({ ...asked, method: "OPTIONS" });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "mcp-protocol-version",
    });
    expect((await server.send(asked)).headers["access-control-allow-origin"]).toBe("*");
    for (const path of ["/mcp", "/auth/oauth2/token", "/healthz"]) {
      const elsewhere = await server.send({ path, method: "OPTIONS", headers: { origin } });
      expect(elsewhere.status).toBe(403);
      expect(elsewhere.headers).not.toHaveProperty("access-control-allow-origin");
    }
  });
});
