import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { listenHttp } from "../../src/http.ts";
import { createLog } from "../../src/log.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import type { Store } from "../../src/store/store.ts";
import { servicesOn } from "./services.ts";

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export type Answer = {
  readonly status: number;
  readonly challenge: string | null;
  readonly headers: Headers;
  readonly text: string;
};

let requests = 0;
/** As a proxy tells it: each request comes from an address of its own, for what fails is limited by the address. */
function nextAddress(): string {
  requests += 1;
  return `203.0.${Math.floor(requests / 256)}.${requests % 256}`;
}

const JSON_HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };

/** The first message of a client of an earlier protocol. */
export const initialize = (protocolVersion = "2025-11-25") => ({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion, capabilities: {}, clientInfo: { name: "test", version: "1" } },
});

export const toolCall = (id: number, name: string, args: object = {}) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name, arguments: args },
});

/** The server as people reach it, listening on the loopback, with the given provider to sign in at. */
export async function startPublicServer(store: Store, oidcIssuer: string) {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const clock = { now: new Date("2026-11-24T09:00:00Z") };
  const { services, start } = servicesOn(store, clock, "ada@example.test");
  const log = createLog("silent");
  const app = {
    services: async () => services,
    log,
    server: {
      services: async () => services,
      tools,
      confirm: "code",
      version: "0.0.0",
      log,
      publicUrl,
    } as const,
  };
  const { url, close } = await listenHttp(app, { host: "127.0.0.1", port, publicUrl, oidcIssuer });
  return {
    url,
    publicUrl,
    services,
    start,
    close,
    /** Sends one message, or a list of them, with these headers. */
    async post(message: unknown, headers: Record<string, string> = {}, query = ""): Promise<Answer> {
      const answer = await fetch(url + query, {
        method: "POST",
        headers: { ...JSON_HEADERS, "x-forwarded-for": nextAddress(), ...headers },
        body: JSON.stringify(message),
      });
      const challenge = answer.headers.get("www-authenticate");
      return { status: answer.status, challenge, headers: answer.headers, text: await answer.text() };
    },
  };
}
export type PublicServer = Awaited<ReturnType<typeof startPublicServer>>;

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
