import type { Gate } from "../auth/gate.ts";
import type { Limits } from "../auth/limits.ts";
import type { McpFetch } from "../mcp/fetch.ts";
import type { Services } from "../services/services.ts";
import { isForOtherSites } from "./headers.ts";
import { health, ready } from "./health.ts";

/** What the answers of this server are made with. */
export type Site = {
  readonly services: () => Promise<Services>;
  readonly mcp: McpFetch;
  readonly gate: Gate;
  readonly limits: Limits;
};

/**
 * Answers MCP at exactly /mcp, for whoever the gate lets in.
 * @param peer tells apart where requests come from
 */
export function answerMcp({ gate, limits, mcp }: Site, request: Request, peer: string): Promise<Response> {
  return limits.within(request, peer, async () => {
    const who = await gate(request);
    if (who instanceof Response) return who;
    return (who && limits.refusedPerson(who.member)) ?? mcp.fetch(request, who);
  });
}

/** Answers every other address of this server. */
export function answerPage({ limits, services }: Site, request: Request, peer: string): Promise<Response> {
  return limits.within(request, peer, async () => {
    const { pathname } = new URL(request.url);
    if (request.method === "OPTIONS" && isForOtherSites(pathname)) return new Response(null, { status: 204 });
    switch (pathname) {
      case "/healthz":
        return health();
      case "/readyz":
        return ready(services);
      default:
        return Response.json({ status: "nothing here; MCP is at /mcp" }, { status: 404 });
    }
  });
}
