import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { type MadeCertificate, makeCertificate } from "./certificate.ts";

export type Page = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is where it is a text. */
  readonly body?: unknown;
};
/** What is answered at each path, and by "*" anywhere else. */
type Pages = Readonly<Record<string, Page>>;

export type AnsweringServer = {
  readonly origin: string;
  readonly certificate: MadeCertificate;
  /** Every request, as method and path. */
  readonly asked: string[];
  /** What is answered from now on; a page of undefined is none. */
  show(changed: Readonly<Record<string, Page | undefined>>): void;
  close(): Promise<void>;
};

/** The name that its certificate is for, which leads to this machine wherever it is asked. */
const NAME = "localhost";

/** What a server with sign-in answers when all of it is right. */
function rightPages(origin: string): Pages {
  const document = `${origin}/.well-known/oauth-protected-resource/mcp`;
  return {
    "/healthz": { body: { status: "ok" } },
    "/readyz": { body: { status: "ready" } },
    "/mcp": {
      status: 401,
      headers: { "www-authenticate": `Bearer resource_metadata="${document}", scope="greenflag:read"` },
    },
    "/.well-known/oauth-protected-resource/mcp": {
      body: { resource: `${origin}/mcp`, authorization_servers: [origin] },
    },
    "/.well-known/oauth-authorization-server": { body: rightServerDocument(origin) },
    "/auth/jwks": { body: { keys: [{ kty: "OKP", crv: "Ed25519", x: "AA", kid: "1" }] } },
    "*": { status: 404, body: { status: "nothing here; MCP is at /mcp" } },
  };
}

/** What hosts read of an authorization server that they can use. */
export const rightServerDocument = (origin: string) => ({
  issuer: origin,
  authorization_endpoint: `${origin}/auth/oauth2/authorize`,
  token_endpoint: `${origin}/auth/oauth2/token`,
  registration_endpoint: `${origin}/auth/oauth2/register`,
  jwks_uri: `${origin}/auth/jwks`,
  code_challenge_methods_supported: ["S256"],
  token_endpoint_auth_methods_supported: ["none"],
  authorization_response_iss_parameter_supported: true,
  client_id_metadata_document_supported: true,
});

/** A server behind TLS on the loopback that answers as it is told to. */
export async function startAnsweringServer(certificateName = NAME): Promise<AnsweringServer> {
  const certificate = makeCertificate(certificateName);
  const asked: string[] = [];
  let pages: Readonly<Record<string, Page | undefined>> = {};
  const server: Server = createServer(certificate, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { status = 200, headers = {}, body = "" } = pages[request.url ?? "/"] ?? pages["*"] ?? {};
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const type = typeof body === "string" ? "text/html" : "application/json";
    response.writeHead(status, { "content-type": type, ...headers }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `https://${NAME}:${(server.address() as AddressInfo).port}`;
  pages = rightPages(origin);
  return {
    origin,
    certificate,
    asked,
    show(changed) {
      pages = { ...rightPages(origin), ...changed };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
