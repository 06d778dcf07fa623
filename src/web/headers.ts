/** A year, as the preload lists want it. Other names of the same domain are not ours to decide about. */
const HSTS = "max-age=31536000";

/** What every answer says, unless it says something else itself: pages have a policy of their own. */
const EVERY: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/**
 * Scripts of other sites may read the documents by which a client finds out how to sign in, since clients that run in a
 * browser begin there. These hold nothing personal and no cookie opens them. Nothing else here answers other sites.
 */
const FOR_OTHER_SITES: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET",
  "access-control-allow-headers": "mcp-protocol-version",
  "cross-origin-resource-policy": "cross-origin",
};

/** Whether the document at this address is for everybody, whichever site asks. */
export const isForOtherSites = (pathname: string): boolean => pathname.startsWith("/.well-known/");

/** The headers of every answer at an address. `isPublic`: people reach this server by https, and by nothing else. */
export function headersFor(
  pathname: string,
  { isPublic }: { readonly isPublic: boolean },
): Record<string, string> {
  return {
    ...EVERY,
    ...(isForOtherSites(pathname) ? FOR_OTHER_SITES : {}),
    ...(isPublic ? { "strict-transport-security": HSTS } : {}),
  };
}
