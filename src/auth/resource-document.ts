import { oauthMetadataResponse } from "@modelcontextprotocol/server";
import { TOKEN_SCOPES } from "../domain/token-scopes.ts";

/**
 * The document that tells clients where to sign in (RFC 9728), for a server whose people sign in at a company's provider.
 * It is the same at both of its addresses: with the path of the MCP endpoint and without.
 */
export function resourceDocument(
  request: Request,
  { resource, issuer }: { resource: string; issuer: string },
) {
  const { origin } = new URL(request.url);
  const asked = new Request(`${origin}/.well-known/oauth-protected-resource/mcp`, {
    method: request.method,
    headers: request.headers,
  });
  return oauthMetadataResponse(asked, {
    resourceServerUrl: new URL(resource),
    // Only the issuer is read: the provider serves its own document.
    oauthMetadata: { issuer, authorization_endpoint: "", token_endpoint: "", response_types_supported: [] },
    scopesSupported: [...TOKEN_SCOPES],
    resourceName: "Greenflag",
    // The configuration takes http only for an issuer on this machine.
    dangerouslyAllowInsecureIssuerUrl: true,
  });
}
