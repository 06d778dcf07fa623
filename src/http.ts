import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { type App, createApp, startSending } from "./app.ts";
import { createCallLimits } from "./auth/call-limits.ts";
import type { Gate } from "./auth/gate.ts";
import { gateFor } from "./auth/gate-for.ts";
import { createLimits } from "./auth/limits.ts";
import { peerOf } from "./auth/peer.ts";
import { createRefusals, type Refusals } from "./auth/refusals.ts";
import { createTokenGate } from "./auth/token-gate.ts";
import type { Config } from "./config.ts";
import { DomainError } from "./domain/errors.ts";
import { exposureOf, type Guard, guardsFor } from "./exposure.ts";
import { createMcpFetch } from "./mcp/fetch.ts";
import { onShutdown } from "./shutdown.ts";
import { signInFor } from "./sign-in.ts";
import { headOf, send, toByteHandler } from "./web/bytes.ts";
import { headersFor, isForOtherSites } from "./web/headers.ts";
import { answerUpload, isUpload, UPLOAD_PATH } from "./web/pages/upload.ts";
import { type Bounds, boundConnections, serverOptions } from "./web/serving.ts";
import { admit, answerPage, type Site } from "./web/site.ts";
import { targetOf } from "./web/target.ts";

const TOKENS_NEEDED =
  "every call needs a personal token, which this makes: greenflag token add EMAIL. Over plain http whoever is on the network " +
  "can read it";
const BODY_BYTES = 4 * 1024 * 1024;
/** Forms and registrations come from strangers, a thousand at once perhaps. */
const PAGE_BODY_BYTES = 64 * 1024;

/** Serves MCP at /mcp, on the loopback address or to a private network, until it is stopped. */
export async function runHttp(config: Config): Promise<void> {
  const exposure = exposureOf(config.host, config.publicUrl);
  const app = createApp(config, { command: "greenflag serve", allowFiles: false });
  const signIn = signInFor(config, app);
  const { url, close } = await listenHttp(app, { ...config, signIn: signIn?.server });
  startSending(app);
  onShutdown(app.log, async () => {
    await close();
    await signIn?.close();
    await app.close();
  });
  app.log.info({ url }, exposure === "network" ? `listening; ${TOKENS_NEEDED}` : "listening");
}

type ListenSettings = Pick<Config, "host" | "port"> &
  Partial<Pick<Config, "publicUrl" | "oidcIssuer">> &
  Pick<Site, "signIn">;

/** The parts that tests replace. */
type Parts = {
  readonly gate?: Gate;
  readonly bounds?: Bounds;
  /** Milliseconds that only go forward. */
  readonly clock?: () => number;
  readonly callLimits?: ReturnType<typeof createCallLimits>;
};

/**
 * Starts listening. Port 0 uses any free port.
 * @throws DomainError `invalid` for an address that the internet reaches and for settings of sign-in that contradict each
 * other, `unavailable` where it cannot listen
 */
