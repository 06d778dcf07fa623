import { type McpServer, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import * as z from "zod";

type Handler = (request: { params?: { cursor?: unknown } }, context: unknown) => unknown;

const LISTS = new Set(["tools/list", "prompts/list", "resources/list", "resources/templates/list"]);

/** How the SDK tells that a request has the wrong shape: as JSON at the end of an error's text. */
const Issues = z
  .array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }))
  .min(1);

/**
 * Has a request of the wrong shape, and a cursor that nobody gave out, answered as the caller's fault, which the protocol asks
 * for. Every list is one page, so there is no right cursor.
 */
export function answerWrongRequests({ server }: McpServer): void {
  // The SDK has no hook around its handlers and keeps them private.
  const { _requestHandlers: handlers } = server as unknown as { _requestHandlers: Map<string, Handler> };
  for (const [method, handler] of handlers) {
    handlers.set(method, async (request, context) => {
      const cursor = request.params?.cursor;
      if (LISTS.has(method) && typeof cursor === "string")
        throw wrong("params.cursor: there is no further page");
      try {
        return await handler(request, context);
      } catch (error) {
        throw wrongShape(error) ?? error;
      }
    });
  }
}

const wrong = (message: string) => new ProtocolError(ProtocolErrorCode.InvalidParams, message);

function wrongShape(error: unknown): ProtocolError | undefined {
  if (!(error instanceof Error)) return undefined;
  const issues = Issues.safeParse(jsonOf(error.message.replace(/^[^[]*/, "")));
  if (!issues.success) return undefined;
  return wrong(issues.data.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
