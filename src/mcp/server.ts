import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type ClientCapabilities,
  type Implementation,
  type InputRequiredResult,
  McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { requireWellFormed } from "../domain/well-formed.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import type { Caller } from "../services/session.ts";
import { readArguments } from "./arguments.ts";
import { applyAnswer, type ConfirmMode, requestConfirmation } from "./confirm.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { memoize } from "./once.ts";
import { registerPrompts } from "./prompts/index.ts";
import { registerResources } from "./resources/index.ts";
import { errorResult, toClientError } from "./result.ts";
import { published, unchecked } from "./schema.ts";
import { annotationsFor, type Tool } from "./tool.ts";

export type ServerDeps = {
  /** Made on first need: what it takes to open a database is not what it takes to list tools. */
  readonly services: () => Promise<Services>;
  /** What is offered, in order, already narrowed to what the operator allows. */
  readonly tools: readonly Tool[];
  readonly confirm: ConfirmMode;
  readonly version: string;
  readonly log: Log;
};

/** What clients may keep: the surface is the same for everyone and changes only with a release. */
const SURFACE = { ttlMs: 3_600_000, cacheScope: "public" } as const;

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
      inputSchema: memoize(tools, tool.input, () => unchecked(published(tool.input))),
      outputSchema: memoize(tools, tool.output, () => published(tool.output)),
      annotations: annotationsFor(tool),
    };
    server.registerTool(tool.name, config, (input, context) => call(deps, server, tool, input, context));
  }
  const callerOf = (context: ServerContext, name: string) => describeCaller(server, context, name);
  registerResources(server, deps, callerOf);
  registerPrompts(server, deps, callerOf);
  return server;
}

async function call(
  deps: ServerDeps,
  server: McpServer,
  tool: Tool,
  input: unknown,
  context: ServerContext,
): Promise<CallToolResult | InputRequiredResult> {
  try {
    const given = readArguments(tool, input);
    requireWellFormed(given);
    const caller = describeCaller(server, context, tool.name);
    const args = applyAnswer(context, given, deps.confirm);
    const services = await deps.services();
    const output = await tool.handle(args, { services, caller });
    const asked = requestConfirmation(output, deps.confirm, canAsk(server, context));
    return asked ?? answer(tool, output, await tool.picture?.(output, { services }));
  } catch (error) {
    return errorResult(toClientError(error, tool.name, deps.log));
  }
}

const answer = (
  tool: Tool,
  output: Record<string, unknown>,
  picture: Uint8Array | null | undefined,
): CallToolResult => ({
  content: [{ type: "text", text: tool.text(output) }, ...(picture ? [imageOf(picture)] : [])],
  structuredContent: output,
});

const imageOf = (png: Uint8Array) =>
  ({ type: "image", data: Buffer.from(png).toString("base64"), mimeType: "image/png" }) as const;

const saidWith = (context: ServerContext, key: string): unknown =>
  (context.mcpReq.envelope as Record<string, unknown> | undefined)?.[key];

/** Modern clients describe themselves in every request, earlier ones once at the start. */
function describeCaller(server: McpServer, context: ServerContext, tool: string): Caller {
  const said = saidWith(context, CLIENT_INFO_META_KEY) as Implementation | undefined;
  const client = said ?? server.server.getClientVersion();
  const name = client ? `${client.name} ${client.version}` : "unknown client";
  return { client: name.replace(/\p{C}/gu, "").slice(0, 100), tool, signal: context.mcpReq.signal };
}

function canAsk(server: McpServer, context: ServerContext): boolean {
  const said = saidWith(context, CLIENT_CAPABILITIES_META_KEY) as ClientCapabilities | undefined;
  return (said ?? server.server.getClientCapabilities())?.elicitation !== undefined;
}
