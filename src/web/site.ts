import type { Gate } from "../auth/gate.ts";
import { resourceDocument } from "../auth/resource-document.ts";
import type { McpFetch } from "../mcp/fetch.ts";
import type { Services } from "../services/services.ts";
import { health, ready } from "./health.ts";

/** What the answers of this server are made with. */
export type Site = {
  readonly services: () => Promise<Services>;
  readonly mcp: McpFetch;
  readonly gate: Gate;
  /** Where people sign in, when that is a company's own provider. */
  readonly provider?: { readonly resource: string; readonly issuer: string } | undefined;
};

/** Answers MCP at exactly /mcp, for whoever the gate lets in. */
export async function answerMcp({ gate, mcp }: Site, request: Request): Promise<Response> {
  const who = await gate(request);
  return who instanceof Response ? who : mcp.fetch(request, who);
}

/** Answers every other address of this server. */
export async function answerPage({ services, provider }: Site, request: Request): Promise<Response> {
  switch (new URL(request.url).pathname) {
    case "/healthz":
      return health();
    case "/readyz":
      return ready(services);
    case "/.well-known/oauth-protected-resource":
    case "/.well-known/oauth-protected-resource/mcp":
      return (provider && resourceDocument(request, provider)) ?? nothingHere();
    default:
      return nothingHere();
  }
}

const nothingHere = (): Response =>
  Response.json({ status: "nothing here; MCP is at /mcp" }, { status: 404 });
