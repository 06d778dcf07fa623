import { afterAll, describe, expect, it } from "vitest";
import { createLog } from "../../src/log.ts";
import { createMcpFetch } from "../../src/mcp/fetch.ts";

const mcp = createMcpFetch({
  services: () => Promise.reject(new Error("no call of this test needs the database")),
  tools: [],
  confirm: "code",
  version: "0.0.0",
  log: createLog("silent"),
});
afterAll(() => mcp.close());

const post = (body: unknown, headers: Record<string, string> = {}) =>
  mcp.fetch(
    new Request("http://127.0.0.1/mcp", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...headers,
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );

async function session(protocolVersion: string): Promise<Record<string, string>> {
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: "test", version: "1" } };
  const answer = await post({ jsonrpc: "2.0", id: 1, method: "initialize", params });
  await answer.text();
  return {
    "mcp-session-id": answer.headers.get("mcp-session-id") ?? "",
    "mcp-protocol-version": protocolVersion,
  };
}
const ping = (id: number) => ({ jsonrpc: "2.0", id, method: "ping" });

describe("a list of messages in one request", () => {
  it.each(["2025-06-18", "2025-11-25"])("is refused in a session of %s", async (version) => {
    const headers = await session(version);
    for (const body of [[ping(2), ping(3)], [], " \n[ ]"]) {
      const answer = await post(body, headers);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { code: -32600 } });
    }
    expect(await (await post(ping(4), headers)).text()).toMatch(/"id":4/);
  });

  it("is answered in a session of 2025-03-26, where the protocol has it, unless it is empty", async () => {
    const headers = await session("2025-03-26");
    expect(await (await post([ping(2), ping(3)], headers)).text()).toMatch(/"id":2.*"id":3/s);
    expect((await post([], headers)).status).toBe(400);
  });
});
