import type { Gate } from "../auth/gate.ts";
import type { McpFetch } from "../mcp/fetch.ts";
import type { Services } from "../services/services.ts";
import { health, ready } from "./health.ts";

/** What the answers of this server are made with. */
export type Site = {
  readonly services: () => Promise<Services>;
  readonly mcp: McpFetch;
  readonly gate: Gate;
};

/** Answers MCP at exactly /mcp, for whoever the gate lets in. */
export async function answerMcp({ gate, mcp }: Site, request: Request): Promise<Response> {
  const who = await gate(request);
  return who instanceof Response ? who : mcp.fetch(request, who);
}

/** Answers every other address of this server. */
export async function answerPage({ services }: Site, request: Request): Promise<Response> {
  switch (new URL(request.url).pathname) {
    case "/healthz":
      return health();
    case "/readyz":
      return ready(services);
    default:
      return Response.json({ status: "nothing here; MCP is at /mcp" }, { status: 404 });
  }
}
