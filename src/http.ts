import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from "@modelcontextprotocol/node";
import { type App, createApp, startSending } from "./app.ts";
import type { Config } from "./config.ts";
import { DomainError } from "./domain/errors.ts";
import { createMcpFetch } from "./mcp/fetch.ts";
import { onShutdown } from "./shutdown.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const BODY_BYTES = 4 * 1024 * 1024;

/** Serves MCP at /mcp on the loopback until it is told to stop. */
export async function runHttp(config: Config): Promise<void> {
  requireLoopback(config.host);
  const app = createApp(config, { command: "greenflag serve", allowFiles: false });
  const { url, close } = await listenHttp(app, config);
  startSending(app);
  onShutdown(app.log, async () => {
    await close();
    await app.close();
  });
  app.log.info({ url }, "listening");
}

/** Starts listening; port 0 takes a free one. */
export async function listenHttp(
  app: App,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ url: string; close(): Promise<void> }> {
  const mcp = createMcpFetch(app.server);
  const toMcp = toNodeHandler(mcp, { maxRequestBodySize: BODY_BYTES });
  const isOurHost = localhostHostValidation();
  const isOurOrigin = localhostOriginValidation();
  const server = createServer((request, response) => {
    serveOne(app, toMcp, request, response, { isOurHost, isOurOrigin }).catch((error: unknown) => {
      app.log.error({ err: error, method: request.method }, "a request failed on a defect");
      if (!response.headersSent)
        say(response, 500, { status: "something went wrong inside; the log explains it" });
      else response.destroy();
    });
  });
  await listening(server, host, port);
  const bound = server.address() as AddressInfo;
  return {
    url: `http://${bound.family === "IPv6" ? `[${bound.address}]` : bound.address}:${bound.port}/mcp`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await mcp.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

type NodeHandler = ReturnType<typeof toNodeHandler>;

/** Methods that the fetch standard forbids: no request can be made of them to hand on. */
const FORBIDDEN_METHODS = new Set(["TRACE", "TRACK", "CONNECT"]);

type Guard = (request: IncomingMessage, response: ServerResponse) => boolean;

async function serveOne(
  app: App,
  toMcp: NodeHandler,
  request: IncomingMessage,
  response: ServerResponse,
  { isOurHost, isOurOrigin }: { readonly isOurHost: Guard; readonly isOurOrigin: Guard },
): Promise<void> {
  if (!isOurHost(request, response) || !isOurOrigin(request, response)) return;
  const pathname = pathOf(request.url ?? "/");
  if (pathname === undefined) return say(response, 400, { status: "the request target is not an address" });
  if (FORBIDDEN_METHODS.has(request.method ?? ""))
    return say(response, 405, { status: "no such method here" });
  if (pathname === "/mcp")
    return toMcp(request as Parameters<NodeHandler>[0], response as unknown as Parameters<NodeHandler>[1]);
  if (pathname === "/healthz") return say(response, 200, { status: "ok" });
  if (pathname === "/readyz") return ready(app, response);
  return say(response, 404, { status: "nothing here; MCP is at /mcp" });
}

/** The path of a request target, which is a path or, from a proxy, a whole address; undefined for anything else. */
function pathOf(target: string): string | undefined {
  const address = target.startsWith("/") ? `http://localhost${target}` : target;
  return URL.canParse(address) ? new URL(address).pathname : undefined;
}

/** Ready means that the database answers now. */
async function ready(app: App, response: ServerResponse): Promise<void> {
  try {
    const { startUpkeep, upkeep } = await app.services();
    const at = await startUpkeep({ isRead: true, signal: new AbortController().signal });
    say(response, 200, { status: "ready", engine: await upkeep.engine(at) });
  } catch {
    say(response, 503, { status: "the database does not answer" });
  }
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? `port ${port} is taken` : "the address cannot be used";
      reject(
        new DomainError(
          "unavailable",
          `Cannot listen on ${host}: ${why}.`,
          "Set GREENFLAG_PORT to a free port.",
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}

/** There is no sign-in yet: whoever reaches the port acts as the member, so only this machine may reach it. */
function requireLoopback(host: string): void {
  if (LOOPBACK.has(host)) return;
  throw new DomainError(
    "invalid",
    `GREENFLAG_HOST: ${host} is not a loopback address.`,
    "Use 127.0.0.1, ::1 or localhost.",
  );
}