export async function listenHttp(
  app: Pick<App, "server" | "services" | "log">,
  { host, port, publicUrl, oidcIssuer, signIn }: ListenSettings,
  { gate, bounds, clock, callLimits = createCallLimits(clock) }: Parts = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const { services, log } = app;
  const uploadPage = () => `${publicUrl ?? originOf(server)}${UPLOAD_PATH}`;
  const mcp = createMcpFetch({ ...app.server, limits: callLimits, uploadPage });
  const exposure = exposureOf(host, publicUrl);
  const personal = createTokenGate({ services, log, always: exposure !== "machine" });
  const ownKeys = signIn && { ownKeys: async () => (await signIn()).keys() };
  const refusals = createRefusals(log, clock);
  const site: Site = {
    services,
    mcp,
    gate: gate ?? gateFor({ publicUrl, oidcIssuer }, { services, log, personal, ...ownKeys }),
    limits: createLimits(clock),
    signIn,
    provider: publicUrl && oidcIssuer ? { resource: `${publicUrl}/mcp`, issuer: oidcIssuer } : undefined,
  };
  const handlers: Handlers = {
    ...{ site, log, refusals, isPublic: publicUrl !== undefined },
    ...guardsFor(exposure, publicUrl),
  };
  // Of a header that is sent twice Node would keep the first; joined, neither passes for a token.
  const options = { ...serverOptions(bounds), joinDuplicateHeaders: true };
  const server = createServer(options, (request, response) => {
    serveOne(handlers, request, response).catch((error: unknown) => {
      noteFailure(app.log, request, error);
      if (!response.headersSent)
        say(response, 500, { status: "something went wrong inside; the log explains it" });
      else response.destroy();
    });
  });
  boundConnections(server, bounds);
  await listening(server, host, port);
  return {
    url: `${originOf(server)}/mcp`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await mcp.close();
      server.closeAllConnections();
      await closed;
      refusals.flush();
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

type Handlers = {
  readonly site: Site;
  readonly log: App["log"];
  readonly refusals: Refusals;
  readonly isPublic: boolean;
  readonly isOurHost: Guard;
  readonly isOurOrigin: Guard;
};

async function serveOne(
  { site, log, refusals, isPublic, isOurHost, isOurOrigin }: Handlers,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = targetOf(request);
  const pathname = target?.pathname;
  response.setHeaders(new Map(Object.entries(headersFor(pathname ?? "/", { isPublic }))));
  response.once("finish", () => refusals.note(pathname ?? "/", response.statusCode));
  if (!isOurHost(request, response)) return;
  if (target === undefined || pathname === undefined)
    return say(response, 400, { status: "the request target is not an address" });
  request.url = target.target;
  if (!isForOtherSites(pathname) && !isOurOrigin(request, response)) return;
  if (FORBIDDEN_METHODS.has(request.method ?? ""))
    return say(response, 405, { status: "no such method here" });
  const peer = peerOf(request, { isProxied: isPublic });
  if (isUpload(pathname)) {
    const { services, limits } = site;
    const toUpload = toByteHandler((asked, readBytes) =>
      limits.within(asked, peer, () => answerUpload(services, asked, readBytes)),
    );
    return toUpload(request, response);
  }
  const onerror = (error: Error) => noteFailure(log, request, error);
  const isMcp = pathname === "/mcp";
  const who = isMcp ? await admit(site, headOf(request, response), peer) : undefined;
  if (who instanceof Response) return send(request, response, who);
  const handler = isMcp
    ? toNodeHandler(
        { fetch: (asked) => site.mcp.fetch(asked, who) },
        { maxRequestBodySize: BODY_BYTES, onerror },
      )
    : toNodeHandler(
        { fetch: async (asked) => withAllCookies(await answerPage(site, asked, peer), response) },
        { maxRequestBodySize: PAGE_BODY_BYTES, onerror },
      );
  return handler(request as Parameters<NodeHandler>[0], response as unknown as Parameters<NodeHandler>[1]);
}

/** Whoever hangs up in the middle of a body is no defect, and would fill the log. */
function noteFailure(log: App["log"], request: IncomingMessage, error: unknown): void {
  if (request.destroyed && !request.complete) return;
  log.error({ err: error, method: request.method }, "a request failed on a defect");
}

/** The SDK's adapter writes one cookie of several, so they are handed to the answer here, all of them. */
function withAllCookies(answer: Response, response: ServerResponse): Response {
  const cookies = answer.headers.getSetCookie();
  if (cookies.length < 2) return answer;
  response.setHeader("set-cookie", cookies);
  const headers = new Headers(answer.headers);
  headers.delete("set-cookie");
  return new Response(answer.body, { status: answer.status, headers });
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const [why, next] =
        error.code === "EADDRINUSE"
          ? [`port ${port} is taken`, "Set GREENFLAG_PORT to a free port."]
          : ["the address cannot be used", "Set GREENFLAG_HOST to an address that this machine has."];
      reject(new DomainError("unavailable", `Cannot listen on ${host}: ${why}.`, next));
    });
    server.listen(port, host, resolve);
  });
}
