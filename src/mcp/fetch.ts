import { randomUUID } from "node:crypto";
import {
  type AuthInfo,
  createMcpHandler,
  isLegacyRequest,
  WebStandardStreamableHTTPServerTransport as SessionTransport,
} from "@modelcontextprotocol/server";
import { TOKEN_SCOPES } from "../domain/token-scopes.ts";
import type { SignedIn } from "../services/session.ts";
import { createSignInNotes } from "./note-sign-in.ts";
import { buildServer } from "./server.ts";
import type { ServerDeps } from "./server-deps.ts";

export type McpFetch = {
  /** Answers for whoever is signed in, else for the process's member. */
  fetch(request: Request, signedIn?: SignedIn): Promise<Response>;
  close(): Promise<void>;
};

const SESSIONS = 200;
/** Of one person: each of their hosts has one, and whoever opens more and more ends their own, not those of others. */
const SESSIONS_OF_PERSON = 20;
const IDLE_MS = 60 * 60_000;
const BODY_BYTES = 4 * 1024 * 1024;

type Session = { readonly transport: SessionTransport; readonly member: string | undefined; usedAt: number };

/**
 * MCP over HTTP as a function from request to response, for both protocol versions. Requests of the 2026 protocol are
 * independent. Earlier clients get a session each, because without one the server could not ask their user to confirm
 * anything.
 */
export function createMcpFetch(given: ServerDeps, now: () => number = Date.now): McpFetch {
  const deps: ServerDeps = { noteSignIn: createSignInNotes(given.log), ...given };
  const onerror = (error: Error) => deps.log.warn(kindOf(error), "a request was refused");
  const whoBy = new WeakMap<AuthInfo, SignedIn>();
  const makeServer = ({ authInfo }: { readonly authInfo?: AuthInfo }) =>
    buildServer({ ...deps, signedIn: authInfo && whoBy.get(authInfo) });
  const modern = createMcpHandler(makeServer, {
    legacy: "reject",
    maxRequestBodySize: BODY_BYTES,
    onerror,
  });
  const sessions = new Map<string, Session>();

  const resource = deps.publicUrl === undefined ? undefined : new URL(`${deps.publicUrl}/mcp`);

  /**
   * What the SDK hands on to the maker of the server and to each call. It reads the scopes, to answer a call that needs
   * another, and the resource, whose document that answer names.
   */
  function authInfoFor(signedIn: SignedIn): AuthInfo {
    const scopes = [...(signedIn.scopes ?? TOKEN_SCOPES)];
    const authInfo = { token: "", clientId: "", scopes, ...(resource && { resource }) };
    whoBy.set(authInfo, signedIn);
    return authInfo;
  }

  async function open(
    request: Request,
    signedIn: SignedIn | undefined,
    options: { readonly authInfo?: AuthInfo },
  ): Promise<Response> {
    await makeRoom(sessions, signedIn?.member, now());
    const transport = new SessionTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: BODY_BYTES,
      onsessioninitialized: (id) =>
        void sessions.set(id, { transport, member: signedIn?.member, usedAt: now() }),
      onsessionclosed: (id) => void sessions.delete(id),
    });
    transport.onerror = onerror;
    await buildServer({ ...deps, signedIn }).connect(transport);
    return transport.handleRequest(request, options);
  }

  return {
    async fetch(request, signedIn) {
      // In a session too, the token of this request counts and not the one that began it.
      const options = signedIn === undefined ? {} : { authInfo: authInfoFor(signedIn) };
      const id = request.headers.get("mcp-session-id");
      if (id !== null) {
        const session = sessions.get(id);
        // Somebody else's session answers as one that never was.
        if (session?.member !== signedIn?.member || !session)
          return refusal(404, -32001, "This session has ended; initialize again.");
        session.usedAt = now();
        if (await isRefusedBatch(request))
          return refusal(400, -32600, "Invalid Request: one message a request, not a list of them.");
        return session.transport.handleRequest(request, options);
      }
      const legacy = await isLegacyRequest(request, undefined, { maxRequestBodySize: BODY_BYTES });
      return legacy ? open(request, signedIn, options) : modern.fetch(request, options);
    },
    async close() {
      await Promise.allSettled([
        modern.close(),
        ...[...sessions.values()].map(({ transport }) => transport.close()),
      ]);
    },
  };
}

/** What a line may hold of the SDK's error. Its sentences quote the client's words. */
const kindOf = ({ name, message }: Error): { type: string; kind?: string } => {
  const kind = /^Rejected inbound request \(([a-z-]+)\)/.exec(message)?.[1];
  return { type: name, ...(kind === undefined ? {} : { kind }) };
};

/** The last version of the protocol in which a request may hold a list of messages. */
const LAST_WITH_BATCHES = "2025-03-26";

/** Whether a request holds a list of messages that is empty, or that its version of the protocol does not know. */
async function isRefusedBatch(request: Request): Promise<boolean> {
  const reader = request.clone().body?.getReader();
  if (!reader) return false;
  const decoder = new TextDecoder();
  let start = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    start = (start + decoder.decode(piece.value, { stream: true })).trimStart();
    if (start.length > 1 || (start !== "" && start !== "[")) break;
  }
  void reader.cancel();
  if (!start.startsWith("[")) return false;
  const version = request.headers.get("mcp-protocol-version") ?? LAST_WITH_BATCHES;
  return version > LAST_WITH_BATCHES || /^\[\s*\]/.test(start);
}

/**
 * Ends sessions that have been idle for too long, and the one that has been idle longest when there are too many, of
 * this person or in all.
 */
async function makeRoom(
  sessions: Map<string, Session>,
  member: string | undefined,
  now: number,
): Promise<void> {
  const byIdle = [...sessions].sort(([, a], [, b]) => a.usedAt - b.usedAt);
  const own = member === undefined ? [] : byIdle.filter(([, session]) => session.member === member);
  const over = new Set([
    ...byIdle.slice(0, Math.max(0, sessions.size + 1 - SESSIONS)),
    ...own.slice(0, Math.max(0, own.length + 1 - SESSIONS_OF_PERSON)),
  ]);
  const ended = byIdle.filter((entry) => over.has(entry) || now - entry[1].usedAt > IDLE_MS);
  for (const [id, { transport }] of ended) {
    sessions.delete(id);
    await transport.close();
  }
}

function refusal(status: number, code: number, message: string): Response {
  return Response.json({ jsonrpc: "2.0", id: null, error: { code, message } }, { status });
}
