import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type ClientCapabilities,
  type Implementation,
  type InputRequiredResult,
  McpServer,
  requireScopes,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { TOKEN_SCOPES } from "../domain/token-scopes.ts";
import { requireWellFormed } from "../domain/well-formed.ts";
import type { Caller } from "../services/session.ts";
import { readArguments } from "./arguments.ts";
import { applyAnswer, requestConfirmation } from "./confirm.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { memoize } from "./memoize.ts";
import { withProgress } from "./progress.ts";
import { registerPrompts } from "./prompts/index.ts";
import { answerWrongRequests } from "./protocol-errors.ts";
import { registerResources } from "./resources/index.ts";
import { errorResult, toClientError } from "./result.ts";
import { published, publishedAnswer, unchecked } from "./schema.ts";
import type { Called, CallerOf, ServerDeps } from "./server-deps.ts";
import { type AnyTool, annotationsFor } from "./tool.ts";

/** What clients may keep: the surface is the same for everyone and changes only with a release. */
const SURFACE = { ttlMs: 3_600_000, cacheScope: "public" } as const;

/** Answers a call that changes something with 403 where the sign-in allows reading only, so that hosts ask for more. */
const TO_WRITE = requireScopes(...TOKEN_SCOPES);

/** A server for one connection or one request, in either protocol era: cheap, and without state of its own. */
export function buildServer(deps: ServerDeps): McpServer {
  const server = new McpServer(
    { name: "greenflag", title: "Greenflag", version: deps.version },
    {
      instructions: INSTRUCTIONS,
      capabilities: {
        tools: { listChanged: false },
        resources: { listChanged: false },
        prompts: { listChanged: false },
      },
      cacheHints: { "tools/list": SURFACE, "prompts/list": SURFACE, "resources/templates/list": SURFACE },
    },
  );
  const { tools } = deps;
  for (const tool of tools) {
    const config = {
      title: tool.title,
      description: tool.description,
      inputSchema: memoize(tools, tool.input, () => unchecked(published(tool, tool.input))),
      outputSchema: memoize(tools, tool.output, () => publishedAnswer(tool, tool.output)),
      annotations: annotationsFor(tool),
      ...(tool.effect === "read" ? {} : { scopeChallenge: TO_WRITE }),
    };
    server.registerTool(tool.name, config, (input, context) =>
      withProgress(context, () => call(deps, server, tool, input, context)),
    );
  }
  const callerOf: CallerOf = (context, called) => describeCaller(deps, server, context, called);
  registerResources(server, deps, callerOf);
  registerPrompts(server, deps, callerOf);
  answerWrongRequests(server);
  return server;
}

async function call(
  deps: ServerDeps,
  server: McpServer,
  tool: AnyTool,
  input: unknown,
  context: ServerContext,
): Promise<CallToolResult | InputRequiredResult> {
  try {
    const end = deps.signedIn && deps.limits?.begin(deps.signedIn.member, tool);
    try {
      return await carryOut(deps, server, tool, input, context);
    } finally {
      end?.();
    }
  } catch (error) {
    return errorResult(toClientError(error, tool.name, deps.log));
  }
}

async function carryOut(
  deps: ServerDeps,
  server: McpServer,
  tool: AnyTool,
  input: unknown,
  context: ServerContext,
): Promise<CallToolResult | InputRequiredResult> {
  const read = readArguments(tool, input);
  requireWellFormed(read);
  const args = applyAnswer(context, read, deps.confirm);
  const services = await deps.services();
  const session = await services.startSession({
    ...describeCaller(deps, server, context, tool),
    act: tool.act?.(args),
  });
  if (deps.signedIn) await deps.noteSignIn?.(services, session);
  const answer = await tool.handle(args, { services, session });
  const toAgree = tool.confirmation?.(answer);
  const request = toAgree && requestConfirmation(toAgree, deps.confirm, canAsk(server, context));
  return request ?? resultOf(tool, answer, await tool.picture?.(answer, { services }));
}

const resultOf = (tool: AnyTool, answer: object, picture: Uint8Array | null | undefined): CallToolResult => ({
  content: [{ type: "text", text: tool.text(answer) }, ...(picture ? [imageOf(picture)] : [])],
  structuredContent: { ...answer },
});

const imageOf = (png: Uint8Array) =>
  ({ type: "image", data: Buffer.from(png).toString("base64"), mimeType: "image/png" }) as const;

const declaredWith = (context: ServerContext, key: string): unknown =>
  (context.mcpReq.envelope as Record<string, unknown> | undefined)?.[key];

/** Modern clients describe themselves in every request, earlier ones once at the start. */
function describeCaller(
  { signedIn, uploadPage }: Pick<ServerDeps, "signedIn" | "uploadPage">,
  server: McpServer,
  context: ServerContext,
  called: Called,
): Caller {
  const { name, access, effect = "read" } = called;
  const declared = declaredWith(context, CLIENT_INFO_META_KEY) as Implementation | undefined;
  const info = declared ?? server.server.getClientVersion();
  const client = info ? `${info.name} ${info.version}` : "unknown client";
  return {
    client: client.replace(/\p{C}/gu, "").slice(0, 100),
    tool: name,
    member: signedIn?.member,
    scopes: context.http?.authInfo?.scopes ?? signedIn?.scopes,
    uploadPage: uploadPage?.(),
    access,
    isRead: effect === "read",
    signal: context.mcpReq.signal,
  };
}

/**
 * Whether the client can put a question to its user: it says that it knows forms, or, as early versions do, nothing in
 * particular. One that opens addresses only can not, and gets a code.
 */
function canAsk(server: McpServer, context: ServerContext): boolean {
  const declared = declaredWith(context, CLIENT_CAPABILITIES_META_KEY) as ClientCapabilities | undefined;
  const { elicitation } = declared ?? server.server.getClientCapabilities() ?? {};
  return (
    elicitation !== undefined && (elicitation.form !== undefined || Object.keys(elicitation).length === 0)
  );
}
