import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from "@modelcontextprotocol/node";
import { type App, createApp, startSending } from "./app.ts";
import { openGate } from "./auth/gate.ts";
import type { Config } from "./config.ts";
import { DomainError } from "./domain/errors.ts";
import { createMcpFetch } from "./mcp/fetch.ts";
import { onShutdown } from "./shutdown.ts";
import { toByteHandler } from "./web/bytes.ts";
import { answerUpload, isUpload, UPLOAD_PATH } from "./web/pages/upload.ts";
import { answerMcp, answerPage, type Site } from "./web/site.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const BODY_BYTES = 4 * 1024 * 1024;

/** Serves MCP at /mcp on the loopback address until it is stopped. */
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

/** Starts listening. Port 0 uses any free port. */
export async function listenHttp(
  app: Pick<App, "log" | "server" | "services">,
  { host, port, publicUrl }: Pick<Config, "host" | "port"> & Partial<Pick<Config, "publicUrl">>,
): Promise<{ url: string; close(): Promise<void> }> {
  const uploadPage = () => `${publicUrl ?? originOf(server)}${UPLOAD_PATH}`;
  const mcp = createMcpFetch({ ...app.server, uploadPage });
  const site: Site = { services: app.services, mcp, gate: openGate };
  const toMcp = toNodeHandler(
    { fetch: (request) => answerMcp(site, request) },
    { maxRequestBodySize: BODY_BYTES },
  );
  const toPage = toNodeHandler(
    { fetch: (request) => answerPage(site, request) },
    { maxRequestBodySize: BODY_BYTES },
  );
  const toUpload = toByteHandler((request, readBytes) => answerUpload(app.services, request, readBytes));
  const isOurHost = localhostHostValidation();
  const isOurOrigin = localhostOriginValidation();
  const server = createServer((request, response) => {
    serveOne({ toMcp, toPage, toUpload, isOurHost, isOurOrigin }, request, response).catch(
      (error: unknown) => {
        app.log.error({ err: error, method: request.method }, "a request failed on a defect");
        if (!response.headersSent)
          say(response, 500, { status: "something went wrong inside; the log explains it" });
        else response.destroy();
      },
    );
  });
  await listening(server, host, port);
  return {
    url: `${originOf(server)}/mcp`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await mcp.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function originOf(server: Server): string {
  const { family, address, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

type NodeHandler = ReturnType<typeof toNodeHandler>;

/** Methods that the fetch standard forbids, so no `Request` object can be made for them. */
const FORBIDDEN_METHODS = new Set(["TRACE", "TRACK", "CONNECT"]);

type Guard = (request: IncomingMessage, response: ServerResponse) => boolean;

type Handlers = {
  readonly toMcp: NodeHandler;
  readonly toPage: NodeHandler;
  readonly toUpload: ReturnType<typeof toByteHandler>;
  readonly isOurHost: Guard;
  readonly isOurOrigin: Guard;
};

async function serveOne(
  { toMcp, toPage, toUpload, isOurHost, isOurOrigin }: Handlers,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isOurHost(request, response) || !isOurOrigin(request, response)) return;
  const pathname = pathOf(request.url ?? "/");
  if (pathname === undefined) return say(response, 400, { status: "the request target is not an address" });
  if (FORBIDDEN_METHODS.has(request.method ?? ""))
    return say(response, 405, { status: "no such method here" });
  if (isUpload(pathname)) return toUpload(request, response);
  const answer = pathname === "/mcp" ? toMcp : toPage;
  return answer(request as Parameters<NodeHandler>[0], response as unknown as Parameters<NodeHandler>[1]);
}

/** The path of a request target. The target is a path or, from a proxy, a whole address; otherwise undefined. */
function pathOf(target: string): string | undefined {
  const address = target.startsWith("/") ? `http://localhost${target}` : target;
  return URL.canParse(address) ? new URL(address).pathname : undefined;
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

/** There is no sign-in, so every request acts as the process's member. Therefore only this machine may connect. */
function requireLoopback(host: string): void {
  if (LOOPBACK.has(host)) return;
  throw new DomainError(
    "invalid",
    `GREENFLAG_HOST: ${host} is not a loopback address.`,
    "Use 127.0.0.1, ::1 or localhost.",
  );
}
