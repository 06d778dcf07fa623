import type { AuthorizationServer } from "../auth/authorization-server.ts";
import type { Gate } from "../auth/gate.ts";
import type { Limits } from "../auth/limits.ts";
import { resourceDocument } from "../auth/resource-document.ts";
import type { McpFetch } from "../mcp/fetch.ts";
import type { Services } from "../services/services.ts";
import type { SignedIn } from "../services/session.ts";
import { isForOtherSites } from "./headers.ts";
import { health, ready } from "./health.ts";
import { answerConsent } from "./pages/consent.ts";
import { answerSignIn } from "./pages/sign-in.ts";

/** What the answers of this server are made with. */
export type Site = {
  readonly services: () => Promise<Services>;
  readonly mcp: McpFetch;
  readonly gate: Gate;
  /** The authorization server inside, where people sign in here. It is made when it is first needed. */
  readonly signIn?: (() => Promise<AuthorizationServer>) | undefined;
  /** Where people sign in, when that is a company's own provider. */
  readonly provider?: { readonly resource: string; readonly issuer: string } | undefined;
  readonly limits: Limits;
};

/**
 * Who may ask MCP at exactly /mcp, by the head of a request alone: the body of a stranger is not read. Otherwise the
 * answer that refuses them.
 * @param peer tells apart where requests come from
 */
export async function admit(
  { gate, limits }: Site,
  head: Request,
  peer: string,
): Promise<SignedIn | undefined | Response> {
  let who: SignedIn | undefined;
  let isRefused = true;
  const answer = await limits.within(head, peer, async () => {
    const found = await gate(head);
    if (found instanceof Response) return found;
    who = found;
    const tooMany = who && limits.refusedPerson(who.member);
    isRefused = tooMany !== undefined;
    return tooMany ?? new Response(null);
  });
  return isRefused ? answer : who;
}

/** Answers every other address of this server. */
export function answerPage(site: Site, request: Request, peer: string): Promise<Response> {
  return site.limits.within(request, peer, async () => {
    const { pathname } = new URL(request.url);
    if (request.method === "OPTIONS" && isForOtherSites(pathname)) return new Response(null, { status: 204 });
    const { provider } = site;
    switch (pathname) {
      case "/healthz":
        return health();
      case "/readyz":
        return ready(site.services);
      case "/.well-known/oauth-protected-resource":
      case "/.well-known/oauth-protected-resource/mcp":
        if (provider !== undefined) return resourceDocument(request, provider) ?? nothingHere();
    }
    return (await answerSigningIn(site, pathname, request)) ?? nothingHere();
  });
}

/** Answers what belongs to the authorization server inside, where there is one. */
async function answerSigningIn({ signIn }: Site, pathname: string, request: Request) {
  const answer = handlerOf(pathname);
  if (signIn === undefined || answer === undefined) return undefined;
  const server = await signIn().catch(() => undefined);
  return server === undefined ? databaseSilent() : answer(server, request);
}

function handlerOf(pathname: string) {
  if (pathname === "/sign-in") return answerSignIn;
  if (pathname === "/consent") return answerConsent;
  if (!/^\/(?:auth|\.well-known)\//.test(pathname)) return undefined;
  return (server: AuthorizationServer, request: Request) => server.handle(request);
}

const databaseSilent = (): Response =>
  Response.json(
    { status: "the database does not answer, so nobody can sign in now" },
    { status: 503, headers: { "retry-after": "30" } },
  );

const nothingHere = (): Response =>
  Response.json({ status: "nothing here; MCP is at /mcp" }, { status: 404 });
